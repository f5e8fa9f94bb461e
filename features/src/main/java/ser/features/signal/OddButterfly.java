package ser.features.signal;

import static ser.features.signal.LaneFft.LANES;

import java.util.ArrayList;
import java.util.List;

/**
 * The discrete Fourier transform of 3, 5 or 7 rows of {@link LaneFft}. Samples j and r - j meet
 * equal cosines and opposite sines, so their sums and differences need half the products.
 */
final class OddButterfly {
  private final int radix;
  private final float[] zeros = new float[2 * LANES];
  private final float[][] even;
  private final float[][] odd;
  private final List<RowLoop> loops = new ArrayList<>();

  /**
   * @param radix 3, 5 or 7
   */
  OddButterfly(int radix) {
    this.radix = radix;
    int half = radix / 2;
    even = new float[half + 1][2 * LANES];
    odd = new float[half + 1][2 * LANES];
    for (int j = 1; j <= half; j++) {
      int low = j;
      int high = radix - j;
      loops.add((rows, at, part) -> addAndSubtract(rows[at + low * part], rows[at + high * part]));
    }
    for (int k = 1; k <= half; k++) {
      loops.add(weighSums(k));
      loops.add(weighDifferences(k));
    }
    for (int j = 1; j <= half; j++) {
      int low = j;
      loops.add((rows, at, part) -> add(rows[at], rows[at + low * part]));
    }
    for (int k = 1; k <= half; k++) {
      int low = k;
      int high = radix - k;
      loops.add(
          (rows, at, part) ->
              join(even[low], odd[low], rows[at + low * part], rows[at + high * part]));
    }
  }

  /** The loops. They share scratch rows: not safe for use by several threads. */
  RowLoop[] loops() {
    return loops.toArray(RowLoop[]::new);
  }

  private RowLoop weighSums(int k) {
    float w1 = (float) Math.cos(2 * Math.PI * k / radix);
    float w2 = (float) Math.cos(2 * Math.PI * 2 * k / radix);
    float w3 = (float) Math.cos(2 * Math.PI * 3 * k / radix);
    return (rows, at, part) ->
        weigh(
            even[k],
            rows[at],
            rows[at + part],
            radix > 3 ? rows[at + 2 * part] : zeros,
            radix > 5 ? rows[at + 3 * part] : zeros,
            w1,
            w2,
            w3);
  }

  // Differences stand in the upper rows, counted downwards.
  private RowLoop weighDifferences(int k) {
    float w1 = (float) Math.sin(2 * Math.PI * k / radix);
    float w2 = (float) Math.sin(2 * Math.PI * 2 * k / radix);
    float w3 = (float) Math.sin(2 * Math.PI * 3 * k / radix);
    return (rows, at, part) ->
        weigh(
            odd[k],
            zeros,
            rows[at + (radix - 1) * part],
            radix > 3 ? rows[at + (radix - 2) * part] : zeros,
            radix > 5 ? rows[at + (radix - 3) * part] : zeros,
            w1,
            w2,
            w3);
  }

  private static void addAndSubtract(float[] a, float[] b) {
    for (int i = 0; i < 2 * LANES; i++) {
      float x = a[i];
      float y = b[i];
      a[i] = x + y;
      b[i] = x - y;
    }
  }

  private static void add(float[] to, float[] x) {
    for (int i = 0; i < 2 * LANES; i++) {
      to[i] = to[i] + x[i];
    }
  }

  private static void weigh(
      float[] out, float[] base, float[] x1, float[] x2, float[] x3, float w1, float w2, float w3) {
    for (int i = 0; i < 2 * LANES; i++) {
      out[i] = (base[i] + w1 * x1[i]) + (w2 * x2[i] + w3 * x3[i]);
    }
  }

  // low = even - j odd, high = even + j odd.
  private static void join(float[] even, float[] odd, float[] low, float[] high) {
    for (int i = 0; i < LANES; i++) {
      float er = even[i];
      float ei = even[i + LANES];
      float or = odd[i];
      float oi = odd[i + LANES];
      low[i] = er + oi;
      low[i + LANES] = ei - or;
      high[i] = er - oi;
      high[i + LANES] = ei + or;
    }
  }
}
