package ser.features.signal;

import static ser.features.signal.LaneFft.LANES;
import static ser.features.signal.RealDft16.BINS;
import static ser.features.signal.RealDft16.COLUMNS;
import static ser.features.signal.RealDft16.POINTS;

import java.util.Arrays;
import java.util.List;

/**
 * Discrete Fourier transform of {@value #SIGNALS} real signals of {@code 16 C} samples at once, and
 * back.
 *
 * <p>In two steps (Bailey, "FFTs in external or hierarchical memory", 1990), {@code n = c + C r},
 * {@code k = k1 + 16 k2}: 16-point transforms over r of all columns c, in which the signals are
 * still real; a turn by {@code exp(-2 pi j c k1 / size)}; then {@link LaneFft} over c, whose lanes
 * are k1 and the signal. Only {@code k1 = 0..8} is computed: a real signal's other bins are mirror
 * images. So nothing needs to be unpacked, and no signal's rounding errors get into another.
 *
 * <p>Holds scratch buffers: not safe for use by several threads.
 */
final class RealFft {
  static final int SIGNALS = LANES / BINS;

  private static final int IM_OF_LAST = POINTS;
  private static final int PARTS = POINTS + 1;

  private final int columns;
  private final LaneFft fft;
  private final float[][][] cos;
  private final float[][][] sin;
  private final List<RowLoop> forward = RealDft16.forward();
  private final List<RowLoop> backward = RealDft16.backward();
  private final float[][] work = new float[PARTS][COLUMNS];
  // Part after part of all bins k1: column c of signal s stands at s C + c.
  private final float[][] parts;

