package ser.jobs.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import ser.jobs.config.VariantChoice;
import ser.jobs.tables.Variant;
import ser.model.Emotion;
import ser.model.split.Side;
import ser.model.split.Split;

/**
 * What stands on each side of a split, without its features: small enough for the driver.
 *
 * @param counts rows by where they stand
 */
record SplitRows(Map<Place, Long> counts) {

  /**
   * Where rows stand.
   *
   * @param kind of variant
   */
  record Place(Side side, String speaker, String emotion, String kind) implements Serializable {
    /** An enum's own hash differs between processes, and executors count what others have found. */
    @Override
    public int hashCode() {
      return 31 * Objects.hash(speaker, emotion, kind) + side.ordinal();
    }
  }

  static SplitRows of(SideRows features, Split split) {
    Map<Place, Long> counts = new HashMap<>();
    for (Side side : Side.values()) {
      features
          .of(side)
          .select(
              functions.col("speaker"),
              functions.col("recording"),
              functions.col("emotion"),
              Variant.kind())
          .queryExecution()
          .toRdd()
          .toJavaRDD()
          .flatMap(row -> places(row, split).filter(place -> place.side() == side).iterator())
          .countByValue()
          .forEach(counts::put);
    }
    return new SplitRows(Map.copyOf(counts));
  }

  /** Rows of one side. */
  long rowsOf(Side side) {
    return rowsByKind(side).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Rows of one side by kind of variant. */
  Map<String, Long> rowsByKind(Side side) {
    Map<String, Long> rows = new TreeMap<>();
    counts.forEach(
        (place, count) -> {
          if (place.side() == side) {
            rows.merge(place.kind(), count, Long::sum);
          }
        });
    return rows;
  }

  /** Rows of one side by emotion, in the order of the labels. */
  long[] countsOf(Side side, List<Emotion> labels) {
    long[] sums = new long[labels.size()];
    counts.forEach(
        (place, count) -> {
          if (place.side() == side) {
            sums[labels.indexOf(Emotion.ofLabel(place.emotion()))] += count;
          }
        });
    return sums;
  }

  /** Recordings of all sides, each as often as it counts. */
  long recordings() {
    return Arrays.stream(Side.values())
        .mapToLong(side -> rowsByKind(side).getOrDefault(Variant.ORIGINAL.name(), 0L))
        .sum();
  }

  /** Who speaks on one side, in alphabetical order. */
  Set<String> speakersOf(Side side) {
    Set<String> speakers = new TreeSet<>();
    counts.keySet().stream()
        .filter(place -> place.side() == side)
        .forEach(place -> speakers.add(place.speaker()));
    return speakers;
  }

  /** Kinds of variants that were asked for by name and of which the training side has none. */
  List<String> missing(VariantChoice variants) {
    Map<String, Long> trained = rowsByKind(Side.TRAINING);
    return variants.named().stream().filter(kind -> !trained.containsKey(kind)).toList();
  }

  private static Stream<Place> places(InternalRow row, Split split) {
    String speaker = row.getUTF8String(0).toString();
    return split.sidesOf(speaker, row.getUTF8String(1).toString()).stream()
        .map(
            side ->
                new Place(
                    side,
                    speaker,
                    row.getUTF8String(2).toString(),
                    row.getUTF8String(3).toString()));
  }
}
