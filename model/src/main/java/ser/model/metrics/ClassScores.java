package ser.model.metrics;

import java.io.Serializable;
import ser.model.Emotion;

/**
 * How well one class is recognised. Zero denominators give 0, scikit-learn's {@code
 * zero_division=0}.
 *
 * @param label the class
 * @param precision correct predictions of the class over all predictions of it; 0 if it was never
 *     predicted
 * @param recall correct predictions of the class over its recordings; 0 if it has none
 * @param f1 harmonic mean of both, {@code 2 correct / (predictions + recordings)}; 0 if it was
 *     never predicted and has no recordings
 * @param support recordings of the class
 * @param predictions how often the class was predicted, rightly or not
 */
public record ClassScores(
    Emotion label, double precision, double recall, double f1, long support, long predictions)
    implements Serializable {

  static ClassScores of(ConfusionMatrix confusion, Emotion label) {
    long correct = confusion.count(label, label);
    long support = confusion.actual(label);
    long predictions = confusion.predicted(label);
    return new ClassScores(
        label,
        ratio(correct, predictions),
        ratio(correct, support),
        ratio(2 * correct, support + predictions),
        support,
        predictions);
  }

  /** Whether the class stands in the truth or among the predictions at all. */
  boolean occurs() {
    return support > 0 || predictions > 0;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
