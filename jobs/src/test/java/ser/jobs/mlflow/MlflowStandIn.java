package ser.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of an MLflow tracking server as a training talks to, which refuses what MLflow refuses:
 * unknown experiments and runs, more metrics or parameters than it takes at once, and values that
 * are too long.
 */
public final class MlflowStandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RUN = "run-1";
  private static final Pattern FINISHED_WITH_TAG =
      Pattern.compile("attributes\\.status = \"FINISHED\" and tags\\.\"([^\"]+)\" = \"([^\"]*)\"");

  private final HttpServer server;
  private final String artifactRoot;
  private final List<String> experiments = new ArrayList<>(List.of("Default"));
  private final List<String> deleted = new ArrayList<>();
  private final Map<String, String> parameters = new TreeMap<>();
  private final List<JsonNode> metrics = new ArrayList<>();
  private final Map<String, byte[]> artifacts = new TreeMap<>();
  private ObjectNode run;

  /** Path and Authorization header of each request, in order. */
  public final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param artifactRoot where it tells clients to put artifacts
   */
  public MlflowStandIn(String artifactRoot) {
    this.artifactRoot = artifactRoot;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public List<String> experiments() {
    return experiments;
  }

  /** It goes on to tell of it. */
  public void delete(String experiment) {
    deleted.add(experiment);
  }

  public Map<String, String> parameters() {
    return parameters;
  }

  public List<JsonNode> metrics() {
    return metrics;
  }

  public Map<String, byte[]> artifacts() {
    return artifacts;
  }

  /** What the run was made with, and its status. */
  public JsonNode run() {
    return run;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(
        exchange.getRequestURI().getPath()
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    JsonNode answer;
    int status = 200;
    try {
      answer =
          path.startsWith("/api/2.0/mlflow-artifacts/artifacts/")
              ? stored(path.substring("/api/2.0/mlflow-artifacts/artifacts/".length()), body)
              : called(
                  path.replaceFirst("/api/2.0/mlflow/", ""),
                  String.valueOf(exchange.getRequestURI().getRawQuery()),
                  body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
    } catch (Refusal e) {
      status = e.status;
      answer = JSON.createObjectNode().put("error_code", e.getMessage());
    }
    byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private JsonNode called(String call, String query, JsonNode body) {
    return switch (call) {
      case "experiments/get-by-name" -> experiment(query.replaceFirst("experiment_name=", ""));
      case "experiments/create" -> {
        experiments.add(body.path("name").asText());
        yield JSON.createObjectNode()
            .put("experiment_id", Integer.toString(experiments.size() - 1));
      }
      case "runs/search" -> found(body);
      case "runs/create" -> created(body);
      case "runs/log-batch" -> logged(body);
      case "runs/update" -> {
        requireRun(body);
        run.setAll((ObjectNode) body);
        yield JSON.createObjectNode();
      }
      default -> throw new Refusal(404, "ENDPOINT_NOT_FOUND");
    };
  }

  private JsonNode experiment(String name) {
    int id = experiments.indexOf(URLDecoder.decode(name, StandardCharsets.UTF_8));
    if (id < 0) {
      throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST");
    }
    ObjectNode found = JSON.createObjectNode();
    found
        .putObject("experiment")
        .put("experiment_id", Integer.toString(id))
        .put("lifecycle_stage", deleted.contains(experiments.get(id)) ? "deleted" : "active");
    return found;
  }

  /** Understands nothing but the question for a finished run with one tag. */
  private JsonNode found(JsonNode body) {
    Matcher question = FINISHED_WITH_TAG.matcher(body.path("filter").asText());
    if (!question.matches() || !body.path("experiment_ids").isArray()) {
      throw new Refusal(400, "INVALID_PARAMETER_VALUE");
    }
    ObjectNode answer = JSON.createObjectNode();
    if (run != null
        && run.path("status").asText().equals("FINISHED")
        && body.path("experiment_ids").get(0).equals(run.path("experiment_id"))) {
      for (JsonNode tag : run.path("tags")) {
        if (tag.path("key").asText().equals(question.group(1))
            && tag.path("value").asText().equals(question.group(2))) {
          answer.putArray("runs").addObject().putObject("info").put("run_id", RUN);
        }
      }
    }
    return answer;
  }

  private JsonNode created(JsonNode body) {
    if (body.path("experiment_id").asInt() >= experiments.size()) {
      throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST");
    }
    run = ((ObjectNode) body).put("status", "RUNNING");
    ObjectNode made = JSON.createObjectNode();
    made.putObject("run").putObject("info").put("run_id", RUN).put("artifact_uri", artifactRoot);
    return made;
  }

  private JsonNode logged(JsonNode body) {
    requireRun(body);
    if (body.path("metrics").size() > 1000 || body.path("params").size() > 100) {
      throw new Refusal(400, "INVALID_PARAMETER_VALUE");
    }
    for (JsonNode parameter : body.path("params")) {
      if (parameter.path("value").asText().length() > 500
          || !parameter.path("key").asText().matches("[\\w\\-. /]+")) {
        throw new Refusal(400, "INVALID_PARAMETER_VALUE");
      }
      parameters.put(parameter.path("key").asText(), parameter.path("value").asText());
    }
    body.path("metrics").forEach(metrics::add);
    return JSON.createObjectNode();
  }

  private JsonNode stored(String path, byte[] bytes) {
    artifacts.put(path, bytes);
    return JSON.createObjectNode();
  }

  private static void requireRun(JsonNode body) {
    if (!RUN.equals(body.path("run_id").asText())) {
      throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST");
    }
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refusal(int status, String code) {
      super(code);
      this.status = status;
    }
  }
}
