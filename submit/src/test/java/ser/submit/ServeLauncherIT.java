package ser.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/ser serve} as a service manager runs it. */
@ExtendWith(SubmittedModel.Provider.class)
class ServeLauncherIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern LISTENING =
      Pattern.compile("^Listening on http://127\\.0\\.0\\.1:(\\d+)$", Pattern.MULTILINE);

  @TempDir private Path folder;

  @Test
  void givenAServer_whenItGetsSigterm_thenItEndsWithoutAFailureAndItsPortIsFree(
      SubmittedModel model) throws Exception {
    try (ChildProcess server =
        ChildProcess.start(
            "ser serve",
            List.of(
                Home.HOME.resolve("submit/ser").toString(),
                "serve",
                "--model",
                model.file().toString(),
                "--port",
                "0"),
            Map.of("SPARK_HOME", ""),
            folder.resolve("log"))) {
      int port = server.await("address", PATIENCE, () -> portIn(server.output()));
      // The client keeps its connection, which must not keep the server.
      HttpResponse<String> health = health(port);
      int code = server.terminate(PATIENCE);

      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).isEqualTo("{\"status\":\"ok\"}");
      assertThat(code).as(server.output()).isZero();
      assertThat(server.output()).doesNotContain("Exception", "\tat ");
      assertThatCode(() -> listenOn(port)).doesNotThrowAnyException();
    }
  }

  private static Optional<Integer> portIn(String output) {
    Matcher line = LISTENING.matcher(output);
    return line.find() ? Optional.of(Integer.valueOf(line.group(1))) : Optional.empty();
  }

  private static HttpResponse<String> health(int port) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/health".formatted(port)))
                .timeout(PATIENCE)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void listenOn(int port) throws IOException {
    new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close();
  }
}
