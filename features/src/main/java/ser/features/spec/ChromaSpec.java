package ser.features.spec;

import static ser.features.spec.Require.require;

import java.io.Serializable;

/**
 * What the pitch classes of the chroma are tuned to.
 *
 * @param estimated whether the tuning is estimated for each clip, librosa's default
 * @param tuning deviation from A = 440 Hz in semitones, from -0.5 to below 0.5; 0 if estimated
 */
public record ChromaSpec(boolean estimated, double tuning) implements Serializable {
  public ChromaSpec {
    require(
        tuning >= -0.5 && tuning < 0.5,
        "chroma tuning %s semitones must be from -0.5 to below 0.5, or estimate",
        tuning);
    require(!estimated || tuning == 0, "a tuning of %s cannot be estimated as well", tuning);
  }

  public static ChromaSpec estimate() {
    return new ChromaSpec(true, 0);
  }

  public static ChromaSpec tunedTo(double tuning) {
    return new ChromaSpec(false, tuning);
  }
}
