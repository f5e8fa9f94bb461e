package ser.features.signal;

/**
 * A low-pass filter designed by windowing: {@code h(x) = 2 fc sinc(2 fc x) kaiser(x / reach)}, the
 * ideal filter under a Kaiser window (Kaiser 1974; Oppenheim and Schafer, "Discrete-Time Signal
 * Processing", 7.5). Its phase is zero: it is symmetric about x = 0.
 *
 * @param cutoff middle of the transition, in cycles per sample
 * @param reach samples on either side beyond which h is 0
 */
record LowPass(double cutoff, double reach) {
  /** In decibels, for stop band and pass band: 4 more than the 96 that are promised. */
  private static final double ATTENUATION_DB = 100;

  private static final double BETA = 0.1102 * (ATTENUATION_DB - 8.7);

  /**
   * @param pass highest frequency that passes, in cycles per sample
   * @param stop lowest frequency that is stopped
   */
  static LowPass between(double pass, double stop) {
    double taps = (ATTENUATION_DB - 7.95) / (2.285 * 2 * Math.PI * (stop - pass));
    return new LowPass((pass + stop) / 2, Math.ceil(taps / 2) + 1);
  }

  double at(double x) {
    double inside = 1 - (x / reach) * (x / reach);
    if (inside <= 0) {
      return 0;
    }
    return 2 * cutoff * sinc(2 * cutoff * x) * bessel0(BETA * Math.sqrt(inside)) / bessel0(BETA);
  }

  private static double sinc(double x) {
    if (x == 0) {
      return 1;
    }
    // Exactly 0 at the whole numbers, where sin(pi x) leaves 1e-16.
    return x == Math.rint(x) ? 0 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  // Modified Bessel function of the first kind, order 0, by its power series.
  private static double bessel0(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > 1e-18 * sum; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
