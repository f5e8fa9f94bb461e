package ser.bench;

import ser.model.Window;
import ser.model.scoring.SampledWindow;

/**
 * How much of a recording its windows have covered, which overlap: each is credited with the audio
 * that it is the first to hold. A recording of one window counts as long as that is, and all
 * windows together as long as the recording.
 */
final class CoveredAudio {
  private long endSample;

  /**
   * @param window the next of the recording, in order of their starts
   * @return seconds that no window before it had
   */
  double addedS(SampledWindow window) {
    Window place = window.window();
    long added = Math.max(0, place.endSample() - Math.max(endSample, place.startSample()));
    endSample = Math.max(endSample, place.endSample());
    return (double) added / window.sampleRateHz();
  }
}
