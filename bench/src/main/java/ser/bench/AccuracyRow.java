package ser.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One line of the table of accuracy.
 *
 * @param name of the row
 * @param recipe that is trained
 * @param ownTable whether the recipe makes its own features table; else the default one is used
 * @param corpora that are trained on together: folders of the data
 * @param folds that speakers are dealt into, each tested once; 0 where the split has none
 * @param settings keys of the configuration, beside the recipe's
 * @param metric {@code accuracy} or {@code uar}
 * @param reference what was measured elsewhere, as text
 * @param wanted in percent; none where a report is all that is wanted
 */
record AccuracyRow(
    String name,
    String recipe,
    boolean ownTable,
    List<String> corpora,
    int folds,
    Map<String, String> settings,
    String metric,
    String reference,
    Optional<Double> wanted) {
  AccuracyRow {
    corpora = List.copyOf(corpora);
    settings = Map.copyOf(settings);
    if (!List.of("accuracy", "uar").contains(metric)) {
      throw new IllegalArgumentException("row %s has the metric '%s'".formatted(name, metric));
    }
  }

  /** All rows, in the order of the table. */
  static List<AccuracyRow> all() throws IOException {
    try (InputStream rows = AccuracyRow.class.getResourceAsStream("accuracy.json")) {
      return List.of(new ObjectMapper().readValue(rows, Written[].class)).stream()
          .map(Written::row)
          .toList();
    }
  }

  /** Numbers of the trainings of one seed. */
  List<Integer> parts() {
    return java.util.stream.IntStream.rangeClosed(1, Math.max(1, folds)).boxed().toList();
  }

  /** Keys for one training, by name. */
  Map<String, String> settings(long seed, int part) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("ser.train.seed", Long.toString(seed));
    // Left to itself it is every core's, and the rows of a step with them.
    all.putIfAbsent("ser.train.workers", "2");
    if (folds > 0) {
      all.put("ser.train.split", "speakers");
      all.put("ser.train.folds", Integer.toString(folds));
      all.put("ser.train.fold", Integer.toString(part));
    }
    return all;
  }

  /** The name of a corpus's features table. */
  String table(String corpus) {
    return (ownTable ? recipe : "default") + "-" + corpus;
  }

  private record Written(
      String name,
      String recipe,
      boolean ownTable,
      List<String> corpora,
      int folds,
      Map<String, String> settings,
      String metric,
      String reference,
      Double wanted) {
    AccuracyRow row() {
      return new AccuracyRow(
          name,
          recipe,
          ownTable,
          corpora,
          folds,
          settings,
          metric,
          reference,
          Optional.ofNullable(wanted));
    }
  }
}
