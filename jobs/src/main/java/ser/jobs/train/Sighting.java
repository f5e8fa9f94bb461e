package ser.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import scala.Tuple2;
import ser.model.split.Side;

/**
 * Where one thing was seen: a voice, some audio or a recording.
 *
 * @param examples a row of each side on which it was; of several an original before a variant, then
 *     by name
 */
record Sighting(Map<Side, DrawnRow> examples) implements Serializable {
  private static final Comparator<DrawnRow> FIRST =
      Comparator.comparing(DrawnRow::isOriginal)
          .reversed()
          .thenComparing(DrawnRow::recording)
          .thenComparing(DrawnRow::variant)
          .thenComparing(DrawnRow::speaker)
          .thenComparing(DrawnRow::corpus);

  /** What is looked for on two sides. */
  enum Thing {
    VOICE,
    AUDIO,
    RECORDING
  }

  /**
   * What may not be on two sides.
   *
   * @param key the same for what is the same
   */
  record Key(Thing thing, String key) implements Serializable {
    /** An enum's own hash differs between processes, and keys meet across them. */
    @Override
    public int hashCode() {
      return 31 * key.hashCode() + thing.ordinal();
    }
  }

  /** What a row is a sighting of. */
  static Stream<Tuple2<Key, Sighting>> of(DrawnRow row) {
    Sighting sighting = new Sighting(new EnumMap<>(Map.of(row.side(), row)));
    return Stream.of(
        new Tuple2<>(new Key(Thing.VOICE, row.speakerKey()), sighting),
        new Tuple2<>(new Key(Thing.AUDIO, row.audioKey()), sighting),
        new Tuple2<>(new Key(Thing.RECORDING, row.recordingKey()), sighting));
  }

  Sighting merge(Sighting other) {
    Map<Side, DrawnRow> merged = new EnumMap<>(examples);
    other.examples.forEach(
        (side, row) ->
            merged.merge(side, row, (one, two) -> FIRST.compare(one, two) <= 0 ? one : two));
    return new Sighting(merged);
  }

  boolean onOneSide() {
    return examples.size() < 2;
  }

  /** What it means that the thing stands on these sides, of which there are at least two. */
  Leak leak(Thing thing) {
    if (thing == Thing.VOICE) {
      return new Leak(Leak.Kind.SPEAKER, 1, "speaker %s is heard %s".formatted(names(), places()));
    }
    if (examples.keySet().containsAll(Set.of(Side.VALIDATION, Side.TEST))) {
      return new Leak(
          Leak.Kind.EARLY_STOPPING,
          1,
          "the test would stop the training: the same audio stands %s".formatted(places()));
    }
    DrawnRow trained = examples.get(Side.TRAINING);
    if (!trained.isOriginal()) {
      return new Leak(
          Leak.Kind.VARIANT,
          1,
          "a variant (%s) of a held-out recording is trained on: it stands %s"
              .formatted(trained.variant(), places()));
    }
    return thing == Thing.AUDIO
        ? new Leak(Leak.Kind.AUDIO, 1, "the same audio stands %s".formatted(places()))
        : new Leak(Leak.Kind.RECORDING, 1, "one recording stands %s".formatted(places()));
  }

  private String names() {
    return examples.values().stream()
        .map(DrawnRow::speaker)
        .distinct()
        .map("'%s'"::formatted)
        .collect(Collectors.joining(", also written "));
  }

  /** {@code in training (as a.wav) and in test (as b.wav)}. */
  private String places() {
    List<String> places = new ArrayList<>();
    examples.forEach(
        (side, row) ->
            places.add(
                "in %s (as %s)"
                    .formatted(side.name().toLowerCase(java.util.Locale.ROOT), row.recording())));
    return String.join(" and ", places);
  }
}
