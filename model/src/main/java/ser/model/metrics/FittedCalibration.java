package ser.model.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the validation recordings say of a network's probabilities.
 *
 * @param before predictions of the network as it was trained, scores normalised where the model's
 *     are
 * @param scaling that makes its probabilities mean what they say
 * @param rule by which it abstains
 * @param limit that the rule gives, of the scaled probabilities
 */
public record FittedCalibration(
    Predictions before,
    TemperatureScaling scaling,
    AbstentionRule rule,
    AbstentionRule.Limit limit) {

  /**
   * @param validation predictions of the network as it was trained, scores normalised where the
   *     model's are, for recordings that it has not learnt from and that do not judge it; may be
   *     none
   */
  public static FittedCalibration of(Predictions validation, AbstentionRule rule) {
    TemperatureScaling scaling = TemperatureScaling.fit(validation);
    return new FittedCalibration(validation, scaling, rule, rule.limit(scaling.of(validation)));
  }

  /**
   * Without a temperature: for a network whose recordings may be judged by several inputs. It would
   * divide each input's logits, before the mean over them is taken, and what is known here is that
   * mean.
   *
   * @param validation as for {@link #of}
   */
  public static FittedCalibration undivided(Predictions validation, AbstentionRule rule) {
    return new FittedCalibration(
        validation, TemperatureScaling.none(), rule, rule.limit(validation));
  }

  /** Whether there were recordings enough. */
  public boolean fitted() {
    return enough(before.size());
  }

  /**
   * {@code fitted}, {@code recordings} of the validation, {@code temperature}, {@code
   * abstain_below}, {@code target_accuracy}, and with enough recordings {@code coverage} and {@code
   * accuracy} that this leaves of them, {@code ece_before}, {@code ece}, {@code nll_before}, {@code
   * nll}.
   */
  public ObjectNode toJson() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("fitted", fitted())
            .put("recordings", before.size())
            .put("temperature", scaling.temperature())
            .put("abstain_below", limit.below())
            .put("target_accuracy", rule.targetAccuracy());
    if (fitted()) {
      Predictions after = scaling.of(before);
      json.put("coverage", limit.coverage());
      // Null without an answer: not a number is no JSON.
      json.put("accuracy", limit.coverage() > 0 ? Double.valueOf(limit.accuracy()) : null);
      json.put("ece_before", Calibration.of(before).ece());
      json.put("ece", Calibration.of(after).ece());
      json.put("nll_before", TemperatureScaling.negativeLogLikelihood(before));
      json.put("nll", TemperatureScaling.negativeLogLikelihood(after));
    }
    return json;
  }

  /**
   * Adds {@code ece_before} beside {@code ece}, if there were recordings enough to fit anything.
   *
   * @param test an {@link AssessmentJson}
   * @param calibrated what it is about
   * @param scaling that was built into the network
   * @param recordings that it was fitted on
   */
  public static void addBefore(
      ObjectNode test, Predictions calibrated, TemperatureScaling scaling, long recordings) {
    if (enough(recordings)) {
      test.withObject("/calibration")
          .put("ece_before", Calibration.of(scaling.inverse().of(calibrated)).ece());
    }
  }

  private static boolean enough(long recordings) {
    return recordings >= TemperatureScaling.LEAST_RECORDINGS;
  }
}
