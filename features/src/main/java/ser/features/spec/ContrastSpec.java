package ser.features.spec;

import static ser.features.spec.Require.require;

import java.io.Serializable;

/**
 * Bands of the spectral contrast: one from 0 to {@code fMinHz}, then octaves above it, the last of
 * which reaches to half the sample rate.
 *
 * @param fMinHz upper edge of the lowest band
 * @param octaves bands above the lowest
 */
public record ContrastSpec(double fMinHz, int octaves) implements Serializable {
  /** librosa's: 7 rows, for rates above 12,800 Hz. */
  public static final ContrastSpec LIBROSA = new ContrastSpec(200, 6);

  public ContrastSpec {
    require(
        fMinHz > 0 && fMinHz < 192_000,
        "contrast f_min %s Hz must be above 0 and below 192000",
        fMinHz);
    require(octaves >= 1 && octaves <= 16, "contrast octaves %s must be from 1 to 16", octaves);
  }

  /** Rows of the feature. */
  public int rows() {
    return octaves + 1;
  }

  /** Lower edge of the highest band, which must be below half the sample rate. */
  public double lastBandHz() {
    return fMinHz * Math.pow(2, octaves - 1.0);
  }
}
