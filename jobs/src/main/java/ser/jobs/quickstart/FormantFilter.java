package ser.jobs.quickstart;

/** The vocal tract: five resonances in a row for the voice, and one beside them for hiss. */
final class FormantFilter {
  private static final double[] BANDWIDTHS_HZ = {70, 100, 140, 200, 280};
  private static final double F4_HZ = 3500;
  private static final double F5_HZ = 4500;
  private static final double HISS_BANDWIDTH_HZ = 1400;

  private final double sampleRateHz;
  private final Resonator[] tract = new Resonator[BANDWIDTHS_HZ.length];
  private final Resonator mouth = new Resonator();

  FormantFilter(double sampleRateHz) {
    this.sampleRateHz = sampleRateHz;
    for (int i = 0; i < tract.length; i++) {
      tract[i] = new Resonator();
    }
  }

  /**
   * @param f1Hz first three formants
   * @param hissHz where hiss is loudest
   * @param scale of the upper two formants, which do not depend on the sound
   */
  void tune(double f1Hz, double f2Hz, double f3Hz, double hissHz, double scale) {
    double[] centresHz = {f1Hz, f2Hz, f3Hz, F4_HZ * scale, F5_HZ * scale};
    for (int i = 0; i < tract.length; i++) {
      tract[i].tune(centresHz[i], BANDWIDTHS_HZ[i] * scale, sampleRateHz);
    }
    mouth.tune(hissHz, HISS_BANDWIDTH_HZ, sampleRateHz);
  }

  double next(double voiced, double hiss) {
    double sound = voiced;
    for (Resonator resonance : tract) {
      sound = resonance.next(sound);
    }
    return sound + mouth.next(hiss);
  }
}
