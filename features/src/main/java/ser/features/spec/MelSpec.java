package ser.features.spec;

import static ser.features.spec.Require.require;

import java.io.Serializable;

/**
 * A mel filter bank and its decibel scale, with librosa's meaning of each value: {@code 10 log10}
 * of the bands, cut at {@code topDb} below the loudest value of the clip.
 *
 * @param bands number of triangular bands
 * @param fMinHz lower edge of the first band
 * @param fMaxHz upper edge of the last band; 0 stands for half the sample rate
 * @param topDb dynamic range kept below the clip's peak, in decibels
 * @param scale spacing of the bands
 * @param norm height of the bands
 * @param power what the bands add up: 2 for power, 1 for magnitude
 */
public record MelSpec(
    int bands, double fMinHz, double fMaxHz, double topDb, MelScale scale, MelNorm norm, int power)
    implements Serializable {
  public MelSpec {
    require(bands > 0 && bands <= 1024, "mel bands %s must be from 1 to 1024", bands);
    require(fMinHz >= 0, "f_min %s Hz must not be negative", fMinHz);
    require(
        fMaxHz == 0 || fMaxHz > fMinHz,
        "f_max %s Hz must be above f_min %s Hz, or 0 for half the sample rate",
        fMaxHz,
        fMinHz);
    require(topDb > 0, "top_db %s must be above 0", topDb);
    require(power == 1 || power == 2, "power %s must be 1 or 2", power);
  }

  /** Slaney's scale and norm and the power, librosa's defaults. */
  public MelSpec(int bands, double fMinHz, double fMaxHz, double topDb) {
    this(bands, fMinHz, fMaxHz, topDb, MelScale.SLANEY, MelNorm.SLANEY, 2);
  }
}
