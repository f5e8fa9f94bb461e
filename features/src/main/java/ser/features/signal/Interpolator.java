package ser.features.signal;

/**
 * Reads a band-limited stream at other points in time: polyphase windowed sinc of {@value #TAPS}
 * taps. The second, short step of {@link Resampler}: since {@link BandLimiter} has left nothing in
 * the upper part of the band, the transition may be that wide.
 *
 * <p>Output {@code n} lies at input position {@code n step / phases}. Up to {@value #MAX_PHASES}
 * phases each has its own exact filter; beyond, the filter is interpolated between neighbouring
 * entries, with an error below -110 dB ({@code h'' / 8 / phases^2}). Never changes: safe to share
 * between threads.
 */
final class Interpolator {
  static final int TAPS = 16;

  /** Samples needed after a position. */
  static final int AFTER = TAPS / 2;

  private static final int MAX_PHASES = 4096;

  private final int phases;
  private final int step;
  private final int tablePhases;
  private final float[] table;

  /**
   * @param step input samples per {@code phases} output samples
   * @param phases without a factor in common with {@code step}
   */
  Interpolator(int step, int phases) {
    this.step = step;
    this.phases = phases;
    tablePhases = Math.min(phases, MAX_PHASES);
    // Cut off at half the input's rate, so that a position on a sample gives exactly that sample.
    LowPass kernel = new LowPass(0.5, AFTER);
    table = new float[(tablePhases + 1) * TAPS];
    for (int phase = 0; phase <= tablePhases; phase++) {
      double gain = 0;
      for (int k = 0; k < TAPS; k++) {
        gain += kernel.at(k - (AFTER - 1) - (double) phase / tablePhases);
      }
      for (int k = 0; k < TAPS; k++) {
        table[phase * TAPS + k] =
            (float) (kernel.at(k - (AFTER - 1) - (double) phase / tablePhases) / gain);
      }
    }
  }

  /** The input sample at or before output {@code n}. */
  long baseOf(long n) {
    return Math.floorDiv(n * step, (long) phases);
  }

  /** The first output at or after input sample {@code position}. */
  long firstFrom(long position) {
    return -Math.floorDiv(-position * phases, (long) step);
  }

  /**
   * Computes consecutive outputs.
   *
   * @param n the first output's number
   * @param input samples, of which {@code input[at]} is number {@code baseOf(n)} of the stream,
   *     with {@code TAPS / 2 - 1} before and {@link #AFTER} after the last one needed
   */
  void apply(long n, float[] input, int at, float[] output, int offset, int count) {
    int whole = step / phases;
    int part = step % phases;
    int phase = (int) Math.floorMod(n * step, (long) phases);
    int base = at - (AFTER - 1);
    for (int i = offset; i < offset + count; i++) {
      output[i] =
          phase == 0
              ? input[base + AFTER - 1]
              : phases == tablePhases
                  ? dot(input, base, phase * TAPS)
                  : interpolated(input, base, phase);
      base += whole;
      phase += part;
      if (phase >= phases) {
        phase -= phases;
        base++;
      }
    }
  }

  private float interpolated(float[] input, int base, int phase) {
    double exact = (double) phase * tablePhases / phases;
    int entry = (int) exact;
    float low = dot(input, base, entry * TAPS);
    float high = dot(input, base, (entry + 1) * TAPS);
    return low + (float) (exact - entry) * (high - low);
  }

  // Written out: the JIT compiler of Java 17 does not vectorise sums of floats, and checks the
  // bounds of constant offsets once.
  private float dot(float[] x, int i, int j) {
    float[] h = table;
    float s0 = h[j] * x[i] + h[j + 4] * x[i + 4] + h[j + 8] * x[i + 8] + h[j + 12] * x[i + 12];
    float s1 =
        h[j + 1] * x[i + 1] + h[j + 5] * x[i + 5] + h[j + 9] * x[i + 9] + h[j + 13] * x[i + 13];
    float s2 =
        h[j + 2] * x[i + 2] + h[j + 6] * x[i + 6] + h[j + 10] * x[i + 10] + h[j + 14] * x[i + 14];
    float s3 =
        h[j + 3] * x[i + 3] + h[j + 7] * x[i + 7] + h[j + 11] * x[i + 11] + h[j + 15] * x[i + 15];
    return (s0 + s1) + (s2 + s3);
  }
}
