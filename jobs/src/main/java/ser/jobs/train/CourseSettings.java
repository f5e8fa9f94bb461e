package ser.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;

/**
 * All that decides the course of a training, by name: the configuration, the number of workers, the
 * rows. Two trainings that agree in it give the same weights.
 */
final class CourseSettings {
  /** Of {@code ser.train}: where things stand, what is put down meanwhile, what comes after. */
  private static final Set<String> WITHOUT_INFLUENCE =
      Set.of("features", "output", "checkpoints", "prefetch-batches", "speaker-scores");

  private static final String GROUP = "ser.train.";

  private CourseSettings() {}

  /**
   * @param configuration the whole configuration as JSON
   * @param training rows that are learnt from, normalised
   * @param validation rows that decide which epoch is kept
   * @param more what else decides, by name
   */
  static SortedMap<String, String> of(
      String configuration,
      JavaRDD<LabelledInput> training,
      JavaRDD<LabelledInput> validation,
      Map<String, ?> more) {
    SortedMap<String, String> settings = configured(configuration);
    settings.keySet().removeIf(CourseSettings::withoutInfluence);
    settings.put("training rows", rows(training));
    settings.put("validation rows", rows(validation));
    more.forEach((name, value) -> settings.put(name, String.valueOf(value)));
    return settings;
  }

  /**
   * The settings of {@code ser.train}, each by its full name.
   *
   * @param configuration the whole configuration as JSON
   */
  static SortedMap<String, String> configured(String configuration) {
    SortedMap<String, String> settings = new TreeMap<>();
    try {
      for (var key : new ObjectMapper().readTree(configuration).path("train").properties()) {
        putLeaves(settings, GROUP + key.getKey(), key.getValue());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the configuration is no JSON", e);
    }
    return settings;
  }

  private static boolean withoutInfluence(String name) {
    return name.startsWith(GROUP)
        && WITHOUT_INFLUENCE.contains(name.substring(GROUP.length()).split("\\.")[0]);
  }

  private static void putLeaves(Map<String, String> settings, String name, JsonNode value) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(key -> putLeaves(settings, name + "." + key.getKey(), key.getValue()));
    } else {
      settings.put(name, value.isTextual() ? value.asText() : value.toString());
    }
  }

  /** How many, and a sum of their digests, which no order changes. */
  private static String rows(JavaRDD<LabelledInput> rows) {
    return rows.map(Rows::of).fold(new Rows(0, 0), Rows::plus).toString();
  }

  private record Rows(long count, long digest) implements Serializable {
    static Rows of(LabelledInput row) {
      return new Rows(1, row.digest());
    }

    Rows plus(Rows other) {
      return new Rows(count + other.count, digest + other.digest);
    }

    @Override
    public String toString() {
      return "%d with digest %016x".formatted(count, digest);
    }
  }
}
