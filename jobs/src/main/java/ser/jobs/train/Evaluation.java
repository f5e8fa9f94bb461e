package ser.jobs.train;

import java.io.Serializable;
import java.util.List;
import ser.model.Emotion;
import ser.model.metrics.ConfusionMatrix;

/**
 * What a network makes of some rows.
 *
 * @param confusion actual against predicted emotions
 * @param lossSum cross-entropy of all rows, unweighted
 */
record Evaluation(ConfusionMatrix confusion, double lossSum) implements Serializable {
  /** What a probability counts at least, so that one row's loss is finite: Keras's epsilon. */
  private static final double LEAST_PROBABILITY = 1e-7;

  static Evaluation none(List<Emotion> labels) {
    return new Evaluation(new ConfusionMatrix(labels), 0);
  }

  /** With one row more; the confusion matrix is the same object. */
  Evaluation with(int actual, float[] probabilities) {
    List<Emotion> labels = confusion.labels();
    confusion.add(labels.get(actual), labels.get(indexOfLargest(probabilities)));
    return new Evaluation(
        confusion, lossSum - Math.log(Math.max(LEAST_PROBABILITY, probabilities[actual])));
  }

  Evaluation merge(Evaluation other) {
    return new Evaluation(confusion.merge(other.confusion), lossSum + other.lossSum);
  }

  /** Mean cross-entropy; not a number without rows. */
  double loss() {
    return lossSum / confusion.total();
  }

  private static int indexOfLargest(float[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }
}
