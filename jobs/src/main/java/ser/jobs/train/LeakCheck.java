package ser.jobs.train;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import ser.jobs.error.UserError;
import ser.model.split.Side;
import ser.model.split.Split;

/**
 * Whether the test is apart from the training: not as the split promises it, but as the rows were
 * drawn and used.
 *
 * <p>What the sides hold is looked at before anything is trained: a voice, audio (by the hash of
 * its samples) or a recording on two of them, a variant of a held-out recording, test recordings
 * that would stop the training. Then each stage says by a {@link RowFingerprint} which rows it has
 * used, and they must be those of its side: a normaliser that was fitted on more than the training
 * rows ends the run, as does a training that is stopped by test rows.
 */
final class LeakCheck {
  private final Split split;
  private final Map<Side, RowFingerprint> sides;
  private final List<Leak> known;
  private final Map<String, RowFingerprint> used = new LinkedHashMap<>();

  private LeakCheck(Split split, Map<Side, RowFingerprint> sides, List<Leak> known) {
    this.split = split;
    this.sides = sides;
    this.known = known;
  }

  /**
   * Looks at the sides.
   *
   * @throws UserError with an example of each kind of leak that the protocol does not have on
   *     purpose
   */
  static LeakCheck of(SideRows features, Split split) {
    return of(DrawnRow.of(features, split), split);
  }

  static LeakCheck of(JavaRDD<DrawnRow> rows, Split split) {
    rows.persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      List<Leak> leaks = leaks(rows);
      List<Leak> refused = leaks.stream().filter(leak -> !leak.kind().isKnownOf(split)).toList();
      if (!refused.isEmpty()) {
        throw new UserError(
            "Cannot train with split %s (%s): training and test are not apart. %s. Remove the copies or correct the speakers' names, and run 'ser extract' again."
                .formatted(
                    split.protocol(),
                    split.detail(),
                    capitalised(
                        refused.stream().map(Leak::sentence).collect(Collectors.joining("; ")))));
      }
      return new LeakCheck(split, fingerprints(rows), leaks);
    } finally {
      rows.unpersist(false);
    }
  }

  /** Leaks that the protocol has on purpose. */
  List<Leak> known() {
    return known;
  }

  /** By stage, the rows that were used, in the order in which the stages said so. */
  Map<String, RowFingerprint> used() {
    return new LinkedHashMap<>(used);
  }

  /**
   * A stage says which rows it has used.
   *
   * @param stage as reports name it: {@code normaliser}
   * @param side whose rows they must be
   * @throws IllegalStateException if they are not: ours is the mistake then, and no number of this
   *     run means anything
   */
  void requireUsed(String stage, Side side, RowFingerprint rows) {
    RowFingerprint meant = sides.getOrDefault(side, RowFingerprint.NONE);
    if (!rows.equals(meant)) {
      throw new IllegalStateException(
          "Leak in stage '%s' of split %s: it must use the %s rows (%s) and has used %s (%s)."
              .formatted(stage, split.protocol(), nameOf(side), meant, whose(rows), rows));
    }
    used.put(stage, rows);
  }

  /** Which sides' rows they are, if it is all of some. */
  private String whose(RowFingerprint rows) {
    for (int chosen = 1; chosen < 1 << Side.values().length; chosen++) {
      RowFingerprint sum = RowFingerprint.NONE;
      StringBuilder names = new StringBuilder();
      for (Side side : Side.values()) {
        if ((chosen >> side.ordinal() & 1) == 1) {
          sum = sum.plus(sides.getOrDefault(side, RowFingerprint.NONE));
          names.append(names.isEmpty() ? "those of " : " and ").append(nameOf(side));
        }
      }
      if (sum.equals(rows)) {
        return names.toString();
      }
    }
    return "others";
  }

  private static List<Leak> leaks(JavaRDD<DrawnRow> rows) {
    return rows
        .flatMapToPair(row -> Sighting.of(row).iterator())
        .reduceByKey(Sighting::merge)
        .filter(seen -> !seen._2().onOneSide())
        .mapToPair(
            seen -> {
              Leak leak = seen._2().leak(seen._1().thing());
              return new Tuple2<>(leak.kind().name(), new Counted(1, leak.example()));
            })
        .reduceByKey(Counted::plus)
        .collect()
        .stream()
        .map(
            found ->
                new Leak(Leak.Kind.valueOf(found._1()), found._2().count(), found._2().example()))
        .sorted(Comparator.comparing(Leak::kind))
        .toList();
  }

  /** Leaks of one kind; the example is the first by the alphabet, whatever the partitions. */
  private record Counted(long count, String example) implements java.io.Serializable {
    Counted plus(Counted other) {
      return new Counted(
          count + other.count, example.compareTo(other.example) <= 0 ? example : other.example);
    }
  }

  private static Map<Side, RowFingerprint> fingerprints(JavaRDD<DrawnRow> rows) {
    Map<Side, RowFingerprint> sides = new EnumMap<>(Side.class);
    rows.mapToPair(row -> new Tuple2<>(row.side().ordinal(), row.fingerprint()))
        .reduceByKey(RowFingerprint::plus)
        .collect()
        .forEach(sum -> sides.put(Side.values()[sum._1()], sum._2()));
    return sides;
  }

  private static String nameOf(Side side) {
    return side.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
