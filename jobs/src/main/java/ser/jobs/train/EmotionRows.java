package ser.jobs.train;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import ser.jobs.config.EmotionChoice;
import ser.jobs.error.UserError;
import ser.model.Emotion;

/** The rows of a features table whose emotions are told apart. */
final class EmotionRows {
  private EmotionRows() {}

  /**
   * @throws UserError if the tables lack an emotion that was named, or the corpora have fewer than
   *     two in common
   */
  static Dataset<Row> of(Dataset<Row> features, EmotionChoice choice) {
    if (choice instanceof EmotionChoice.Named named) {
      return named(features, named.emotions());
    }
    return choice instanceof EmotionChoice.Common ? common(features) : features;
  }

  private static Dataset<Row> named(Dataset<Row> features, List<Emotion> emotions) {
    Set<String> asked = emotions.stream().map(Emotion::label).collect(Collectors.toSet());
    Set<String> lacking = new TreeSet<>(asked);
    features
        .select("emotion")
        .distinct()
        .collectAsList()
        .forEach(row -> lacking.remove(row.getString(0)));
    if (!lacking.isEmpty()) {
      throw new UserError(
          "Cannot train on the emotions of ser.train.emotions: the tables have no recording of %s."
              .formatted(String.join(", ", lacking)));
    }
    return only(features, asked);
  }

  private static Dataset<Row> common(Dataset<Row> features) {
    List<Row> perCorpus =
        features
            .groupBy("corpus")
            .agg(functions.collect_set("emotion").as("emotions"))
            .collectAsList();
    Set<String> common = new TreeSet<>();
    perCorpus.forEach(row -> common.addAll(row.<String>getList(1)));
    perCorpus.forEach(row -> common.retainAll(row.<String>getList(1)));
    if (common.size() < 2) {
      throw new UserError(
          "Cannot train with ser.train.emotions = common: the corpora %s have %s in common, and a classifier needs at least two emotions."
              .formatted(
                  perCorpus.stream().map(row -> row.getString(0)).sorted().toList(),
                  common.isEmpty() ? "none" : "nothing but " + common));
    }
    return only(features, common);
  }

  private static Dataset<Row> only(Dataset<Row> features, Set<String> emotions) {
    return features.where(functions.col("emotion").isin(emotions.toArray()));
  }
}
