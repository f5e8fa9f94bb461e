package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavWriterTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void givenRandomClip_whenWrittenAndRead_thenWithinHalfAStep(int seed) throws Exception {
    Random random = new Random(seed);
    float[] samples = new float[1 + random.nextInt(50_000)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 2 * random.nextFloat() - 1;
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    WavWriter.write(new Clip(samples, 22_050), file);
    Clip read = Recordings.read(file.toByteArray()).clip();
    assertThat(read.sampleRateHz()).isEqualTo(22_050);
    assertThat(read.samples()).hasSize(samples.length);
    for (int i = 0; i < samples.length; i++) {
      double halfStep = samples[i] > 32767 / 32768f ? 1 / 32768.0 : 0.5 / 32768;
      assertThat((double) read.samples()[i]).isCloseTo(samples[i], within(halfStep));
    }
  }

  @Test
  void givenValuesBeyondFullScale_whenWritten_thenClippedNotWrapped() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    WavWriter.write(new Clip(new float[] {3f, -3f}, 8000), file);
    assertThat(Recordings.read(file.toByteArray()).clip().samples())
        .containsExactly(32767 / 32768f, -1f);
  }
}
