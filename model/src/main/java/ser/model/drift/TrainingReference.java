package ser.model.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import ser.model.Emotion;
import ser.model.file.ModelFile;

/**
 * What a model file says of the data that its model has learnt from and was tested on. A file need
 * not say any of it, and comes from anywhere: what is not there, or makes no sense, is not known.
 *
 * @param trained shares of the emotions among the training rows
 * @param heldOut what the model made of held-out recordings
 * @param sampleRatesHz training rows by the rate of their sources, in Hz, a telephone variant by
 *     that of a telephone; empty if not known
 */
public record TrainingReference(
    Optional<EmotionShares> trained,
    Optional<HeldOut> heldOut,
    SortedMap<Integer, Long> sampleRatesHz) {
  private static final String KEY = "training";
  private static final String EMOTIONS = "emotions";
  private static final String RATES = "source_sample_rates_hz";

  /** A rate that fewer rows have than this share is an accident, and not what was trained on. */
  private static final double SOME = 0.05;

  /**
   * @param recordings how many, at least 1
   * @param predicted shares of the emotions that the model gave them
   * @param confidence mean probability of those emotions
   */
  public record HeldOut(long recordings, EmotionShares predicted, double confidence) {}

  public static TrainingReference of(ModelFile model) {
    return of(model.provenance().metrics());
  }

  static TrainingReference of(JsonNode metrics) {
    return new TrainingReference(
        EmotionShares.of(amounts(metrics.path(KEY).path(EMOTIONS))),
        heldOut(metrics.path("test")),
        rates(metrics.path(KEY).path(RATES)));
  }

  /**
   * The object {@code training} of a report, which a model file keeps under {@code metrics}.
   *
   * @param emotions training rows by emotion
   * @param sampleRatesHz training rows by the rate of their sources
   */
  public static ObjectNode json(
      SortedMap<Emotion, Long> emotions, SortedMap<Integer, Long> sampleRatesHz) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode byEmotion = json.putObject(EMOTIONS);
    emotions.forEach((emotion, rows) -> byEmotion.put(emotion.label(), rows));
    ObjectNode byRate = json.putObject(RATES);
    sampleRatesHz.forEach((rate, rows) -> byRate.put(Integer.toString(rate), rows));
    return json;
  }

  /** Where {@link #json} stands in a report. */
  public static String key() {
    return KEY;
  }

  /** The lowest rate that some of the training rows had, in Hz. */
  public Optional<Integer> lowestRateHz() {
    long all = sampleRatesHz.values().stream().mapToLong(Long::longValue).sum();
    return sampleRatesHz.entrySet().stream()
        .filter(rate -> rate.getValue() >= SOME * all)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Optional<HeldOut> heldOut(JsonNode test) {
    List<String> labels =
        test.path("labels").isArray()
            ? StreamSupport.stream(test.path("labels").spliterator(), false)
                .map(JsonNode::asText)
                .toList()
            : List.of();
    Map<Emotion, Double> predicted = new EnumMap<>(Emotion.class);
    long recordings = 0;
    for (JsonNode row : test.path("confusion")) {
      for (int i = 0; i < row.size() && i < labels.size(); i++) {
        long count = Math.max(0, row.path(i).asLong());
        recordings += count;
        emotionOf(labels.get(i))
            .ifPresent(emotion -> predicted.merge(emotion, (double) count, Double::sum));
      }
    }
    double confidence = 0;
    long binned = 0;
    for (JsonNode bin : test.at("/calibration/bins")) {
      binned += bin.path("recordings").asLong();
      confidence += bin.path("recordings").asLong() * bin.path("confidence").asDouble();
    }
    Optional<EmotionShares> shares = EmotionShares.of(predicted);
    return shares.isPresent() && binned > 0
        ? Optional.of(new HeldOut(recordings, shares.get(), confidence / binned))
        : Optional.empty();
  }

  private static Map<Emotion, Double> amounts(JsonNode byEmotion) {
    Map<Emotion, Double> amounts = new EnumMap<>(Emotion.class);
    byEmotion
        .fields()
        .forEachRemaining(
            entry ->
                emotionOf(entry.getKey())
                    .ifPresent(
                        emotion -> amounts.put(emotion, Math.max(0, entry.getValue().asDouble()))));
    return amounts;
  }

  private static Optional<Emotion> emotionOf(String label) {
    try {
      return Optional.of(Emotion.ofLabel(label));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // of a newer release
    }
  }

  private static SortedMap<Integer, Long> rates(JsonNode byRate) {
    SortedMap<Integer, Long> rates = new TreeMap<>();
    byRate
        .fields()
        .forEachRemaining(
            entry -> {
              if (entry.getKey().matches("[0-9]{1,6}")) {
                rates.put(Integer.valueOf(entry.getKey()), Math.max(0, entry.getValue().asLong()));
              }
            });
    return rates;
  }
}
