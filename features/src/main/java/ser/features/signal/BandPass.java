package ser.features.signal;

/**
 * Lets a band of frequencies pass: a windowed-sinc filter of zero phase, the difference of two
 * {@link LowPass}. What lies outside the band is 96 dB down or more, the band less a transition on
 * either side passes within 0.001 dB. A clip counts as preceded and followed by silence. No state
 * changes after construction: safe to share between threads.
 */
public final class BandPass {
  /** Outputs that stay in the first-level cache while all taps pass over them. */
  private static final int BLOCK = 2048;

  // Of symmetric taps, then zeros up to a multiple of four.
  private final int reach;
  private final float[] taps;

  /**
   * @param sampleRateHz of the clips
   * @param lowHz where the lower stop band ends
   * @param highHz where the upper stop band begins, at most half the rate
   * @param transitionHz from stop to pass on either side
   */
  public BandPass(int sampleRateHz, double lowHz, double highHz, double transitionHz) {
    if (!(transitionHz > 0
        && lowHz >= 0
        && lowHz + transitionHz < highHz - transitionHz
        && highHz <= sampleRateHz / 2.0)) {
      throw new IllegalArgumentException(
          "band from %s to %s Hz with transitions of %s Hz must fit below half of %d Hz"
              .formatted(lowHz, highHz, transitionHz, sampleRateHz));
    }
    LowPass upper = LowPass.between((highHz - transitionHz) / sampleRateHz, highHz / sampleRateHz);
    LowPass lower = LowPass.between(lowHz / sampleRateHz, (lowHz + transitionHz) / sampleRateHz);
    reach = (int) Math.max(upper.reach(), lower.reach());
    taps = new float[(2 * reach + 1 + 3) / 4 * 4];
    for (int i = -reach; i <= reach; i++) {
      taps[reach + i] = (float) (upper.at(i) - lower.at(i));
    }
  }

  /** As many samples as are given, without delay. */
  public float[] apply(float[] samples) {
    float[] padded = new float[samples.length + taps.length];
    System.arraycopy(samples, 0, padded, reach, samples.length);
    float[] output = new float[samples.length];
    for (int start = 0; start < output.length; start += BLOCK) {
      int end = Math.min(output.length, start + BLOCK);
      for (int tap = 0; tap < taps.length; tap += 4) {
        add4(padded, tap, output, start, end);
      }
    }
    return output;
  }

  // Over outputs, with unit stride: the JIT compiler turns it into SIMD code.
  private void add4(float[] padded, int tap, float[] output, int start, int end) {
    float w0 = taps[tap];
    float w1 = taps[tap + 1];
    float w2 = taps[tap + 2];
    float w3 = taps[tap + 3];
    for (int i = start; i < end; i++) {
      output[i] +=
          (w0 * padded[i + tap] + w1 * padded[i + tap + 1])
              + (w2 * padded[i + tap + 2] + w3 * padded[i + tap + 3]);
    }
  }
}
