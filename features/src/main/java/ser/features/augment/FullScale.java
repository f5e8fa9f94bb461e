package ser.features.augment;

/** Keeps samples from overflowing. */
final class FullScale {
  private FullScale() {}

  /** Scales samples in place, if the loudest exceeds full scale, so that it just reaches it. */
  static float[] fit(float[] samples) {
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    if (peak > 1) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] /= peak;
      }
    }
    return samples;
  }
}