  /**
   * @param size samples per signal, a multiple of 16 and a product of 2, 3, 5 and 7
   */
  RealFft(int size) {
    if (size % POINTS != 0) {
      throw new IllegalArgumentException("size %d must be a multiple of 16".formatted(size));
    }
    columns = size / POINTS;
    fft = new LaneFft(columns);
    int chunks = chunksOf(SIGNALS);
    parts = new float[PARTS][chunks * COLUMNS];
    // The turns repeat after C columns, and the chunks' after their least common multiple.
    int period = Math.min(chunks, columns / greatestCommonDivisor(columns, COLUMNS));
    cos = new float[period][BINS][COLUMNS];
    sin = new float[period][BINS][COLUMNS];
    for (int chunk = 0; chunk < period; chunk++) {
      for (int k1 = 0; k1 < BINS; k1++) {
        for (int i = 0; i < COLUMNS; i++) {
          double turn = 2 * Math.PI * k1 * ((chunk * COLUMNS + i) % columns) / size;
          cos[chunk][k1][i] = (float) Math.cos(turn);
          sin[chunk][k1][i] = (float) -Math.sin(turn);
        }
      }
    }
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /** Rows for the bins: shape [C][2 LANES]. */
  float[][] newRows() {
    return fft.newRows();
  }

  /**
   * The row that holds bins {@code 16 k2 + k1}, {@code k1 = 0..8}: that of signal s in lane {@code
   * 16 k1 + s}, the imaginary part {@code LANES} further.
   */
  int rowOf(int k2) {
    return fft.rowOf(k2);
  }

  /**
   * Transforms signals.
   *
   * @param signals one array for each, which may be the same
   * @param offsets where each begins
   * @param count how many there are, at most {@value #SIGNALS}; the others count as silent
   * @param rows receives the bins, see {@link #rowOf}
   */
  void forward(float[][] signals, int[] offsets, int count, float[][] rows) {
    int used = chunksOf(count);
    for (int chunk = 0; chunk < used; chunk++) {
      fill(signals, offsets, count, chunk);
      for (RowLoop loop : forward) {
        loop.apply(work, 0, 1);
      }
      float[][] c = cos[chunk % cos.length];
      float[][] s = sin[chunk % sin.length];
      for (int k1 = 1; k1 < BINS - 1; k1++) {
        if (RealDft16.isMirrored(k1)) {
          turnMirrored(work[RealDft16.re(k1)], work[RealDft16.im(k1)], c[k1], s[k1]);
        } else {
          turn(work[RealDft16.re(k1)], work[RealDft16.im(k1)], c[k1], s[k1]);
        }
      }
      turnReal(work[RealDft16.re(BINS - 1)], work[IM_OF_LAST], c[BINS - 1], s[BINS - 1]);
      for (int part = 0; part < PARTS; part++) {
        System.arraycopy(work[part], 0, parts[part], chunk * COLUMNS, COLUMNS);
      }
    }
    for (float[] part : parts) {
      Arrays.fill(part, used * COLUMNS, part.length, 0f);
    }
    for (float[] row : rows) {
      Arrays.fill(row, LANES, LANES + SIGNALS, 0f);
    }
    for (int k1 = 0; k1 < BINS; k1++) {
      toRows(parts[RealDft16.re(k1)], rows, SIGNALS * k1);
    }
    for (int k1 = 1; k1 < BINS; k1++) {
      toRows(parts[im(k1)], rows, LANES + SIGNALS * k1);
    }
    fft.transform(rows);
  }

  /**
   * Back to samples, without the factor 1 / size.
   *
   * @param rows the bins in the order of k2 (not of {@link #rowOf}), real and imaginary parts
   *     exchanged; overwritten
   * @param signals how many are wanted, from the first on
   * @param output receives samples {@code skip .. skip + count - 1} of each signal, one signal
   *     after the other
   */
  void backward(float[][] rows, int signals, float[] output, int skip, int count) {
    // Exchanged before and after, the forward transform is the inverse.
    fft.transform(rows);
    for (int k1 = 0; k1 < BINS; k1++) {
      fromRows(rows, LANES + SIGNALS * k1, parts[RealDft16.re(k1)]);
    }
    for (int k1 = 1; k1 < BINS; k1++) {
      fromRows(rows, SIGNALS * k1, parts[im(k1)]);
    }
    int used = chunksOf(signals);
    for (int chunk = 0; chunk < used; chunk++) {
      for (int part = 0; part < PARTS; part++) {
        System.arraycopy(parts[part], chunk * COLUMNS, work[part], 0, COLUMNS);
      }
      float[][] c = cos[chunk % cos.length];
      float[][] s = sin[chunk % sin.length];
      for (int k1 = 1; k1 < BINS; k1++) {
        if (RealDft16.isMirrored(k1)) {
          turnMirrored(work[RealDft16.re(k1)], work[im(k1)], c[k1], s[k1]);
        } else {
          turnBack(work[RealDft16.re(k1)], work[im(k1)], c[k1], s[k1]);
        }
      }
      for (RowLoop loop : backward) {
        loop.apply(work, 0, 1);
      }
      give(signals, output, skip, count, chunk);
    }
  }

  private int chunksOf(int signals) {
    return -Math.floorDiv(-signals * columns, COLUMNS);
  }

  private static int im(int k1) {
    return k1 == BINS - 1 ? IM_OF_LAST : RealDft16.im(k1);
  }

  private void fill(float[][] signals, int[] offsets, int count, int chunk) {
    for (int i = 0; i < COLUMNS; ) {
      int signal = (chunk * COLUMNS + i) / columns;
      int column = (chunk * COLUMNS + i) % columns;
      int run = Math.min(columns - column, COLUMNS - i);
      if (signal == count) {
        for (int r = 0; r < POINTS; r++) {
          Arrays.fill(work[r], i, COLUMNS, 0f);
        }
        return;
      }
      int at = offsets[signal] + column;
      for (int r = 0; r < POINTS; r++, at += columns) {
        System.arraycopy(signals[signal], at, work[r], i, run);
      }
      i += run;
    }
  }

  private void give(int signals, float[] output, int skip, int count, int chunk) {
    for (int i = 0; i < COLUMNS; ) {
      int signal = (chunk * COLUMNS + i) / columns;
      int column = (chunk * COLUMNS + i) % columns;
      int run = Math.min(columns - column, COLUMNS - i);
      if (signal == signals) {
        return;
      }
      for (int r = 0; r < POINTS; r++) {
        int first = r * columns + column - skip;
        int from = Math.max(0, first);
        int to = Math.min(count, first + run);
        if (from < to) {
          System.arraycopy(work[r], i + from - first, output, signal * count + from, to - from);
        }
      }
      i += run;
    }
  }

  // Four rows at a time: one signal's columns of four rows share a cache line.
  private void toRows(float[] part, float[][] rows, int lane) {
    int c = 0;
    for (; c + 4 <= columns; c += 4) {
      float[] r0 = rows[c];
      float[] r1 = rows[c + 1];
      float[] r2 = rows[c + 2];
      float[] r3 = rows[c + 3];
      for (int s = 0, at = c; s < SIGNALS; s++, at += columns) {
        r0[lane + s] = part[at];
        r1[lane + s] = part[at + 1];
        r2[lane + s] = part[at + 2];
        r3[lane + s] = part[at + 3];
      }
    }
    for (; c < columns; c++) {
      for (int s = 0; s < SIGNALS; s++) {
        rows[c][lane + s] = part[s * columns + c];
      }
    }
  }

  private void fromRows(float[][] rows, int lane, float[] part) {
    int c = 0;
    for (; c + 4 <= columns; c += 4) {
      float[] r0 = rows[fft.rowOf(c)];
      float[] r1 = rows[fft.rowOf(c + 1)];
      float[] r2 = rows[fft.rowOf(c + 2)];
      float[] r3 = rows[fft.rowOf(c + 3)];
      for (int s = 0, at = c; s < SIGNALS; s++, at += columns) {
        part[at] = r0[lane + s];
        part[at + 1] = r1[lane + s];
        part[at + 2] = r2[lane + s];
        part[at + 3] = r3[lane + s];
      }
    }
    for (; c < columns; c++) {
      for (int s = 0; s < SIGNALS; s++) {
        part[s * columns + c] = rows[fft.rowOf(c)][lane + s];
      }
    }
  }

  private static void turn(float[] re, float[] im, float[] cos, float[] sin) {
    for (int i = 0; i < COLUMNS; i++) {
      float r = re[i];
      float m = im[i];
      re[i] = r * cos[i] - m * sin[i];
      im[i] = r * sin[i] + m * cos[i];
    }
  }

  // Of the number with the opposite imaginary part: there by exp(-j a), and back from exp(j a).
  private static void turnMirrored(float[] re, float[] im, float[] cos, float[] sin) {
    for (int i = 0; i < COLUMNS; i++) {
      float r = re[i];
      float m = im[i];
      re[i] = r * cos[i] + m * sin[i];
      im[i] = r * sin[i] - m * cos[i];
    }
  }

  private static void turnReal(float[] re, float[] im, float[] cos, float[] sin) {
    for (int i = 0; i < COLUMNS; i++) {
      float r = re[i];
      re[i] = r * cos[i];
      im[i] = r * sin[i];
    }
  }

  private static void turnBack(float[] re, float[] im, float[] cos, float[] sin) {
    for (int i = 0; i < COLUMNS; i++) {
      float r = re[i];
      float m = im[i];
      re[i] = r * cos[i] + m * sin[i];
      im[i] = m * cos[i] - r * sin[i];
    }
  }
}
