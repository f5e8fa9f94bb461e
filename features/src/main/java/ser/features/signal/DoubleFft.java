package ser.features.signal;

/**
 * FFT of real samples in double precision: {@code X[k] = sum_n x[n] exp(-2 pi j k n / N)}, {@code k
 * = 0..N/2}, no scaling.
 *
 * <p>Even and odd samples are the parts of one complex signal of half the length (Press et al.,
 * "Numerical Recipes", 12.3), transformed by decimation in time with radix 2. Real and imaginary
 * parts and the twiddle factors of each level stand in arrays of their own, so that the JIT
 * compiler makes SIMD code of the inner loop. Holds scratch buffers: not safe for use by several
 * threads.
 */
final class DoubleFft {
  private final int half;
  private final int[] reversed;
  private final double[] re;
  private final double[] im;
  private final double[][] cos;
  private final double[][] sin;
  private final double[] turnCos;
  private final double[] turnSin;

  /**
   * @param size samples, a power of two from 8
   */
  DoubleFft(int size) {
    if (size < 8 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(
          "FFT size %d must be a power of two from 8".formatted(size));
    }
    half = size / 2;
    int levels = Integer.numberOfTrailingZeros(half);
    reversed = new int[half];
    for (int i = 0; i < half; i++) {
      reversed[i] = Integer.reverse(i) >>> (32 - levels);
    }
    re = new double[half];
    im = new double[half];
    cos = new double[levels][];
    sin = new double[levels][];
    for (int level = 0; level < levels; level++) {
      int span = 1 << level;
      cos[level] = new double[span];
      sin[level] = new double[span];
      for (int j = 0; j < span; j++) {
        cos[level][j] = Math.cos(Math.PI * j / span);
        sin[level][j] = -Math.sin(Math.PI * j / span);
      }
    }
    turnCos = new double[half + 1];
    turnSin = new double[half + 1];
    for (int k = 0; k <= half; k++) {
      turnCos[k] = Math.cos(Math.PI * k / half);
      turnSin[k] = -Math.sin(Math.PI * k / half);
    }
  }

  /**
   * @param samples shape [size]
   * @param real receives the real parts, shape [size / 2 + 1]
   * @param imaginary receives the imaginary parts, same shape
   */
  void transform(double[] samples, double[] real, double[] imaginary) {
    for (int i = 0; i < half; i++) {
      int from = 2 * reversed[i];
      re[i] = samples[from];
      im[i] = samples[from + 1];
    }
    firstTwoLevels();
    for (int level = 2; level < cos.length; level++) {
      int span = 1 << level;
      for (int start = 0; start < half; start += 2 * span) {
        butterflies(re, im, start, span, cos[level], sin[level]);
      }
    }
    separate(real, imaginary);
  }

  private void firstTwoLevels() {
    for (int i = 0; i < half; i += 4) {
      double aR = re[i] + re[i + 1];
      double aI = im[i] + im[i + 1];
      double bR = re[i] - re[i + 1];
      double bI = im[i] - im[i + 1];
      double cR = re[i + 2] + re[i + 3];
      double cI = im[i + 2] + im[i + 3];
      double dR = re[i + 2] - re[i + 3];
      double dI = im[i + 2] - im[i + 3];
      re[i] = aR + cR;
      im[i] = aI + cI;
      re[i + 1] = bR + dI;
      im[i + 1] = bI - dR;
      re[i + 2] = aR - cR;
      im[i + 2] = aI - cI;
      re[i + 3] = bR - dI;
      im[i + 3] = bI + dR;
    }
  }

  private static void butterflies(
      double[] re, double[] im, int start, int span, double[] cos, double[] sin) {
    int other = start + span;
    for (int j = 0; j < span; j++) {
      double r = re[other + j] * cos[j] - im[other + j] * sin[j];
      double i = re[other + j] * sin[j] + im[other + j] * cos[j];
      double baseR = re[start + j];
      double baseI = im[start + j];
      re[start + j] = baseR + r;
      im[start + j] = baseI + i;
      re[other + j] = baseR - r;
      im[other + j] = baseI - i;
    }
  }

  private void separate(double[] real, double[] imaginary) {
    for (int k = 0; k <= half; k++) {
      int low = k & (half - 1);
      int high = (half - k) & (half - 1);
      double evenR = re[low] + re[high];
      double evenI = im[low] - im[high];
      double oddR = im[low] + im[high];
      double oddI = re[high] - re[low];
      real[k] = 0.5 * (evenR + oddR * turnCos[k] - oddI * turnSin[k]);
      imaginary[k] = 0.5 * (evenI + oddR * turnSin[k] + oddI * turnCos[k]);
    }
  }
}
