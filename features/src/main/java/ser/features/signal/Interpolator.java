package ser.features.signal;

/**
 * Reads a band-limited signal at the times of the target rate: the second, short step of {@link
 * Resampler}. Output {@code n} lies at position {@code n step / phases} of the limiter's output.
 */
interface Interpolator {
  /**
   * Takes over the batch that the limiter has just filtered.
   *
   * @param output receives the samples that are ready, from index 0
   * @return how many are ready
   */
  int batch(BandLimiter limiter, float[] output);

  /** The most samples that one batch can give. */
  int maxOutputs();

  /** Forgets everything: the next batch is the first of a stream. */
  void reset();
}
