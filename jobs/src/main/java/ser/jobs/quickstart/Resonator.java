package ser.jobs.quickstart;

/** A two-pole resonance of the vocal tract (Klatt, JASA 67, 1980), with gain 1 at 0 Hz. */
final class Resonator {
  private double a;
  private double b;
  private double c;
  private double last;
  private double beforeLast;

  /** Moves the resonance, keeping what still rings. */
  void tune(double centreHz, double bandwidthHz, double sampleRateHz) {
    // StrictMath: the same corpus, byte for byte, on any processor.
    c = -StrictMath.exp(-2 * Math.PI * bandwidthHz / sampleRateHz);
    b =
        2
            * StrictMath.exp(-Math.PI * bandwidthHz / sampleRateHz)
            * StrictMath.cos(2 * Math.PI * centreHz / sampleRateHz);
    a = 1 - b - c;
  }

  double next(double input) {
    double output = a * input + b * last + c * beforeLast;
    beforeLast = last;
    last = output;
    return output;
  }
}
