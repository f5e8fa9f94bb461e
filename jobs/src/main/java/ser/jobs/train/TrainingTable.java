package ser.jobs.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import ser.jobs.error.UserError;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;
import ser.model.corpus.RecordingLabels;

/**
 * Who and what a features table holds, without its features: small enough for the driver at any
 * size.
 *
 * @param speakers with their gender
 * @param labels the emotions that occur, in canonical order
 * @param corpora who speaks in each
 */
record TrainingTable(
    List<Speaker> speakers, List<Emotion> labels, SortedMap<String, Set<String>> corpora) {

  static TrainingTable of(SideRows features) {
    // Who is given with two genders stands in it twice: the split refuses him by name.
    Set<Speaker> speakers =
        new TreeSet<>(Comparator.comparing(Speaker::id).thenComparing(Speaker::gender));
    Set<Emotion> found = new TreeSet<>();
    SortedMap<String, Set<String>> corpora = new TreeMap<>();
    for (Row group :
        features
            .recordings()
            .select("speaker", "gender", "emotion", "corpus")
            .distinct()
            .collectAsList()) {
      String id = group.getString(0);
      Gender gender =
          RecordingLabels.namesNobody(id) ? Gender.UNKNOWN : Gender.ofLabel(group.getString(1));
      speakers.add(new Speaker(id, gender));
      found.add(Emotion.ofLabel(group.getString(2)));
      corpora.computeIfAbsent(group.getString(3), corpus -> new TreeSet<>()).add(id);
    }
    if (found.size() < 2) {
      throw new UserError(
          "Cannot train: the features tables hold %s, and a classifier needs at least two emotions. Check the tables and --corpus of 'ser extract'."
              .formatted(
                  found.isEmpty() ? "no rows" : "nothing but " + found.iterator().next().label()));
    }
    return new TrainingTable(
        new ArrayList<>(speakers),
        Arrays.stream(Emotion.values()).filter(found::contains).toList(),
        corpora);
  }
}
