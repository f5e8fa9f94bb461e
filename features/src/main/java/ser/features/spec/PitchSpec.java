package ser.features.spec;

import static ser.features.spec.Require.require;

import java.io.Serializable;

/**
 * Search range of the fundamental frequency.
 *
 * @param fMinHz lowest pitch; a frame must hold more than one of its periods
 * @param fMaxHz highest pitch, at most half the sample rate
 * @param troughThreshold the first period whose normalised difference is below this is taken; YIN's
 *     absolute threshold
 */
public record PitchSpec(double fMinHz, double fMaxHz, double troughThreshold)
    implements Serializable {
  /** C2 to C7, the range of librosa's examples. */
  public static final PitchSpec LIBROSA = new PitchSpec(65.40639132514966, 2093.004522404789, 0.1);

  /** What voices reach, screams included. */
  public static final PitchSpec VOICE = new PitchSpec(65, 800, 0.1);

  public PitchSpec {
    require(fMinHz > 0, "pitch f_min %s Hz must be above 0", fMinHz);
    require(
        fMaxHz > fMinHz && fMaxHz <= 192_000,
        "pitch f_max %s Hz must be above f_min %s Hz and at most 192000",
        fMaxHz,
        fMinHz);
    require(
        troughThreshold > 0 && troughThreshold <= 1,
        "pitch trough threshold %s must be above 0 and at most 1",
        troughThreshold);
  }
}
