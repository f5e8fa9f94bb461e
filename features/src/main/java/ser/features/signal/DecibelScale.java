package ser.features.signal;

/**
 * Power to decibels: {@code L = 10 log10(max(S, 1e-10))}, then {@code max(L, max(L) - topDb)};
 * {@code librosa.power_to_db(S, ref=1, amin=1e-10, top_db)}. The maximum is over all values given.
 * Never changes: safe to share between threads.
 */
public final class DecibelScale {
  private static final float MIN_POWER = 1e-10f;
  private static final double DB_PER_OCTAVE = 10 * Math.log10(2);
  private static final double DB_PER_NEPER = 10 / Math.log(10);
  private static final int ONE_BITS = Float.floatToRawIntBits(1f);
  private static final int CELL_BITS = 7;
  private static final int CELLS = 1 << CELL_BITS;
  private static final double[] RECIPROCALS = new double[CELLS];
  private static final double[] CELL_DECIBELS = new double[CELLS];

  static {
    for (int cell = 0; cell < CELLS; cell++) {
      RECIPROCALS[cell] = 1 / middle(cell);
      CELL_DECIBELS[cell] = 10 * Math.log10(middle(cell));
    }
  }

  private final float topDb;

  /**
   * @param topDb dynamic range kept below the loudest value, in decibels, above 0
   */
  public DecibelScale(double topDb) {
    if (!(topDb > 0)) {
      throw new IllegalArgumentException("top_db %s must be above 0".formatted(topDb));
    }
    this.topDb = (float) topDb;
  }

  /** Decibels of each power, not yet cut; {@code decibels} receives {@code length} values. */
  public void convert(float[] power, float[] decibels, int offset, int length) {
    for (int i = 0; i < length; i++) {
      decibels[offset + i] = ofPower(power[i]);
    }
  }

  /** Raises every value to at least {@code topDb} below the largest, in place. */
  public void cutBelowPeak(float[] decibels) {
    // Four maxima, or each comparison waits for the one before.
    float max0 = Float.NEGATIVE_INFINITY;
    float max1 = max0;
    float max2 = max0;
    float max3 = max0;
    int i = 0;
    for (; i + 4 <= decibels.length; i += 4) {
      max0 = decibels[i] > max0 ? decibels[i] : max0;
      max1 = decibels[i + 1] > max1 ? decibels[i + 1] : max1;
      max2 = decibels[i + 2] > max2 ? decibels[i + 2] : max2;
      max3 = decibels[i + 3] > max3 ? decibels[i + 3] : max3;
    }
    for (; i < decibels.length; i++) {
      max0 = Math.max(max0, decibels[i]);
    }
    float floor = Math.max(Math.max(max0, max1), Math.max(max2, max3)) - topDb;
    for (i = 0; i < decibels.length; i++) {
      decibels[i] = Math.max(decibels[i], floor);
    }
  }

  /**
   * Within 1e-7 dB, before rounding to float. {@code x = 2^e m}; of the {@value #CELLS} cells of m
   * in [1, 2) the table holds the decibels of the middle c and 1 / c, and {@code ln(m / c)} is a
   * short series in {@code m / c - 1}, which is below 1/256. No division: a fifth of the time of
   * {@code Math.log10}, which would be the largest cost of a frame.
   */
  static float ofPower(float power) {
    float x = power > MIN_POWER ? power : MIN_POWER;
    int bits = Float.floatToRawIntBits(x);
    int cell = bits >>> 23 - CELL_BITS & CELLS - 1;
    double m = Float.intBitsToFloat(bits & 0x7f_ffff | ONE_BITS);
    double s = m * RECIPROCALS[cell] - 1;
    double log = s * (DB_PER_NEPER + s * (-DB_PER_NEPER / 2 + s * (DB_PER_NEPER / 3)));
    return (float) (DB_PER_OCTAVE * ((bits >>> 23) - 127) + (CELL_DECIBELS[cell] + log));
  }

  private static double middle(int cell) {
    return 1 + (cell + 0.5) / CELLS;
  }
}
