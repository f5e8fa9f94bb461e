package ser.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.serve.engine.Engine;
import ser.serve.engine.Limits;
import ser.serve.engine.ServedModel;
import ser.serve.web.WebServer;

/** The server of {@code ser serve} on a free port of this process, and a client of it. */
final class RunningServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String HOST = "127.0.0.1";
  private static final double ABSTAIN_BELOW = 0.5;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final WebServer server;

  private RunningServer(WebServer server) {
    this.server = server;
  }

  static RunningServer start(Limits limits, Path... models) {
    List<ServedModel> loaded = Arrays.stream(models).map(RunningServer::load).toList();
    return new RunningServer(new WebServer(HOST, 0, new Engine(loaded, limits)));
  }

  private static ServedModel load(Path file) {
    try {
      return new ServedModel(
          file.getFileName().toString(),
          ModelFile.read(Files.readAllBytes(file), file.toString()),
          ABSTAIN_BELOW);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ModelFileException e) {
      throw new IllegalStateException(e);
    }
  }

  URI address() {
    return URI.create("http://%s:%d/".formatted(HOST, server.port()));
  }

  URI at(String path) {
    return address().resolve(path);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(at(path)));
  }

  HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(at(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** Once more where a connection that was kept turns out to be closed: RFC 9112, 9.3.1. */
  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpRequest built = request.timeout(PATIENCE).build();
    try {
      return http.send(built, HttpResponse.BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return http.send(built, HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Returns once no recording is scored or waits for it. */
  void awaitIdle() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String metrics = get("/metrics").body();
    while (metrics.lines().noneMatch(line -> line.matches("ser_in_flight 0(\\.0)?"))) {
      if (System.nanoTime() > end) {
        throw new AssertionError("recordings are still in flight: " + metrics);
      }
      metrics = get("/metrics").body();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
