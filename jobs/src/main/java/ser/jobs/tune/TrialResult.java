package ser.jobs.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ser.jobs.config.TuneConfig.Score;

/**
 * How a trial ended.
 *
 * @param status whether it has measures
 * @param detail why not; empty where it has
 * @param measures of the validation speakers
 * @param seconds that its task took
 */
record TrialResult(
    Trial trial, Status status, String detail, Optional<Measures> measures, double seconds) {
  private static final int SCHEMA_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a trial comes to. */
  enum Status {
    DONE,
    /** Its settings are refused, or its layers do not fit each other or the input. */
    UNBUILDABLE,
    /** Its loss was not a number any more. */
    DIVERGED,
    /** Its network is too large for a task. */
    OUT_OF_MEMORY;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the validation rows gave in the best epoch.
   *
   * @param loss mean cross-entropy, unweighted
   * @param bestEpoch counted from 1
   * @param epochs that were trained
   * @param weights that the network has
   */
  record Measures(
      double macroF1,
      double uar,
      double accuracy,
      double loss,
      int bestEpoch,
      int epochs,
      long weights)
      implements Serializable {

    double of(Score score) {
      return switch (score) {
        case MACRO_F1 -> macroF1;
        case UAR -> uar;
      };
    }
  }

  static TrialResult done(Trial trial, Measures measures, double seconds) {
    return new TrialResult(trial, Status.DONE, "", Optional.of(measures), seconds);
  }

  static TrialResult failed(Trial trial, Status status, String detail, double seconds) {
    return new TrialResult(trial, status, detail, Optional.empty(), seconds);
  }

  byte[] toBytes() {
    ObjectNode json = JSON.createObjectNode();
    json.put("schema_version", SCHEMA_VERSION);
    json.put("trial", trial.number()).put("round", trial.round()).put("epochs", trial.epochs());
    json.set("parameters", JSON.valueToTree(trial.parameters()));
    json.put("status", status.label()).put("detail", detail);
    measures.ifPresent(
        found ->
            json.putObject("measures")
                .put("macro_f1", found.macroF1())
                .put("uar", found.uar())
                .put("accuracy", found.accuracy())
                .put("loss", found.loss())
                .put("best_epoch", found.bestEpoch())
                .put("epochs", found.epochs())
                .put("weights", found.weights()));
    json.put("seconds", Math.round(seconds * 10) / 10.0);
    return json.toPrettyString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws IOException if it is not what {@link #toBytes} writes
   */
  static TrialResult read(byte[] bytes) throws IOException {
    JsonNode json = JSON.readTree(bytes);
    if (json == null || json.path("schema_version").asInt() != SCHEMA_VERSION) {
      throw new IOException("it is no result of a trial");
    }
    try {
      Trial trial =
          new Trial(
              json.required("trial").asInt(),
              json.required("round").asInt(),
              json.required("epochs").asInt(),
              new TreeMap<>(parameters(json.required("parameters"))));
      JsonNode measures = json.path("measures");
      return new TrialResult(
          trial,
          Status.valueOf(json.required("status").asText().toUpperCase(Locale.ROOT)),
          json.required("detail").asText(),
          measures.isMissingNode() ? Optional.empty() : Optional.of(measures(measures)),
          json.required("seconds").asDouble());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What this program has just written. */
  static TrialResult parsed(byte[] bytes) {
    try {
      return read(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("a result that was written cannot be read", e);
    }
  }

  private static Measures measures(JsonNode json) {
    return new Measures(
        json.required("macro_f1").asDouble(),
        json.required("uar").asDouble(),
        json.required("accuracy").asDouble(),
        json.required("loss").asDouble(),
        json.required("best_epoch").asInt(),
        json.required("epochs").asInt(),
        json.required("weights").asLong());
  }

  @SuppressWarnings("unchecked") // An object of JSON has texts as names.
  private static Map<String, Object> parameters(JsonNode json) throws JsonProcessingException {
    return JSON.treeToValue(json, Map.class);
  }
}
