package ser.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.file.ModelFile;
import ser.serve.engine.Engine;
import ser.serve.engine.Limits;
import ser.serve.engine.ServedModel;
import ser.serve.web.WebServer;

/** The HTTP API, over a socket. */
class ServeIT {
  private static final int MOST_BYTES = 200_000;
  private static final int MOST_SECONDS = 10;
  private static final String MODEL = "model.safetensors";
  private static final String BY_SPEAKER = "by-speaker.safetensors";

  @TempDir private static Path folder;
  private static WebServer server;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    SmallModel.write(folder.resolve(MODEL));
    SmallModel.write(folder.resolve(BY_SPEAKER), SmallModel.bySpeaker());
    server =
        new WebServer(
            "127.0.0.1",
            0,
            new Engine(
                List.of(
                    new ServedModel(MODEL, SmallModel.model(), 0.5),
                    new ServedModel(BY_SPEAKER, SmallModel.bySpeaker(), 0.5)),
                new Limits(MOST_BYTES, MOST_SECONDS, 4, 64, 60)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {MODEL, BY_SPEAKER})
  void givenRecordingsAtTheSameTime_whenPosted_thenAnswersAreThoseOfPredict(String model)
      throws Exception {
    String id = ModelFile.read(Files.readAllBytes(folder.resolve(model)), model).modelId();
    List<Path> voices = new ArrayList<>();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (double seconds : new double[] {0.05, 0.14, 0.2, 0.5, 1, 2, 4, 6}) {
      voices.add(SmallModel.tone(folder.resolve(seconds + ".wav"), seconds));
    }
    voices.add(SmallModel.silence(folder.resolve("silence.wav"), 1));
    for (Path voice : voices) {
      answers.add(
          client.sendAsync(
              request("/api/predict?model=" + id)
                  .POST(HttpRequest.BodyPublishers.ofFile(voice))
                  .build(),
              HttpResponse.BodyHandlers.ofString()));
    }

    for (int i = 0; i < voices.size(); i++) {
      HttpResponse<String> response = answers.get(i).get();
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      JsonNode result = json(response).path("results").get(0);
      List<JsonNode> expected = predicted(model, voices.get(i));
      assertSame(result.path("windows"), expected.subList(0, expected.size() - 1));
      JsonNode whole = expected.get(expected.size() - 1);
      assertProbabilities(result.path("probabilities"), whole.path("probabilities"));
      assertThat(result.path("speech_s").asDouble()).isEqualTo(whole.path("speech_s").asDouble());
      assertThat(json(response).path("duration_s").asDouble())
          .isEqualTo(whole.path("duration_s").asDouble());
      assertVerdict(result.path("verdict"), whole);
    }
  }

  @Test
  void givenDetails_whenPosted_thenThereArePictures() throws Exception {
    Path voice = SmallModel.tone(folder.resolve("voice.wav"), 2);

    JsonNode answer = json(post("/api/predict?details=true", Files.readAllBytes(voice)));

    JsonNode low = answer.path("waveform").path("min");
    JsonNode high = answer.path("waveform").path("max");
    assertThat(low).hasSizeBetween(500, 1000).hasSameSizeAs(high);
    double lowest = 0;
    for (int i = 0; i < low.size(); i++) {
      assertThat(low.get(i).asDouble()).isBetween(-0.6, high.get(i).asDouble());
      lowest = Math.min(lowest, low.get(i).asDouble());
    }
    assertThat(lowest).isLessThan(-0.3);
    assertThat(answer.path("log_mel").path("png").asText())
        .startsWith("data:image/png;base64,iVBOR");
    assertThat(answer.path("log_mel").path("max_hz").asDouble())
        .isEqualTo(SmallModel.model().input().featureSpec().mel().fMaxHz());
    assertThat(answer.path("log_mel").path("marks")).isNotEmpty();
    assertThat(json(post("/api/predict", Files.readAllBytes(voice))).has("waveform")).isFalse();
  }

  @Test
  void givenARecordingThatBreaksOff_whenPosted_thenTheAnswerSaysThatItWasReadInPart()
      throws Exception {
    byte[] whole = Files.readAllBytes(SmallModel.tone(folder.resolve("whole.wav"), 2));

    assertThat(json(post("/api/predict", whole)).path("read_in_part").isNull()).isTrue();
    assertThat(
            json(post("/api/predict", Arrays.copyOf(whole, whole.length / 2)))
                .path("read_in_part")
                .asText())
        .isEqualTo("truncated");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/predict?model=nothing, 404, unknown_model",
    "/api/predict?channel=left, 400, bad_parameter",
    "/api/predict?channel=0&channel=1, 400, bad_parameter",
    "/api/predict?details=yes, 400, bad_parameter",
    "/api/predict?colour=red, 400, bad_parameter",
    "/api/predict, 422, not_audio_container",
    "/api/nothing, 404, not_found",
    "/health, 405, method_not_allowed",
  })
  void givenAMistake_whenPosted_thenItsStatusAndASentence(String path, int status, String reason)
      throws Exception {
    HttpResponse<String> response =
        post(path, "These are minutes, no recording".getBytes(StandardCharsets.UTF_8));

    assertProblem(response, status, reason);
  }

  @Test
  void givenNothing_whenPosted_thenEmptyFile() throws Exception {
    assertProblem(post("/api/predict", new byte[0]), 422, "empty_file");
  }

