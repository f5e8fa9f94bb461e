package ser.model.scoring;

import ser.model.Window;

/**
 * A window and its samples.
 *
 * @param window where it is in the recording, in samples at the model's rate
 * @param samples its samples; not copied
 * @param sampleRateHz the model's rate
 */
@SuppressWarnings("ArrayRecordComponent")
public record SampledWindow(Window window, float[] samples, int sampleRateHz) {

  public double startS() {
    return (double) window.startSample() / sampleRateHz;
  }

  public double endS() {
    return (double) window.endSample() / sampleRateHz;
  }
}
