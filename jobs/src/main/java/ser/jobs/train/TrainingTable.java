package ser.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import ser.jobs.error.UserError;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;
import ser.model.split.Side;
import ser.model.split.Split;

/**
 * Who and what a features table holds, without its features: small enough for the driver at any
 * size.
 *
 * @param speakers with their gender
 * @param labels the emotions that occur, in canonical order
 */
record TrainingTable(List<Speaker> speakers, List<Emotion> labels) {

  static TrainingTable of(SideRows features) {
    Map<String, Speaker> speakers = new TreeMap<>();
    Set<Emotion> found = new TreeSet<>();
    for (Row group :
        features.recordings().select("speaker", "gender", "emotion").distinct().collectAsList()) {
      String id = group.getString(0);
      speakers.put(id, new Speaker(id, Gender.ofLabel(group.getString(1))));
      found.add(Emotion.ofLabel(group.getString(2)));
    }
    if (found.size() < 2) {
      throw new UserError(
          "Cannot train: the features tables hold %s, and a classifier needs at least two emotions. Check the tables and --corpus of 'ser extract'."
              .formatted(
                  found.isEmpty() ? "no rows" : "nothing but " + found.iterator().next().label()));
    }
    return new TrainingTable(
        new ArrayList<>(speakers.values()),
        Arrays.stream(Emotion.values()).filter(found::contains).toList());
  }

  /**
   * Finds audio that stands on two sides of a split under two names. A variant has its recording's
   * hash: one that is named after a speaker of another side is found too.
   *
   * @throws UserError naming the recordings
   */
  static void requireNoSharedAudio(SideRows features, Split split) {
    List<Shared> shared =
        features
            .of(Side.TRAINING)
            .groupBy("audio_sha256")
            .agg(functions.collect_set(functions.struct("speaker", "recording")).as("names"))
            .where("size(names) > 1")
            .collectAsList()
            .stream()
            .map(row -> Shared.of(row.getList(1)))
            .filter(same -> same.sides(split).size() > 1)
            .toList();
    if (!shared.isEmpty()) {
      throw new UserError(
          "Cannot train: the same audio, or a variant of it, stands on both sides of the split, as %s%s. Remove the copies and run 'ser extract' again."
              .formatted(
                  shared.get(0).recordings().stream().sorted().collect(Collectors.joining(" and ")),
                  shared.size() > 1 ? " and %d more".formatted(shared.size() - 1) : ""));
    }
  }

  private record Shared(List<Row> names) implements Serializable {
    static Shared of(List<Row> names) {
      return new Shared(List.copyOf(names));
    }

    List<String> recordings() {
      return names.stream().map(name -> name.getString(1)).toList();
    }

    Set<Side> sides(Split split) {
      Set<Side> sides = new HashSet<>();
      names.forEach(name -> sides.addAll(split.sidesOf(name.getString(0), name.getString(1))));
      return sides;
    }
  }
}