  @Test
  void givenMoreThanTheLimit_whenPosted_thenTooLargeWhetherItWasAnnouncedOrNot() throws Exception {
    byte[] large = new byte[MOST_BYTES + 1];

    assertProblem(post("/api/predict", large), 413, "too_large");
    HttpResponse<String> chunked =
        client.send(
            request("/api/predict")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertProblem(chunked, 413, "too_large");
  }

  @ParameterizedTest
  @CsvSource({"/api/predict, 413", "/api/predict?details=maybe, 400", "/nothing, 404"})
  void givenMoreThanIsTaken_whenRefused_thenTheClientIsHeardOutAndReadsWhy(String path, int status)
      throws Exception {
    byte[] body = new byte[MOST_BYTES + MOST_BYTES / 2];
    for (int time = 0; time < 50; time++) {
      assertThat(post(path, body).statusCode()).as("time %d", time).isEqualTo(status);
    }
  }

  @Test
  void givenLongerThanTheLimit_whenPosted_thenTooLong() throws Exception {
    Path longer = SmallModel.tone(folder.resolve("longer.wav"), MOST_SECONDS + 1);

    assertProblem(post("/api/predict", Files.readAllBytes(longer)), 422, "too_long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/models",
        "/nothing",
        "/assets/nothing",
        "/assets/%2e%2e%2fopenapi.json"
      })
  void givenAnyAddress_whenAnswered_thenThePageMayUseNothingElse(String path) throws Exception {
    HttpResponse<String> response =
        client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());

    assertThat(response.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .startsWith("default-src 'self';")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe"));
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
  }

  @Test
  void givenModels_whenListed_thenTheirCardAndTheLimits() throws Exception {
    JsonNode json = json(get("/api/models"));

    assertThat(json.path("limits").path("upload_bytes").asInt()).isEqualTo(MOST_BYTES);
    assertThat(json.path("limits").path("seconds").asInt()).isEqualTo(MOST_SECONDS);
    JsonNode card = json.path("models").get(0);
    assertThat(card.path("id").asText()).isEqualTo(SmallModel.model().modelId());
    assertThat(card.path("labels"))
        .extracting(JsonNode::asText)
        .containsExactly("sad", "angry", "happy");
    assertThat(card.path("parameters").asInt()).isEqualTo(18 + 2 + 6 + 3);
    assertThat(card.path("metrics").isNull()).isTrue();
    assertThat(card.path("weaknesses")).isNotEmpty();
    assertThat(card.path("notice").asText()).contains("Article 5(1)(f)");
    assertThat(card.path("normalise").asText()).isEqualTo("corpus");
    assertThat(card.path("speaker_scores").asBoolean(true)).isFalse();
    JsonNode bySpeaker = json.path("models").get(1);
    assertThat(bySpeaker.path("normalise").asText()).isEqualTo("speaker");
    assertThat(bySpeaker.path("speaker_scores").asBoolean()).isTrue();
  }

  @Test
  void givenPredictions_whenMeasured_thenTheyAreCounted() throws Exception {
    double scored = metric("ser_predictions_total");
    double refused = metric("ser_rejected_total{status=\"422\"}");

    post("/api/predict", Files.readAllBytes(SmallModel.tone(folder.resolve("counted.wav"), 0.5)));
    post("/api/predict", new byte[3]);

    assertThat(metric("ser_predictions_total")).isEqualTo(scored + 1);
    assertThat(metric("ser_prediction_seconds_count")).isEqualTo(scored + 1);
    assertThat(metric("ser_rejected_total{status=\"422\"}")).isEqualTo(refused + 1);
    assertThat(metric("ser_in_flight")).isZero();
  }

  private double metric(String name) throws Exception {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private static void assertSame(JsonNode windows, List<JsonNode> expected) {
    assertThat(windows).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(windows.get(i).path("start_s")).isEqualTo(expected.get(i).path("start_s"));
      assertThat(windows.get(i).path("end_s")).isEqualTo(expected.get(i).path("end_s"));
      assertProbabilities(
          windows.get(i).path("probabilities"), expected.get(i).path("probabilities"));
    }
  }

  private static void assertProbabilities(JsonNode actual, JsonNode expected) {
    assertThat(actual.isNull()).isEqualTo(expected.isNull());
    assertThat(actual).hasSameSizeAs(expected);
    expected
        .fields()
        .forEachRemaining(
            field ->
                assertThat(actual.path(field.getKey()).asDouble())
                    .isCloseTo(field.getValue().asDouble(), within(1e-6)));
  }

  private static void assertVerdict(JsonNode verdict, JsonNode whole) {
    boolean speech = !whole.path("emotion").isNull();
    boolean sure = speech && whole.path("confidence").asDouble() >= 0.5;
    assertThat(verdict.path("not_sure").asBoolean()).isEqualTo(speech && !sure);
    assertThat(verdict.path("emotion").isNull()).isEqualTo(!sure);
    if (sure) {
      assertThat(verdict.path("emotion")).isEqualTo(whole.path("emotion"));
    }
    assertThat(verdict.path("probability").asDouble())
        .isCloseTo(whole.path("confidence").asDouble(), within(1e-6));
  }

  private static void assertProblem(HttpResponse<String> response, int status, String reason)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode error = json(response).path("error");
    assertThat(error.path("reason").asText()).isEqualTo(reason);
    assertThat(error.path("message").asText()).matches("[A-Z].*\\.");
  }

  private static List<JsonNode> predicted(String model, Path recording) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SerServe.run(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        System.err,
        "predict",
        "--model",
        folder.resolve(model).toString(),
        "--json",
        "--timeline",
        recording.toString());
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private HttpResponse<String> post(String path, byte[] body) throws Exception {
    return client.send(
        request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }
}
