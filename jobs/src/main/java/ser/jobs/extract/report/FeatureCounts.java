package ser.jobs.extract.report;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import ser.jobs.tables.Variant;

/**
 * What a features table holds, counted in one pass: each task counts its rows, then counts are
 * added up. All but the variants are counted over the original recordings: an augmented copy is no
 * recording.
 *
 * <p>Its size does not follow the table's: there are nine emotions and few corpora, rates and
 * variants; of speakers, no more than {@value #MOST_SPEAKERS} are told apart.
 */
final class FeatureCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A table of more speakers says only that there are more. */
  static final int MOST_SPEAKERS = 10_000;

  private final TreeMap<String, Emotion> emotions = new TreeMap<>();
  private final TreeMap<String, Speaker> speakers = new TreeMap<>();
  private final TreeMap<String, Long> genders = new TreeMap<>();
  private final TreeMap<String, Long> corpora = new TreeMap<>();
  private final TreeMap<Integer, Long> rates = new TreeMap<>();
  private final TreeMap<String, Long> variants = new TreeMap<>();
  private boolean moreSpeakers;

  /** Recordings of an emotion. */
  static final class Emotion implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Lengths lengths = new Lengths();
    private double seconds;
    private String first;

    Lengths lengths() {
      return lengths;
    }

    double seconds() {
      return seconds;
    }

    /** By name. */
    String first() {
      return first;
    }

    private void addAll(Emotion others) {
      lengths.addAll(others.lengths);
      seconds += others.seconds;
      keepFirst(others.first);
    }

    private void keepFirst(String name) {
      first = first == null || name.compareTo(first) < 0 ? name : first;
    }
  }

  /** Recordings of a speaker. */
  record Speaker(String gender, long recordings) implements Serializable {
    private Speaker plus(Speaker other) {
      return new Speaker(gender, recordings + other.recordings);
    }
  }

  /**
   * Reads the small columns of a features table.
   *
   * @param features its rows
   */
  static FeatureCounts of(Dataset<Row> features) {
    return features
        .select(
            "recording",
            "corpus",
            "speaker",
            "gender",
            "emotion",
            "variant",
            "source_sample_rate_hz",
            "duration_s")
        .toJavaRDD()
        .treeAggregate(new FeatureCounts(), FeatureCounts::plus, FeatureCounts::plusAll);
  }

  /** Recordings of each emotion. */
  Map<String, Emotion> emotions() {
    return emotions;
  }

  /** Recordings of each speaker; nothing if there are too many of them. */
  Map<String, Speaker> speakers() {
    return moreSpeakers ? Map.of() : speakers;
  }

  /** Whether there are more speakers than can be told apart. */
  boolean moreSpeakers() {
    return moreSpeakers;
  }

  Map<String, Long> genders() {
    return genders;
  }

  Map<String, Long> corpora() {
    return corpora;
  }

  /** Recordings of each sample rate, in Hz. */
  Map<Integer, Long> rates() {
    return rates;
  }

  /** Rows of each variant, the original included. */
  Map<String, Long> variants() {
    return variants;
  }

  /** All rows. */
  long rows() {
    return variants.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Originals. */
  long recordings() {
    return variants.getOrDefault(Variant.ORIGINAL.name(), 0L);
  }

  /** Of the originals. */
  double seconds() {
    return emotions.values().stream().mapToDouble(Emotion::seconds).sum();
  }

  FeatureCounts plus(Row row) {
    String variant = row.getAs("variant");
    variants.merge(variant, 1L, Long::sum);
    if (!variant.equals(Variant.ORIGINAL.name())) {
      return this;
    }
    Emotion emotion = emotions.computeIfAbsent(row.getAs("emotion"), label -> new Emotion());
    double seconds = row.<Double>getAs("duration_s");
    emotion.lengths.add(seconds);
    emotion.seconds += seconds;
    emotion.keepFirst(row.getAs("recording"));
    genders.merge(row.getAs("gender"), 1L, Long::sum);
    corpora.merge(row.getAs("corpus"), 1L, Long::sum);
    rates.merge(row.getAs("source_sample_rate_hz"), 1L, Long::sum);
    plusSpeaker(row.getAs("speaker"), new Speaker(row.getAs("gender"), 1));
    return this;
  }

  FeatureCounts plusAll(FeatureCounts others) {
    others.emotions.forEach(
        (label, emotion) ->
            emotions.computeIfAbsent(label, unused -> new Emotion()).addAll(emotion));
    others.genders.forEach((gender, count) -> genders.merge(gender, count, Long::sum));
    others.corpora.forEach((corpus, count) -> corpora.merge(corpus, count, Long::sum));
    others.rates.forEach((rate, count) -> rates.merge(rate, count, Long::sum));
    others.variants.forEach((variant, count) -> variants.merge(variant, count, Long::sum));
    others.speakers.forEach(this::plusSpeaker);
    moreSpeakers |= others.moreSpeakers;
    return this;
  }

  private void plusSpeaker(String name, Speaker speaker) {
    if (speakers.size() < MOST_SPEAKERS || speakers.containsKey(name)) {
      speakers.merge(name, speaker, Speaker::plus);
    } else {
      moreSpeakers = true;
    }
  }
}
