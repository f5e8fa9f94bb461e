package ser.model.metrics;

import java.util.Comparator;
import java.util.List;

/**
 * Below which confidence a model had better say nothing: the lowest one at which the answers that
 * are left are right often enough.
 *
 * @param targetAccuracy share of the answers that are to be right, from 0 to 1
 * @param atMost the limit is never above this, whatever becomes of the accuracy, from 0 to 1
 */
public record AbstentionRule(double targetAccuracy, double atMost) {
  public AbstentionRule {
    if (!(targetAccuracy >= 0 && targetAccuracy <= 1)) {
      throw new IllegalArgumentException(
          "target-accuracy %s must be from 0 to 1".formatted(targetAccuracy));
    }
    if (!(atMost >= 0 && atMost <= 1)) {
      throw new IllegalArgumentException("at-most %s must be from 0 to 1".formatted(atMost));
    }
  }

  /**
   * What the rule makes of some recordings.
   *
   * @param below confidences below this are no answers; 0 if all are
   * @param coverage share of the recordings that is answered
   * @param accuracy share of the answers that is right; NaN without any
   */
  public record Limit(double below, double coverage, double accuracy) {}

  /**
   * @param validation calibrated predictions for recordings that the network has not learnt from;
   *     with fewer than {@value TemperatureScaling#LEAST_RECORDINGS} there is no limit
   */
  public Limit limit(Predictions validation) {
    if (validation.size() < TemperatureScaling.LEAST_RECORDINGS) {
      return applied(0, validation);
    }
    List<Prediction> surest =
        validation.all().stream()
            .sorted(Comparator.comparing(Prediction::confidence).reversed())
            .toList();
    double below = Double.POSITIVE_INFINITY;
    long right = 0;
    for (int i = 0; i < surest.size(); i++) {
      right += validation.correct(surest.get(i)) ? 1 : 0;
      boolean lastOfEqual =
          i + 1 == surest.size() || surest.get(i + 1).confidence() < surest.get(i).confidence();
      if (lastOfEqual && right >= targetAccuracy * (i + 1)) {
        below = i + 1 == surest.size() ? 0 : surest.get(i).confidence();
      }
    }
    return applied(Math.min(below, atMost), validation);
  }

  private static Limit applied(double below, Predictions predictions) {
    Predictions answered = predictions.where(prediction -> prediction.confidence() >= below);
    long right = answered.all().stream().filter(answered::correct).count();
    return new Limit(
        below,
        (double) answered.size() / Math.max(1, predictions.size()),
        (double) right / answered.size());
  }
}
