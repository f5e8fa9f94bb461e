package ser.features.signal;

/**
 * Complex FFT of {@value #LANES} independent signals at once.
 *
 * <p>Row {@code i} holds sample {@code i} of every signal, the real parts in {@code [0, LANES)} and
 * the imaginary parts in {@code [LANES, 2 LANES)}. So the inner loops run over signals, with unit
 * stride, constant length and one twiddle factor: the form that the JIT compiler of Java 17 turns
 * into SIMD code. It runs the first and last few lanes one by one, so there are many lanes: 32 of
 * them take twice the time each.
 *
 * <p>Radices 7, 5, 3, 4 and 2, decimation in frequency (Cooley and Tukey; Oppenheim and Schafer,
 * "Discrete-Time Signal Processing", 9.3), in place: results stand in digit-reversed rows, and
 * {@link #rowOf} says where. {@code X[k] = sum_n x[n] exp(-2 pi j k n / size)}, no scaling. Holds
 * scratch rows: not safe for use by several threads.
 */
final class LaneFft {
  /** Signals per transform: for {@link RealFft} 9 residues of 16 signals each. */
  static final int LANES = 144;

  private static final int[] RADICES = {7, 5, 3, 4, 2};

  private final int size;
  private final int[] radices = new int[Integer.SIZE];
  private final float[] cos;
  private final float[] sin;
  private final int[] rows;
  // By radix: the loops of one butterfly.
  private final RowLoop[][] loops = new RowLoop[RADICES[0] + 1][];

  /**
   * @param size points per signal, a product of 2, 3, 5 and 7
   */
  LaneFft(int size) {
    if (!divides(size)) {
      throw new IllegalArgumentException(
          "FFT size %d must be above 0 and a product of 2, 3, 5 and 7".formatted(size));
    }
    this.size = size;
    int rest = size;
    for (int level = 0; rest > 1; level++) {
      radices[level] = radixOf(rest);
      rest /= radices[level];
    }
    loops[2] = new RowLoop[] {LaneFft::butterfly2};
    loops[4] = new RowLoop[] {LaneFft::butterfly4};
    for (int radix : new int[] {3, 5, 7}) {
      loops[radix] = new OddButterfly(radix).loops();
    }
    cos = new float[size];
    sin = new float[size];
    rows = new int[size];
    for (int i = 0; i < size; i++) {
      cos[i] = (float) Math.cos(2 * Math.PI * i / size);
      sin[i] = (float) -Math.sin(2 * Math.PI * i / size);
      rows[i] = digitReversed(i);
    }
  }

  /** Whether there is a transform of so many points. */
  static boolean divides(int size) {
    int rest = size;
    while (rest > 1 && radixOf(rest) > 0) {
      rest /= radixOf(rest);
    }
    return rest == 1;
  }

  private static int radixOf(int size) {
    for (int radix : RADICES) {
      if (size % radix == 0) {
        return radix;
      }
    }
    return 0;
  }

  private int digitReversed(int bin) {
    int row = 0;
    int rest = bin;
    int part = size;
    for (int level = 0; part > 1; level++) {
      part /= radices[level];
      row += rest % radices[level] * part;
      rest /= radices[level];
    }
    return row;
  }

  /** Points per signal. */
  int size() {
    return size;
  }

  /** Rows for this transform's size, all zero. */
  float[][] newRows() {
    return new float[size][2 * LANES];
  }

  /** The row in which {@link #transform} leaves frequency bin {@code bin}. */
  int rowOf(int bin) {
    return rows[bin];
  }

  /**
   * Transforms every lane in place.
   *
   * @param data shape [size][2 LANES]
   */
  void transform(float[][] data) {
    transform(data, 0, size, 0);
  }

  // Depth first: from 32 rows down a part stays in the first-level cache.
  private void transform(float[][] data, int start, int length, int level) {
    if (length == 1) {
      return;
    }
    int radix = radices[level];
    int part = length / radix;
    int step = size / length;
    for (int p = 0; p < part; p++) {
      int first = start + p;
      for (RowLoop loop : loops[radix]) {
        loop.apply(data, first, part);
      }
      if (p > 0) {
        for (int j = 1; j < radix; j++) {
          int w = p * step * j;
          rotate(data[first + j * part], cos[w], sin[w]);
        }
      }
    }
    for (int j = 0; j < radix; j++) {
      transform(data, start + j * part, part, level + 1);
    }
  }

  private static void butterfly2(float[][] rows, int at, int part) {
    butterfly2(rows[at], rows[at + part]);
  }

  private static void butterfly4(float[][] rows, int at, int part) {
    butterfly4(rows[at], rows[at + part], rows[at + 2 * part], rows[at + 3 * part]);
  }

  private static void butterfly2(float[] x0, float[] x1) {
    for (int i = 0; i < 2 * LANES; i++) {
      float a = x0[i];
      float b = x1[i];
      x0[i] = a + b;
      x1[i] = a - b;
    }
  }

  // Kept apart from rotate(): as one loop the body is too large and the JIT compiler leaves it
  // scalar, at four times the cost.
  private static void butterfly4(float[] x0, float[] x1, float[] x2, float[] x3) {
    for (int i = 0; i < LANES; i++) {
      float ar = x0[i];
      float ai = x0[i + LANES];
      float br = x1[i];
      float bi = x1[i + LANES];
      float cr = x2[i];
      float ci = x2[i + LANES];
      float dr = x3[i];
      float di = x3[i + LANES];
      float sumR = ar + cr;
      float sumI = ai + ci;
      float differenceR = ar - cr;
      float differenceI = ai - ci;
      float oddSumR = br + dr;
      float oddSumI = bi + di;
      float turnedR = bi - di;
      float turnedI = dr - br;
      x0[i] = sumR + oddSumR;
      x0[i + LANES] = sumI + oddSumI;
      x1[i] = differenceR + turnedR;
      x1[i + LANES] = differenceI + turnedI;
      x2[i] = sumR - oddSumR;
      x2[i + LANES] = sumI - oddSumI;
      x3[i] = differenceR - turnedR;
      x3[i + LANES] = differenceI - turnedI;
    }
  }

  private static void rotate(float[] x, float c, float s) {
    for (int i = 0; i < LANES; i++) {
      float re = x[i];
      float im = x[i + LANES];
      x[i] = re * c - im * s;
      x[i + LANES] = re * s + im * c;
    }
  }
}
