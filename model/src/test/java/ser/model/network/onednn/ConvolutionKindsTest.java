package ser.model.network.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionKindsTest {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  @ParameterizedTest(name = "from {0} to {1} channels")
  @CsvSource({"16, 32", "24, 48", "128, 256"})
  void givenManyChannelsAndAvx512_whenWindowsAre3x3_thenWinogradsMethodIsTaken(
      long channels, long filters) throws IOException {
    assumeThat(PROCESSOR).exists();
    assumeThat(Files.readString(PROCESSOR)).contains("avx512bw", "avx512dq");

    assertThat(kinds(channels, filters, 3, 1).winograd()).isTrue();
  }

  @ParameterizedTest(name = "from {0} to {1} channels, {2} rows, stride {3}")
  @CsvSource({"1, 32, 3, 1", "15, 32, 3, 1", "32, 15, 3, 1", "32, 32, 5, 1", "32, 32, 3, 2"})
  void givenFewChannelsOrOtherWindows_whenAsked_thenTheDirectMethodIsTaken(
      long channels, long filters, int rows, int stride) {
    assertThat(kinds(channels, filters, rows, stride).winograd()).isFalse();
  }

  @Test
  void givenTheDirectMethod_whenAskedForItsOrder_thenItIsThatOfTheArrays() {
    ConvolutionKinds kinds = kinds(1, 32, 3, 1);

    assertThat(kinds.forward().src_desc().equals(kinds.images().described())).isTrue();
    assertThat(kinds.forward().dst_desc().equals(kinds.output().described())).isTrue();
  }

  private static ConvolutionKinds kinds(long channels, long filters, int rows, int stride) {
    return ConvolutionKinds.of(
        new ImageShape(4, 20, 30, channels),
        filters,
        SlidingWindow.of(
            new int[] {rows, 3},
            new int[] {stride, stride},
            new int[] {0, 0},
            ConvolutionMode.Same),
        true);
  }
}
