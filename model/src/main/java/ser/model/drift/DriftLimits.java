package ser.model.drift;

import static ser.model.Require.require;

/**
 * From where on a run is no longer like the training data.
 *
 * @param emotionStability of {@link EmotionShares#stability}, above 0
 * @param confidenceChange of the mean confidence, from 0 to 1
 * @param inputShift of the mean levels, in deviations of the training data, above 0
 * @param narrowShare of recordings of a lower rate, from 0 to 1
 */
public record DriftLimits(
    double emotionStability, double confidenceChange, double inputShift, double narrowShare) {
  public DriftLimits {
    require(emotionStability > 0, "emotion-psi %s must be above 0", emotionStability);
    require(
        confidenceChange > 0 && confidenceChange <= 1,
        "confidence-change %s must be above 0, at most 1",
        confidenceChange);
    require(inputShift > 0, "input-shift %s must be above 0", inputShift);
    require(
        narrowShare >= 0 && narrowShare <= 1, "narrow-share %s must be from 0 to 1", narrowShare);
  }
}
