package ser.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import ser.model.Window;
import ser.model.Windowing;
import ser.model.scoring.SampledWindow;

class CoveredAudioTest {
  private static final int RATE_HZ = 1_000;

  private static double covered(int samples) {
    CoveredAudio audio = new CoveredAudio();
    double seconds = 0;
    for (Window window : new Windowing(3 * RATE_HZ, 3 * RATE_HZ / 2).windowsOf(samples)) {
      seconds +=
          audio.addedS(
              new SampledWindow(window, new float[Math.toIntExact(window.samples())], RATE_HZ));
    }
    return seconds;
  }

  @Test
  void givenARecordingOfOneWindow_whenCounted_thenItIsAsLongAsItIs() {
    assertThat(covered(2_000)).isEqualTo(2);
    assertThat(covered(3_000)).isEqualTo(3);
  }

  @Test
  void givenOverlappingWindowsAndATail_whenCounted_thenTheyAddUpToTheRecording() {
    assertThat(covered(60_700)).isCloseTo(60.7, within(1e-9));
  }
}
