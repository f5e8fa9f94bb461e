package ser.jobs.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import ser.jobs.mlflow.TrackedRun;
import ser.jobs.mlflow.TrackedRun.Metric;
import ser.jobs.run.BuildInfo;

/** A training's report and settings, as MLflow shows them. */
final class TrackedTraining {
  private static final List<String> OF_AN_EPOCH =
      List.of("loss", "learning_rate", "validation_macro_f1", "validation_loss");
  private static final List<String> OF_THE_TEST = List.of("accuracy", "uar", "macro_f1");

  private TrackedTraining() {}

  /**
   * @param settings of {@code ser.train}, by full name
   * @param report the training's
   * @param startedMs milliseconds since 1970, UTC
   */
  static TrackedRun of(Map<String, String> settings, JsonNode report, long startedMs) {
    List<Metric> metrics = new ArrayList<>();
    for (JsonNode epoch : report.path("epochs")) {
      metrics.addAll(metrics("", OF_AN_EPOCH, epoch, epoch.path("epoch").asInt()));
    }
    metrics.addAll(
        metrics("test_", OF_THE_TEST, report.path("test"), report.path("best_epoch").asInt()));
    TreeMap<String, String> tags = new TreeMap<>();
    tags.put("ser.commit", BuildInfo.commit());
    tags.put(TrackedRun.MODEL_ID, report.path("model_id").asText());
    Stream.of("split", "normalise", "recipe")
        .forEach(key -> tags.put("ser." + key, report.path(key).asText()));
    return new TrackedRun(
        report.path("recipe").asText(), startedMs, new TreeMap<>(settings), metrics, tags);
  }

  private static List<Metric> metrics(String prefix, List<String> keys, JsonNode from, int step) {
    return keys.stream()
        .filter(key -> from.path(key).isNumber())
        .map(key -> new Metric(prefix + key, from.path(key).asDouble(), step))
        .toList();
  }
}
