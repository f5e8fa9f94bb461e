package ser.model.scoring;

import java.io.Serializable;

/**
 * Tells windows with sound from silent ones, by their loudest 50 ms. It does not tell speech from
 * music or noise.
 *
 * @param aboveDbfs root mean square level from which a stretch counts, in dB of full scale, at most
 *     0
 */
public record LevelGate(double aboveDbfs) implements Serializable {
  /** Where nobody says otherwise, in dB of full scale; reference.conf has the same. */
  public static final double DEFAULT_DBFS = -55;

  private static final double STRETCH_S = 0.05;

  public LevelGate {
    if (!(aboveDbfs <= 0)) {
      throw new IllegalArgumentException(
          "level %s dB of full scale must be 0 or less".formatted(aboveDbfs));
    }
  }

  /** True if any 50 ms of the window reach the level. */
  public boolean passes(SampledWindow window) {
    float[] samples = window.samples();
    int stretch = Math.max(1, (int) (STRETCH_S * window.sampleRateHz()));
    double threshold = Math.pow(10, aboveDbfs / 10);
    for (int from = 0; from < samples.length; from += stretch) {
      int end = Math.min(samples.length, from + stretch);
      double power = 0;
      for (int i = from; i < end; i++) {
        power += (double) samples[i] * samples[i];
      }
      if (power / (end - from) >= threshold) {
        return true;
      }
    }
    return false;
  }
}
