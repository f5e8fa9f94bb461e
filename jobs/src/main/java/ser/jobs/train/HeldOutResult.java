package ser.jobs.train;

import ser.model.metrics.Prediction;
import ser.model.metrics.Predictions;
import ser.model.metrics.Subject;
import ser.model.split.Side;
import ser.model.split.Split;

/**
 * What a recipe makes of recordings that were held out of its training.
 *
 * @param split by which they were held out
 * @param normalise what the input's mean and deviation were taken over
 * @param parameters of the network
 * @param trainingRows that it learnt from, each as often as it counted
 * @param test what it makes of the held-out recordings, each as often as it was held out
 * @param withoutTwin those of them that did not stand in the training as well
 */
public record HeldOutResult(
    String split,
    String normalise,
    long parameters,
    long trainingRows,
    Predictions test,
    Predictions withoutTwin) {

  static HeldOutResult of(
      TrainingPlan plan, String normalise, DataParallelTraining.Result training, Predictions test) {
    return new HeldOutResult(
        plan.split().protocol(),
        normalise,
        training.network().numParams(),
        plan.rows().rowsOf(Side.TRAINING),
        test,
        test.where(prediction -> !learnt(plan.split(), prediction)));
  }

  /** With the result of another fold of the same recipe; parameters and rows are of this one. */
  HeldOutResult and(HeldOutResult other) {
    return new HeldOutResult(
        split,
        normalise,
        parameters,
        trainingRows,
        test.and(other.test),
        withoutTwin.and(other.withoutTwin));
  }

  private static boolean learnt(Split split, Prediction prediction) {
    Subject subject = prediction.subject();
    return split.sidesOf(subject.speaker(), subject.recording()).contains(Side.TRAINING);
  }
}
