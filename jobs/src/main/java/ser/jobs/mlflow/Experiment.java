package ser.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import ser.jobs.config.MlflowSettings;
import ser.jobs.error.UserError;
import ser.jobs.storage.Storage;

/**
 * An experiment on an MLflow server that trainings are logged to.
 *
 * <p>Over REST and without MLflow's Java client, which starts Python's to store a file:
 * docs/decisions/0016.
 */
public final class Experiment {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What MLflow takes in one call. */
  private static final int MOST_METRICS = 1000;

  private static final int MOST_PARAMETERS = 100;

  /** Characters of a parameter's value that MLflow has taken since 1.28. */
  private static final int LONGEST_VALUE = 500;

  private static final String PROXIED = "mlflow-artifacts";

  private final TrackingServer server;
  private final Storage storage;
  private final String id;

  private Experiment(TrackingServer server, Storage storage, String id) {
    this.server = server;
    this.storage = storage;
    this.id = id;
  }

  /**
   * Finds or makes the experiment, so that a wrong address shows before hours of training.
   *
   * @param storage for servers that leave artifacts to their clients
   * @param environment credentials, as MLflow's clients name them
   * @return nothing if no server is named
   * @throws UserError if the server refuses
   */
  public static Optional<Experiment> of(
      MlflowSettings settings, Storage storage, Map<String, String> environment) {
    return settings
        .trackingUri()
        .map(
            uri -> {
              TrackingServer server = new TrackingServer(uri, environment);
              return new Experiment(server, storage, idOf(settings.experiment(), server));
            });
  }

  private static String idOf(String name, TrackingServer server) {
    return server
        .find("experiments/get-by-name", "experiment_name", name)
        .map(found -> idOf(name, found.path("experiment")))
        .orElseGet(
            () ->
                server
                    .post("experiments/create", JSON.createObjectNode().put("name", name))
                    .path("experiment_id")
                    .asText());
  }

  /** The server goes on to tell of one that was deleted, and takes no runs for it. */
  private static String idOf(String name, JsonNode experiment) {
    if (experiment.path("lifecycle_stage").asText().equals("deleted")) {
      throw new UserError(
          "Cannot log to the MLflow experiment '%s': it was deleted. Restore it, or give another one with ser.mlflow.experiment."
              .formatted(name));
    }
    return experiment.path("experiment_id").asText();
  }

  /**
   * Logs a training that has ended, unless the experiment has it already: a command that was killed
   * in a later fold comes by the finished ones again when it is repeated.
   *
   * @param files artifacts by name
   * @return the run's id on the server
   */
  public String log(TrackedRun run, Map<String, byte[]> files) {
    return logged(run.tags().get(TrackedRun.MODEL_ID)).orElseGet(() -> logNew(run, files));
  }

  /** A run that was logged to its end, of a model of this name. */
  private Optional<String> logged(String modelId) {
    if (modelId == null) {
      return Optional.empty();
    }
    ObjectNode question =
        JSON.createObjectNode()
            .put(
                "filter",
                "attributes.status = \"FINISHED\" and tags.\"%s\" = \"%s\""
                    .formatted(TrackedRun.MODEL_ID, modelId))
            .put("max_results", 1);
    question.putArray("experiment_ids").add(id);
    JsonNode found = server.post("runs/search", question).path("runs").path(0).path("info");
    return Optional.ofNullable(found.path("run_id").textValue());
  }

  private String logNew(TrackedRun run, Map<String, byte[]> files) {
    ObjectNode start =
        JSON.createObjectNode()
            .put("experiment_id", id)
            .put("run_name", run.name())
            .put("start_time", run.startedMs());
    start.set("tags", pairs(run.tags()));
    JsonNode info = server.post("runs/create", start).path("run").path("info");
    String runId = info.path("run_id").asText();
    try {
      logNumbers(runId, run);
      files.forEach((name, bytes) -> store(info.path("artifact_uri").asText(), name, bytes));
      end(runId, "FINISHED");
    } catch (RuntimeException e) {
      // Else it would stand there as running for ever.
      try {
        end(runId, "FAILED");
      } catch (RuntimeException another) {
        e.addSuppressed(another);
      }
      throw e;
    }
    return runId;
  }

  private void end(String runId, String status) {
    server.post(
        "runs/update",
        JSON.createObjectNode()
            .put("run_id", runId)
            .put("status", status)
            .put("end_time", System.currentTimeMillis()));
  }

  private void logNumbers(String runId, TrackedRun run) {
    List<JsonNode> parameters = list(pairs(run.parameters()));
    for (int from = 0; from < parameters.size(); from += MOST_PARAMETERS) {
      ObjectNode batch = JSON.createObjectNode().put("run_id", runId);
      batch
          .putArray("params")
          .addAll(parameters.subList(from, Math.min(parameters.size(), from + MOST_PARAMETERS)));
      server.post("runs/log-batch", batch);
    }
    long now = System.currentTimeMillis();
    for (int from = 0; from < run.metrics().size(); from += MOST_METRICS) {
      ObjectNode batch = JSON.createObjectNode().put("run_id", runId);
      ArrayNode metrics = batch.putArray("metrics");
      run.metrics().stream()
          .skip(from)
          .limit(MOST_METRICS)
          .forEach(
              metric ->
                  metrics
                      .addObject()
                      .put("key", metric.key())
                      .put("value", metric.value())
                      .put("timestamp", now)
                      .put("step", metric.step()));
      server.post("runs/log-batch", batch);
    }
  }

  private void store(String root, String name, byte[] bytes) {
    URI uri = URI.create(root);
    if (PROXIED.equals(uri.getScheme())) {
      server.put(uri.getPath().replaceAll("^/+", "") + "/" + name, bytes);
    } else {
      storage.write(root.replaceAll("^s3:", "s3a:") + "/" + name, bytes);
    }
  }

  private static ArrayNode pairs(SortedMap<String, String> values) {
    ArrayNode pairs = JSON.createArrayNode();
    values.forEach(
        (key, value) ->
            pairs
                .addObject()
                .put("key", key)
                .put("value", value.substring(0, Math.min(LONGEST_VALUE, value.length()))));
    return pairs;
  }

  private static List<JsonNode> list(ArrayNode nodes) {
    List<JsonNode> list = new ArrayList<>();
    nodes.forEach(list::add);
    return list;
  }
}
