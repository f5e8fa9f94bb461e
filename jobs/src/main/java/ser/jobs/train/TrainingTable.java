package ser.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import ser.jobs.UserError;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;
import ser.model.SpeakerSplit;

/**
 * What a features table holds, without its features: small enough for the driver at any size.
 *
 * @param counts rows by speaker and emotion
 * @param speakers with their gender
 * @param labels the emotions that occur, in canonical order
 */
record TrainingTable(
    Map<String, Map<Emotion, Long>> counts, List<Speaker> speakers, List<Emotion> labels) {

  static TrainingTable of(Dataset<Row> features) {
    Map<String, Map<Emotion, Long>> counts = new TreeMap<>();
    Map<String, Speaker> speakers = new TreeMap<>();
    List<Row> groups = features.groupBy("speaker", "gender", "emotion").count().collectAsList();
    for (Row group : groups) {
      String id = group.getString(0);
      speakers.put(id, new Speaker(id, Gender.ofLabel(group.getString(1))));
      counts
          .computeIfAbsent(id, key -> new TreeMap<>())
          .merge(Emotion.ofLabel(group.getString(2)), group.getLong(3), Long::sum);
    }
    List<Emotion> labels =
        Arrays.stream(Emotion.values())
            .filter(emotion -> counts.values().stream().anyMatch(map -> map.containsKey(emotion)))
            .toList();
    if (labels.size() < 2) {
      throw new UserError(
          "Cannot train: the features tables hold %s, and a classifier needs at least two emotions. Check the tables and --corpus of 'ser extract'."
              .formatted(labels.isEmpty() ? "no rows" : "nothing but " + labels.get(0).label()));
    }
    return new TrainingTable(counts, new ArrayList<>(speakers.values()), labels);
  }

  /**
   * @throws UserError if the speakers cannot be divided
   */
  SpeakerSplit split(long seed) {
    try {
      return SpeakerSplit.of(speakers, seed);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  /** Rows by emotion, in the order of the labels, of the speakers of one side. */
  long[] countsOf(Set<String> side) {
    long[] sums = new long[labels.size()];
    for (String speaker : side) {
      counts
          .getOrDefault(speaker, Map.of())
          .forEach((emotion, count) -> sums[labels.indexOf(emotion)] += count);
    }
    return sums;
  }

  /** Rows of the speakers of one side. */
  long rowsOf(Set<String> side) {
    return Arrays.stream(countsOf(side)).sum();
  }

  /**
   * Finds audio that stands on two sides of a split under two names.
   *
   * @throws UserError naming the recordings
   */
  static void requireNoSharedAudio(Dataset<Row> features, SpeakerSplit split) {
    List<Shared> shared =
        features
            .where("variant = 'original'")
            .groupBy("audio_sha256")
            .agg(
                functions.collect_set("speaker").as("speakers"),
                functions.collect_set("recording").as("recordings"))
            .where("size(speakers) > 1")
            .collectAsList()
            .stream()
            .map(row -> new Shared(row.getList(1), row.getList(2)))
            .filter(same -> same.speakers().stream().map(split::sideOf).distinct().count() > 1)
            .toList();
    if (!shared.isEmpty()) {
      throw new UserError(
          "Cannot train: the same audio stands on both sides of the split, as %s%s. Remove the copies and run 'ser extract' again."
              .formatted(
                  shared.get(0).recordings().stream().sorted().collect(Collectors.joining(" and ")),
                  shared.size() > 1 ? " and %d more".formatted(shared.size() - 1) : ""));
    }
  }

  private record Shared(List<String> speakers, List<String> recordings) implements Serializable {}
}
