package ser.model.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import ser.model.Emotion;

/**
 * An emotion that is taken for another one.
 *
 * @param actual what the recordings are
 * @param predicted what they are taken for
 * @param recordings how many, at least 1
 * @param share of the recordings of the actual emotion
 */
public record ConfusedPair(Emotion actual, Emotion predicted, long recordings, double share) {

  /** The most frequent mistakes, the most frequent first; of equal ones in the order of labels. */
  public static List<ConfusedPair> of(ConfusionMatrix confusion, int most) {
    List<ConfusedPair> pairs = new ArrayList<>();
    for (Emotion actual : confusion.labels()) {
      for (Emotion predicted : confusion.labels()) {
        long recordings = confusion.count(actual, predicted);
        if (actual != predicted && recordings > 0) {
          double share = (double) recordings / confusion.actual(actual);
          pairs.add(new ConfusedPair(actual, predicted, recordings, share));
        }
      }
    }
    return pairs.stream()
        .sorted(Comparator.comparingLong(ConfusedPair::recordings).reversed())
        .limit(most)
        .toList();
  }
}
