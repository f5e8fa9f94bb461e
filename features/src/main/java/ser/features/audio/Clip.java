package ser.features.audio;

/**
 * Mono samples at one rate.
 *
 * <p>The array is not copied: a clip is made once and handed on.
 *
 * @param samples fractions of full scale
 * @param sampleRateHz samples per second, above 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record Clip(float[] samples, int sampleRateHz) {
  public Clip {
    if (sampleRateHz <= 0) {
      throw new IllegalArgumentException(
          "sample rate %d Hz must be above 0".formatted(sampleRateHz));
    }
  }

  public double durationS() {
    return (double) samples.length / sampleRateHz;
  }
}
