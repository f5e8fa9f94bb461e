package ser.features.audio;

import java.util.Arrays;

/**
 * Adds to each residual what the samples before it predict (RFC 9639, sections 9.2.5 and 9.2.6).
 * Fixed predictors are linear ones with known coefficients.
 */
final class FlacPredictor {
  private static final int[][] FIXED = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

  /** Coefficients of the most recent sample first; zeros behind the order, for unrolled loops. */
  private final int[] coefficients = new int[32];

  private int order;
  private int shift;
  private boolean inLong;

  void useFixed(int fixedOrder) {
    clear(fixedOrder, 0);
    System.arraycopy(FIXED[fixedOrder], 0, coefficients, 0, fixedOrder);
  }

  /** Sets a linear predictor whose coefficients are still 0. */
  void clear(int newOrder, int newShift) {
    Arrays.fill(coefficients, 0);
    order = newOrder;
    shift = newShift;
  }

  void coefficient(int index, int value) {
    coefficients[index] = value;
  }

  /**
   * Looks at the coefficients once all are set.
   *
   * @param bitsPerSample of the samples to come
   */
  void expect(int bitsPerSample) {
    inLong = !fitsInt(bitsPerSample);
  }

  /**
   * Turns residuals {@code from .. to - 1} into samples, in place; those before are samples.
   *
   * @param from at least the order
   */
  void restore(int[] samples, int from, int to) {
    if (order == 0) {
      return;
    }
    if (inLong) {
      restoreInLong(samples, from, to);
      return;
    }
    int unrolled = order <= 4 ? 4 : order <= 8 ? 8 : order <= 12 ? 12 : to;
    int start = Math.min(Math.max(from, unrolled), to);
    restoreFrom(samples, from, start);
    if (unrolled == 4) {
      restore4(samples, start, to);
    } else if (unrolled == 8) {
      restore8(samples, start, to);
    } else if (unrolled == 12) {
      restore12(samples, start, to);
    }
  }

  /** As {@link #restore}, for samples of more than 32 bits. */
  void restoreWide(long[] samples, int count) {
    for (int i = order; i < count; i++) {
      long sum = 0;
      for (int j = 0; j < order; j++) {
        sum += coefficients[j] * samples[i - 1 - j];
      }
      samples[i] += sum >> shift;
    }
  }

  /** Whether no sum of valid samples can leave 32 bits: the bound is exact. */
  private boolean fitsInt(int bitsPerSample) {
    long magnitudes = 0;
    for (int j = 0; j < order; j++) {
      magnitudes += Math.abs(coefficients[j]);
    }
    return magnitudes << bitsPerSample - 1 <= Integer.MAX_VALUE;
  }

  private void restoreInLong(int[] samples, int from, int to) {
    for (int i = from; i < to; i++) {
      long sum = 0;
      for (int j = 0; j < order; j++) {
        sum += (long) coefficients[j] * samples[i - 1 - j];
      }
      samples[i] += (int) (sum >> shift);
    }
  }

  private void restoreFrom(int[] samples, int from, int to) {
    for (int i = from; i < to; i++) {
      int sum = 0;
      for (int j = 0; j < order; j++) {
        sum += coefficients[j] * samples[i - 1 - j];
      }
      samples[i] += sum >> shift;
    }
  }

  // Unrolled, and two samples at a time: a product of 64 bits with two coefficients, one in each
  // half, gives the shares of a sample in the next two predictions at once. Sums of 32 bits stay in
  // their halves, but for the borrow that the lower one takes from the upper. A third of the time
  // of
  // the loop over the coefficients.

  private long pair(int upper) {
    long next = upper < coefficients.length ? coefficients[upper] : 0;
    return coefficients[upper - 1] + (next << Integer.SIZE);
  }

  private void restore4(int[] s, int from, int to) {
    long p1 = pair(1), p2 = pair(2), p3 = pair(3), p4 = pair(4);
    int newest = coefficients[0];
    int bits = shift;
    int end = to - 1;
    int i = from;
    for (; i < end; i += 2) {
      long sums = (p4 * s[i - 4] + p3 * s[i - 3]) + p2 * s[i - 2] + p1 * s[i - 1];
      int lower = (int) sums;
      int first = s[i] + (lower >> bits);
      int second = (int) (sums - lower >>> Integer.SIZE) + newest * first;
      s[i] = first;
      s[i + 1] += second >> bits;
    }
    restoreFrom(s, i, to);
  }

  private void restore8(int[] s, int from, int to) {
    long p1 = pair(1), p2 = pair(2), p3 = pair(3), p4 = pair(4);
    long p5 = pair(5), p6 = pair(6), p7 = pair(7), p8 = pair(8);
    int newest = coefficients[0];
    int bits = shift;
    int end = to - 1;
    int i = from;
    for (; i < end; i += 2) {
      long old = p8 * s[i - 8] + p7 * s[i - 7] + p6 * s[i - 6] + p5 * s[i - 5];
      long sums = old + (p4 * s[i - 4] + p3 * s[i - 3]) + p2 * s[i - 2] + p1 * s[i - 1];
      int lower = (int) sums;
      int first = s[i] + (lower >> bits);
      int second = (int) (sums - lower >>> Integer.SIZE) + newest * first;
      s[i] = first;
      s[i + 1] += second >> bits;
    }
    restoreFrom(s, i, to);
  }

  private void restore12(int[] s, int from, int to) {
    long p1 = pair(1), p2 = pair(2), p3 = pair(3), p4 = pair(4);
    long p5 = pair(5), p6 = pair(6), p7 = pair(7), p8 = pair(8);
    long p9 = pair(9), p10 = pair(10), p11 = pair(11), p12 = pair(12);
    int newest = coefficients[0];
    int bits = shift;
    int end = to - 1;
    int i = from;
    for (; i < end; i += 2) {
      long oldest = p12 * s[i - 12] + p11 * s[i - 11] + p10 * s[i - 10] + p9 * s[i - 9];
      long old = p8 * s[i - 8] + p7 * s[i - 7] + p6 * s[i - 6] + p5 * s[i - 5];
      long recent = (p4 * s[i - 4] + p3 * s[i - 3]) + p2 * s[i - 2] + p1 * s[i - 1];
      long sums = (oldest + old) + recent;
      int lower = (int) sums;
      int first = s[i] + (lower >> bits);
      int second = (int) (sums - lower >>> Integer.SIZE) + newest * first;
      s[i] = first;
      s[i + 1] += second >> bits;
    }
    restoreFrom(s, i, to);
  }
}
