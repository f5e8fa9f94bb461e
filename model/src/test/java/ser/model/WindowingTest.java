package ser.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowingTest {
  private final Windowing windowing = new Windowing(10, 4);

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 9, 10})
  void givenRecordingNoLongerThanAWindow_whenCut_thenOneWindowEndsAtItsRealEnd(long samples) {
    assertThat(windowing.windowsOf(samples)).containsExactly(new Window(0, samples));
  }

  @Test
  void givenLengthOnTheGrid_whenCut_thenLastWindowIsOnTheGrid() {
    assertThat(windowing.windowsOf(18))
        .containsExactly(new Window(0, 10), new Window(4, 14), new Window(8, 18));
  }

  @Test
  void givenLengthOffTheGrid_whenCut_thenLastWindowEndsAtTheEnd() {
    assertThat(windowing.windowsOf(20))
        .containsExactly(
            new Window(0, 10), new Window(4, 14), new Window(8, 18), new Window(10, 20));
    assertThat(windowing.windowsOf(11)).containsExactly(new Window(0, 10), new Window(1, 11));
  }

  @Test
  void givenEmptyRecording_whenCut_thenNoWindow() {
    assertThat(windowing.windowsOf(0)).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyRecording_whenCut_thenWindowsCoverItAndNoTwoAreTheSame(long seed) {
    Random random = new Random(seed);
    int windowSamples = 1 + random.nextInt(50);
    Windowing any = new Windowing(windowSamples, 1 + random.nextInt(windowSamples));
    long samples = 1 + random.nextInt(300);

    List<Window> windows = new ArrayList<>();
    any.windowsOf(samples).forEach(windows::add);

    assertThat(windows).hasSize((int) any.countOf(samples)).doesNotHaveDuplicates();
    assertThat(windows.get(0).startSample()).isZero();
    assertThat(windows.get(windows.size() - 1).endSample()).isEqualTo(samples);
    for (int i = 1; i < windows.size(); i++) {
      long step = windows.get(i).startSample() - windows.get(i - 1).startSample();
      assertThat(step).isBetween(1L, (long) any.hopSamples());
      assertThat(windows.get(i).samples()).isEqualTo(windowSamples);
      if (i < windows.size() - 1) {
        assertThat(windows.get(i).startSample()).isEqualTo((long) i * any.hopSamples());
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenLengthUnknownUntilTheEnd_whenCutAsSamplesCome_thenWindowsAreTheSame(long seed) {
    Random random = new Random(seed);
    long samples = 1 + random.nextInt(300);
    List<Window> streamed = new ArrayList<>();
    long seen = 0;
    while (seen < samples) {
      seen = Math.min(samples, seen + 1 + random.nextInt(30));
      while (streamed.size() < windowing.windowsWithin(seen)) {
        streamed.add(windowing.gridWindow(streamed.size()));
      }
    }
    windowing.tailOf(samples).ifPresent(streamed::add);

    assertThat(windowing.windowsOf(samples)).containsExactlyElementsOf(streamed);
  }

  @Test
  void givenTenHours_whenCut_thenCountIsKnownWithoutCutting() {
    // 3 s windows every 1.5 s of 36,000 s: (36,000 - 3) / 1.5 + 1.
    assertThat(new Windowing(66_150, 33_075).countOf(36_000L * 22_050)).isEqualTo(23_999);
  }

  @Test
  void givenHopBeyondTheWindow_whenConstructed_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Windowing(10, 11))
        .withMessage("hop of 11 samples must be above 0 and at most the window of 10 samples");
  }
}
