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
   * @param samples the first {@code order} are samples, the others up to {@code count} residuals;
   *     all are samples after the call
   */
  void restore(int[] samples, int count, int bitsPerSample) {
    if (order == 0) {
      return;
    }
    if (!fitsInt(bitsPerSample)) {
      restoreInLong(samples, count);
      return;
    }
    int unrolled = order <= 4 ? 4 : order <= 8 ? 8 : order <= 12 ? 12 : order;
    int start = Math.min(unrolled, count);
    restoreFrom(samples, order, start);
    if (unrolled == 4) {
      restore4(samples, start, count);
    } else if (unrolled == 8) {
      restore8(samples, start, count);
    } else if (unrolled == 12) {
      restore12(samples, start, count);
    } else {
      restoreFrom(samples, start, count);
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

  private void restoreInLong(int[] samples, int count) {
    for (int i = order; i < count; i++) {
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

  // Unrolled, with the newest sample in a register: it is what each step waits for. Three to five
  // times the speed of the loop over the coefficients.

  private void restore4(int[] s, int from, int to) {
    int[] c = coefficients;
    int c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3];
    int bits = shift;
    int newest = from > 0 ? s[from - 1] : 0;
    for (int i = from; i < to; i++) {
      int sum = c3 * s[i - 4] + c2 * s[i - 3] + c1 * s[i - 2] + c0 * newest;
      newest = s[i] + (sum >> bits);
      s[i] = newest;
    }
  }

  private void restore8(int[] s, int from, int to) {
    int[] c = coefficients;
    int c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3];
    int c4 = c[4], c5 = c[5], c6 = c[6], c7 = c[7];
    int bits = shift;
    int newest = from > 0 ? s[from - 1] : 0;
    for (int i = from; i < to; i++) {
      int old = c7 * s[i - 8] + c6 * s[i - 7] + c5 * s[i - 6] + c4 * s[i - 5];
      int sum = old + c3 * s[i - 4] + c2 * s[i - 3] + c1 * s[i - 2] + c0 * newest;
      newest = s[i] + (sum >> bits);
      s[i] = newest;
    }
  }

  private void restore12(int[] s, int from, int to) {
    int[] c = coefficients;
    int c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3];
    int c4 = c[4], c5 = c[5], c6 = c[6], c7 = c[7];
    int c8 = c[8], c9 = c[9], c10 = c[10], c11 = c[11];
    int bits = shift;
    int newest = from > 0 ? s[from - 1] : 0;
    for (int i = from; i < to; i++) {
      int oldest = c11 * s[i - 12] + c10 * s[i - 11] + c9 * s[i - 10] + c8 * s[i - 9];
      int old = oldest + c7 * s[i - 8] + c6 * s[i - 7] + c5 * s[i - 6] + c4 * s[i - 5];
      int sum = old + c3 * s[i - 4] + c2 * s[i - 3] + c1 * s[i - 2] + c0 * newest;
      newest = s[i] + (sum >> bits);
      s[i] = newest;
    }
  }
}
