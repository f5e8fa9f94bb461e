package ser.jobs.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import ser.jobs.error.UserError;

/**
 * An MLflow tracking server's REST API, version 2.0 (https://mlflow.org/docs/latest/rest-api.html).
 *
 * <p>Credentials come from the environment, under the names that MLflow's own clients read.
 */
final class TrackingServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(120);
  private static final int NOT_FOUND = 404;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
  private final URI address;
  private final Map<String, String> environment;

  /**
   * @param address without a slash at its end
   * @param environment of this process
   */
  TrackingServer(URI address, Map<String, String> environment) {
    this.address = address;
    this.environment = Map.copyOf(environment);
  }

  /**
   * @param call as in {@code runs/create}
   * @param body a JSON object
   * @throws UserError if the server cannot be reached or refuses
   */
  JsonNode post(String call, JsonNode body) {
    return json(
        send(
            request("/api/2.0/mlflow/" + call)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build()));
  }

  /** The answer, or nothing if there is no such thing. */
  Optional<JsonNode> find(String call, String parameter, String value) {
    HttpRequest request =
        request(
                "/api/2.0/mlflow/%s?%s=%s"
                    .formatted(call, parameter, URLEncoder.encode(value, StandardCharsets.UTF_8)))
            .GET()
            .build();
    HttpResponse<String> response = sent(request);
    if (response.statusCode() == NOT_FOUND && response.body().contains("RESOURCE_DOES_NOT_EXIST")) {
      return Optional.empty();
    }
    return Optional.of(json(checked(request, response)));
  }

  /** Puts an artifact through a server that proxies its store. */
  void put(String path, byte[] bytes) {
    send(
        request("/api/2.0/mlflow-artifacts/artifacts/" + path)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(bytes))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(ANSWER_LIMIT);
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    } else if (user != null) {
      String pair = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) {
    return checked(request, sent(request));
  }

  private HttpResponse<String> sent(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking %s".formatted(request.uri()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot reach the MLflow server %s of ser.mlflow.tracking-uri".formatted(address), e);
    }
  }

  private HttpResponse<String> checked(HttpRequest request, HttpResponse<String> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return response;
    }
    String answer = response.body().lines().findFirst().orElse("");
    // Too many requests, or too slow a one, are no mistake of the user's either.
    if (status / 100 == 5 || status == 408 || status == 429) {
      throw new UncheckedIOException(
          "Cannot log to the MLflow server %s".formatted(address),
          new IOException("%d at %s: %s".formatted(status, request.uri().getPath(), answer)));
    }
    throw new UserError(
        "Cannot log to the MLflow server %s: it answers %d at %s: %s. Check ser.mlflow.tracking-uri, and MLFLOW_TRACKING_TOKEN or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD in the environment."
            .formatted(address, status, request.uri().getPath(), answer));
  }

  private JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new UserError(
          "Cannot log to the MLflow server %s: its answer is no JSON. Check ser.mlflow.tracking-uri."
              .formatted(address),
          e);
    }
  }
}
