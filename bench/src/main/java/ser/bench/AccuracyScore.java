package ser.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What the trainings of one row gave, in percent.
 *
 * @param seeds one value per seed whose trainings are all there, from the confusion matrices of its
 *     folds together
 * @param parts one value per training
 */
record AccuracyScore(List<Double> seeds, List<Double> parts) {
  AccuracyScore {
    seeds = List.copyOf(seeds);
    parts = List.copyOf(parts);
  }

  double mean() {
    return seeds.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Of the sample of seeds; not a number with fewer than two. */
  double deviation() {
    double mean = mean();
    double squares = seeds.stream().mapToDouble(s -> (s - mean) * (s - mean)).sum();
    return Math.sqrt(squares / (seeds.size() - 1));
  }

  /**
   * @param confusions [actual][predicted], of the same labels
   * @param metric {@code accuracy}, or {@code uar}: the mean recall of the classes that occur
   */
  static double of(List<JsonNode> confusions, String metric) {
    int classes = confusions.get(0).size();
    long correct = 0;
    long total = 0;
    double recalls = 0;
    int occurring = 0;
    for (int actual = 0; actual < classes; actual++) {
      long row = 0;
      long hits = 0;
      for (JsonNode confusion : confusions) {
        for (JsonNode count : confusion.get(actual)) {
          row += count.asLong();
        }
        hits += confusion.get(actual).get(actual).asLong();
      }
      correct += hits;
      total += row;
      if (row > 0) {
        recalls += (double) hits / row;
        occurring++;
      }
    }
    return 100 * (metric.equals("uar") ? recalls / occurring : (double) correct / total);
  }
}
