package ser.jobs.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import ser.model.Emotion;

/**
 * What is known of recordings beside their sound: which channel is scored, and columns that the
 * tables of {@code ser score} get.
 *
 * @param pattern of their paths
 * @param manifest a table of them, CSV or Parquet; empty for none
 * @param partitionBy columns whose values name folders of the tables, the outermost first
 */
public record DetailSettings(
    Optional<PathPattern> pattern, String manifest, List<String> partitionBy) {
  /** The group or column that names the channel; it makes no column. */
  public static final String CHANNEL = "channel";

  /** What the tables have in any case, and what begins the names of their other columns. */
  private static final Set<String> TAKEN =
      Set.of(
          "recording",
          CHANNEL,
          "start_s",
          "end_s",
          "speech",
          "emotion",
          "confidence",
          "windows",
          "duration_s",
          "speech_s",
          "abstained_share",
          "model_id",
          "run_id",
          "scored_at",
          "source_bytes",
          "source_modified",
          "path");

  private static final String COLUMN = "[A-Za-z_][A-Za-z0-9_]*";

  public DetailSettings {
    partitionBy = List.copyOf(partitionBy);
    List<String> fromPath = columnsOf(pattern);
    requireColumns("path-pattern", fromPath);
    Set<String> once = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String column : partitionBy) {
      if (!once.add(column)) {
        throw new IllegalArgumentException("partition-by has '%s' twice".formatted(column));
      }
      if (manifest.isEmpty() && !fromPath.contains(column)) {
        throw new IllegalArgumentException(
            "partition-by '%s' is no group of path-pattern, whose groups are %s, and there is no manifest"
                .formatted(column, fromPath));
      }
    }
  }

  static DetailSettings from(Settings settings) {
    String text = settings.text("path-pattern");
    Optional<PathPattern> pattern =
        text.isBlank()
            ? Optional.empty()
            : Optional.of(settings.checked(() -> PathPattern.parse(text), "path-pattern"));
    return settings.checked(
        () ->
            new DetailSettings(
                pattern, settings.text("manifest").strip(), settings.list("partition-by")));
  }

  /** Columns that the path gives. */
  public List<String> columnsOfPath() {
    return columnsOf(pattern);
  }

  /**
   * Refuses names that the tables have already, or that are none.
   *
   * @param source what the message begins with
   * @throws IllegalArgumentException naming the first of them
   */
  public static void requireColumns(String source, List<String> columns) {
    Set<String> once = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String column : columns) {
      String lower = column.toLowerCase(Locale.ROOT);
      if (TAKEN.contains(lower) || isOfAnEmotion(lower) || !once.add(column)) {
        throw new IllegalArgumentException(
            "%s names the column '%s', which the tables have already".formatted(source, column));
      }
      if (!column.matches(COLUMN)) {
        throw new IllegalArgumentException(
            "%s names the column '%s', which must be letters, digits and underscores"
                .formatted(source, column));
      }
    }
  }

  /** What of this decides what is said of a recording; nothing where nothing is set. */
  Map<String, String> rules() {
    Map<String, String> rules = new LinkedHashMap<>();
    pattern.ifPresent(given -> rules.put("path_pattern", given.toString()));
    if (!manifest.isEmpty()) {
      // Not which: tonight's has another name than last night's.
      rules.put("manifest", "given");
    }
    if (!partitionBy.isEmpty()) {
      rules.put("partition_by", String.join(",", partitionBy));
    }
    return rules;
  }

  private static List<String> columnsOf(Optional<PathPattern> pattern) {
    return pattern.map(PathPattern::names).orElse(List.of()).stream()
        .filter(name -> !name.equals(CHANNEL))
        .toList();
  }

  private static boolean isOfAnEmotion(String column) {
    for (Emotion emotion : Emotion.values()) {
      if (column.equals("p_" + emotion.label()) || column.equals("share_" + emotion.label())) {
        return true;
      }
    }
    return false;
  }
}
