package ser.features.signal;

/**
 * Interpolation filters of {@value #TAPS} taps for reading a band-limited signal between its
 * samples, one filter per phase. Short, because {@link BandLimiter} has left the upper 43% of the
 * band empty. Never changes: safe to share between threads.
 */
final class SincTable {
  static final int TAPS = 16;

  /** Samples that a filter needs after the one at or before the wanted point in time. */
  static final int AFTER = TAPS / 2;

  /** Samples that a filter needs before that one. */
  static final int BEFORE = AFTER - 1;

  private static final LowPass KERNEL = new LowPass(0.5, AFTER);

  private final int phases;
  private final float[] taps;

  /**
   * @param phases points in time from one sample to the next
   */
  SincTable(int phases) {
    this.phases = phases;
    taps = new float[(phases + 1) * TAPS];
    for (int phase = 0; phase <= phases; phase++) {
      double gain = 0;
      for (int k = 0; k < TAPS; k++) {
        gain += exact(phase, k);
      }
      for (int k = 0; k < TAPS; k++) {
        taps[phase * TAPS + k] = (float) (exact(phase, k) / gain);
      }
    }
  }

  // Cut off at half the rate, so that phase 0 gives exactly the sample itself.
  private double exact(int phase, int k) {
    return KERNEL.at(k - BEFORE - (double) phase / phases);
  }

  /** Filter after filter, phases 0 to {@code phases} inclusive, {@value #TAPS} weights each. */
  float[] taps() {
    return taps;
  }

  int phases() {
    return phases;
  }
}
