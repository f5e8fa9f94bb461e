package ser.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.serve.engine.Limits;

/** Requests that are none, want what they may not have, or never end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsIT {
  private static final int UPLOAD_BYTES = 1 << 20;

  /** Sockets hold some of what nobody reads any more. */
  private static final int IN_SOCKETS_BYTES = 16 << 20;

  private static final int MOST_SECONDS = 5;
  private static final int REQUEST_S = 3;
  private static final int SLOW = 50;

  private RunningServer server;
  private byte[] voice;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Path model = SmallModel.write(folder.resolve("small.safetensors"));
    server = RunningServer.start(Limits.of(UPLOAD_BYTES, MOST_SECONDS, 0, REQUEST_S), model);
    voice = Files.readAllBytes(SmallModel.tone(folder.resolve("voice.wav"), 1));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void theServerIsWell() throws Exception {
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
    assertThat(server.post("/api/predict", voice).statusCode()).isEqualTo(200);
    server.awaitIdle();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../../../etc/passwd",
        "/assets/../../../../../../etc/passwd",
        "/assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/assets/..%5c..%5cetc%5cpasswd",
        "/assets/%252e%252e/etc/passwd",
        "/assets//etc/passwd",
        "/assets/page.css%00.png",
        "/assets/%c0%ae%c0%ae/etc/passwd",
        "/assets/;/../etc/passwd",
        "/assets/",
        "/META-INF/MANIFEST.MF",
        "/ser/serve/SerServe.class",
        "file:///etc/passwd",
        "/api/models/../../etc/passwd",
        "/%",
        "/api/predict%00"
      })
  void givenPathTrick_whenAsked_thenNothingOfTheDiskAndNoFault(String path) throws IOException {
    Wire.Reply reply = Wire.ask(server.address(), Wire.request("GET " + path));

    assertThat(reply.status()).as(reply.text()).isBetween(400, 499);
    assertThat(reply.text()).doesNotContain("root:", "Manifest-Version", "Exception", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model=../../../../etc/passwd",
        "model=%2e%2e%2f%00",
        "model=",
        "model=<script>alert(1)</script>",
        "channel=-1",
        "channel=99999999999999999999",
        "channel=0%00",
        "channel=left",
        "details=maybe",
        "model=x&model=x"
      })
  void givenOddParameter_whenPosted_thenRefusedInASentence(String query) throws Exception {
    HttpResponse<String> answer =
        server.post("/api/predict?" + query.replace("<", "%3C").replace(">", "%3E"), voice);

    SoftAssertions softly = new SoftAssertions();
    softly.assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
    Answers.requireSentence(softly, query, answer.body());
    softly.assertThat(answer.body()).doesNotContain("<script");
    softly.assertAll();
  }

  @Test
  void givenWrongMethods_whenAsked_thenRefused() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    for (String path : List.of("/", "/health", "/metrics", "/api/models", "/openapi.json")) {
      for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
        softly.assertThat(status(method, path)).as(method + " " + path).isIn(404, 405);
      }
    }
    for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
      softly.assertThat(status(method, "/api/predict")).as(method).isIn(404, 405);
    }
    for (String method : List.of("TRACE", "FOO", "get")) {
      Wire.Reply reply = Wire.ask(server.address(), Wire.request(method + " /health"));
      softly.assertThat(reply.status()).as(method).isIn(400, 404, 405, 501);
    }
    softly.assertAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1048577", "999999999999", "9223372036854775807"})
  void givenHugeContentLength_whenAnnounced_thenRefusedBeforeItIsSent(String length)
      throws IOException {
    Wire.Reply reply =
        Wire.ask(
            server.address(),
            Wire.request("POST /api/predict", "Content-Length: " + length, "Expect: 100-continue"));

    assertThat(reply.status()).as(reply.text()).isIn(411, 413);
    assertThat(reply.text()).contains("too_large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: -1", "Content-Length: x", "Content-Length: 99999999999999999999"})
  void givenContentLengthThatIsNone_whenAnnounced_thenBadRequest(String header) throws IOException {
    assertThat(Wire.ask(server.address(), Wire.request("POST /api/predict", header)).status())
        .isBetween(400, 499);
  }

  @Test
  void givenChunksWithoutEnd_whenSent_thenCutOffAtTheLimit() throws IOException {
    String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
    long sent = 0;
    Wire.Reply reply;
    try (Wire wire = new Wire(server.address())) {
      wire.sendUntilCut(Wire.request("POST /api/predict", "Transfer-Encoding: chunked"));
      while (sent < 5 * UPLOAD_BYTES + IN_SOCKETS_BYTES
          && !wire.isAnswered()
          && wire.sendUntilCut(chunk)) {
        sent += chunk.length();
      }
      reply = wire.reply();
    }

    // It may hang up on a client that goes on talking before that has read the answer.
    assertThat(reply.status()).as(reply.text()).isIn(0, 413);
    // Four times as much as is taken is read and forgotten.
    assertThat(sent).isLessThan(5 * UPLOAD_BYTES + IN_SOCKETS_BYTES);
  }

  @Test
  void givenFloodOfHeaders_whenSent_thenRefused() throws IOException {
    String many = "X-A: b\r\n".repeat(20_000);
    String longOne = "X-A: " + "b".repeat(1 << 20) + "\r\n";
    for (String headers : List.of(many, longOne)) {
      Wire.Reply reply =
          Wire.ask(
              server.address(), "GET /health HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");

      assertThat(reply.status()).isIn(0, 400, 431);
    }
  }

  @Test
  void givenNoHttp_whenSent_thenHungUpOn() throws IOException {
    for (String noise :
        List.of(
            "\0\1\2\3\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\r\n".repeat(9_999))) {
      assertThat(Wire.ask(server.address(), noise).status()).isNotIn(200, 500);
    }
  }

  @Test
  void givenBodiesThatComeAByteAtATime_whenOthersAsk_thenTheyAreServedAndTheSlowAreCut()
      throws Exception {
    List<Wire> slow = slowClients(Wire.request("POST /api/predict", "Content-Length: 100000"));
    try {
      // Each round is a request of another's between two bytes of theirs; it ends when all are cut.
      List<Wire> left = new ArrayList<>(slow);
      while (!left.isEmpty()) {
        assertThat(server.post("/api/predict", voice).statusCode()).isEqualTo(200);
        left.removeIf(wire -> !stillHeard(wire));
      }
      for (Wire wire : slow) {
        assertThat(wire.reply().status()).isIn(0, 408);
      }
    } finally {
      closeAll(slow);
    }
  }

  @Test
  void givenMoreUploadsThanAreTaken_whenOthersAskHowItIs_thenTheyAreAnswered() throws Exception {
    List<Wire> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Wire wire = new Wire(server.address());
        stuck.add(wire);
        wire.sendUntilCut(Wire.request("POST /api/predict", "Content-Length: 100000"));
      }

      // Those who are too many are told so; meanwhile others are served.
      do {
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
      } while (stuck.stream().mapToInt(HostileRequestsIT::answered).noneMatch(s -> s == 503));
    } finally {
      closeAll(stuck);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/models, Host: evil.example, 403",
    "GET /metrics, Host: evil.example:8080, 403",
    "GET /api/models, Host: LOCALHOST:8080, 200",
    "GET /api/models, Host: [::1]:8080, 200",
    "POST /api/predict, Host: localhost, 422",
  })
  void givenTheNameOfAnotherSite_whenAsked_thenItIsRefused(String line, String host, int status)
      throws IOException {
    assertThat(
            Wire.ask(
                    server.address(),
                    line
                        + " HTTP/1.1\r\n"
                        + host
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .status())
        .isEqualTo(status);
  }

  @Test
  void givenAnotherSitesPage_whenItSendsARecording_thenItIsRefused() throws IOException {
    Wire.Reply reply =
        Wire.ask(
            server.address(),
            Wire.request("POST /api/predict", "Content-Length: 0", "Sec-Fetch-Site: cross-site"));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text()).contains("foreign_page");
  }

  @Test
  void givenHeadersThatNeverEnd_whenOthersAsk_thenTheyAreServedAndTheSlowAreCut() throws Exception {
    List<Wire> slow = slowClients("POST /api/predict HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    // A connection whose headers are whole is kept, however many requests come over it.
    try (Wire kept = new Wire(server.address())) {
      List<Wire> left = new ArrayList<>(slow);
      int asked = 0;
      while (!left.isEmpty()) {
        assertThat(kept.sendUntilCut("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")).isTrue();
        asked++;
        assertThat(server.post("/api/predict", voice).statusCode()).isEqualTo(200);
        left.removeIf(wire -> !stillHeard(wire));
      }
      kept.sendUntilCut(Wire.request("GET /health"));
      assertThat(kept.reply().text().split("HTTP/1.1 200", -1)).hasSize(asked + 2);
      for (Wire wire : slow) {
        // By the time, not by the size that a header may have, which is answered.
        assertThat(wire.reply().status()).isZero();
      }
    } finally {
      closeAll(slow);
    }
  }

  private List<Wire> slowClients(String beginning) throws IOException {
    List<Wire> slow = new ArrayList<>();
    for (int i = 0; i < SLOW; i++) {
      Wire wire = new Wire(server.address());
      slow.add(wire);
      wire.sendUntilCut(beginning);
    }
    return slow;
  }

  private static void closeAll(List<Wire> wires) throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
  }

  /** Its status; 0 for one that is still being listened to. */
  private static int answered(Wire wire) {
    try {
      return wire.isAnswered() ? wire.reply().status() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static boolean stillHeard(Wire wire) {
    try {
      return !wire.isAnswered() && wire.sendUntilCut("a");
    } catch (IOException e) {
      return false;
    }
  }

  private int status(String method, String path) throws Exception {
    return server
        .send(
            HttpRequest.newBuilder(server.at(path))
                .method(method, HttpRequest.BodyPublishers.noBody()))
        .statusCode();
  }
}
