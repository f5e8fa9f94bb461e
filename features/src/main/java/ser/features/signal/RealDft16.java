package ser.features.signal;

import java.util.ArrayList;
import java.util.List;

/**
 * The 16-point discrete Fourier transform of {@value #COLUMNS} columns of real numbers at once, and
 * back. Of the 16 bins the first 9 are kept; the others are their mirror images. Works in place on
 * 16 rows; {@link #RE} and {@link #IM} say which row holds what. Radix 4, twice; no state.
 */
final class RealDft16 {
  static final int POINTS = 16;

  /** Bins that are kept; the first and the last are real. */
  static final int BINS = POINTS / 2 + 1;

  /** Columns that are transformed together: a constant, so that the loops become SIMD code. */
  static final int COLUMNS = 128;

  private static final float HALF_ROOT = (float) Math.sqrt(0.5);
  private static final float ROOT = (float) Math.sqrt(2);

  private static final int[] RE = {0, 4, 8, 7, 1, 5, 10, 6, 2};
  private static final int[] IM = {-1, 12, 9, 15, 3, 13, 11, 14, -1};

  private RealDft16() {}

  /** The row of the real part of a bin. */
  static int re(int bin) {
    return RE[bin];
  }

  /** The row of the imaginary part of bins 1 to 7. */
  static int im(int bin) {
    return IM[bin];
  }

  /** Whether the imaginary part of a bin has the opposite sign. */
  static boolean isMirrored(int bin) {
    return bin == 3 || bin == 7;
  }

  /**
   * {@code K[k] = sum_r x[r] exp(-2 pi j k r / 16)}, to be applied at 0 with part 1. Of bins 3 and
   * 7 the mirror images 13 and 9 come out, which have the opposite imaginary part.
   */
  static List<RowLoop> forward() {
    List<RowLoop> loops = new ArrayList<>();
    for (int r = 0; r < 4; r++) {
      int row = r;
      loops.add((x, at, part) -> forward4(x[row], x[row + 4], x[row + 8], x[row + 12]));
    }
    loops.add((x, at, part) -> forward4(x[0], x[1], x[2], x[3]));
    loops.add((x, at, part) -> forwardDiagonal(x[8], x[9], x[10], x[11]));
    for (int r = 1; r < 4; r++) {
      loops.add(rotation(r, -1));
    }
    loops.add((x, at, part) -> complex4(x[4], x[5], x[6], x[7], x[12], x[13], x[14], x[15]));
    return loops;
  }

  /**
   * {@code y[r] = sum_k K[k] exp(2 pi j k r / 16)} over all 16 bins, 16 times the inverse of {@link
   * #forward}.
   */
  static List<RowLoop> backward() {
    List<RowLoop> loops = new ArrayList<>();
    // Real and imaginary parts exchanged: the inverse transform.
    loops.add((x, at, part) -> complex4(x[12], x[13], x[14], x[15], x[4], x[5], x[6], x[7]));
    for (int r = 1; r < 4; r++) {
      loops.add(rotation(r, 1));
    }
    loops.add((x, at, part) -> backwardDiagonal(x[8], x[9], x[10], x[11]));
    loops.add((x, at, part) -> backward4(x[0], x[1], x[2], x[3]));
    for (int r = 0; r < 4; r++) {
      int row = r;
      loops.add((x, at, part) -> backward4(x[row], x[row + 4], x[row + 8], x[row + 12]));
    }
    return loops;
  }

  private static RowLoop rotation(int r, int sign) {
    float c = (float) Math.cos(2 * Math.PI * r / POINTS);
    float s = (float) Math.sin(sign * 2 * Math.PI * r / POINTS);
    return (x, at, part) -> rotate(x[4 + r], x[12 + r], c, s);
  }

  // Four real numbers; leaves bin 0, the parts of bin 1 around bin 2.
  private static void forward4(float[] x0, float[] x1, float[] x2, float[] x3) {
    for (int i = 0; i < COLUMNS; i++) {
      float a = x0[i];
      float b = x1[i];
      float c = x2[i];
      float d = x3[i];
      float even = a + c;
      float odd = b + d;
      x0[i] = even + odd;
      x1[i] = a - c;
      x2[i] = even - odd;
      x3[i] = d - b;
    }
  }

  private static void backward4(float[] x0, float[] x1, float[] x2, float[] x3) {
    for (int i = 0; i < COLUMNS; i++) {
      float re = x1[i] + x1[i];
      float im = x3[i] + x3[i];
      float even = x0[i] + x2[i];
      float odd = x0[i] - x2[i];
      x0[i] = even + re;
      x1[i] = odd - im;
      x2[i] = even - re;
      x3[i] = odd + im;
    }
  }

  // Bins 2 and 6 from four real numbers that are still to be turned by eighths.
  private static void forwardDiagonal(float[] d0, float[] d1, float[] d2, float[] d3) {
    for (int i = 0; i < COLUMNS; i++) {
      float a = d0[i];
      float c = d2[i];
      float difference = (d1[i] - d3[i]) * HALF_ROOT;
      float sum = (d1[i] + d3[i]) * HALF_ROOT;
      d0[i] = a + difference;
      d1[i] = -c - sum;
      d2[i] = a - difference;
      d3[i] = c - sum;
    }
  }

  private static void backwardDiagonal(float[] d0, float[] d1, float[] d2, float[] d3) {
    for (int i = 0; i < COLUMNS; i++) {
      float re2 = d0[i];
      float im2 = d1[i];
      float re6 = d2[i];
      float im6 = d3[i];
      d0[i] = 2 * (re2 + re6);
      d1[i] = ROOT * ((re2 - im2) - (re6 + im6));
      d2[i] = 2 * (im6 - im2);
      d3[i] = ROOT * ((re6 - im6) - (re2 + im2));
    }
  }

  private static void rotate(float[] re, float[] im, float c, float s) {
    for (int i = 0; i < COLUMNS; i++) {
      float r = re[i];
      float m = im[i];
      re[i] = r * c - m * s;
      im[i] = r * s + m * c;
    }
  }

  private static void complex4(
      float[] r0,
      float[] r1,
      float[] r2,
      float[] r3,
      float[] i0,
      float[] i1,
      float[] i2,
      float[] i3) {
    for (int i = 0; i < COLUMNS; i++) {
      float sumR = r0[i] + r2[i];
      float sumI = i0[i] + i2[i];
      float differenceR = r0[i] - r2[i];
      float differenceI = i0[i] - i2[i];
      float oddSumR = r1[i] + r3[i];
      float oddSumI = i1[i] + i3[i];
      float turnedR = i1[i] - i3[i];
      float turnedI = r3[i] - r1[i];
      r0[i] = sumR + oddSumR;
      i0[i] = sumI + oddSumI;
      r1[i] = differenceR + turnedR;
      i1[i] = differenceI + turnedI;
      r2[i] = sumR - oddSumR;
      i2[i] = sumI - oddSumI;
      r3[i] = differenceR - turnedR;
      i3[i] = differenceI - turnedI;
    }
  }
}
