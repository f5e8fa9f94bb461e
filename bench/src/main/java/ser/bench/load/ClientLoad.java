package ser.bench.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Clients that each post a recording, wait for the answer, and post it again. */
public final class ClientLoad {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int OK = 200;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI predict;
  private final List<byte[]> recordings;

  /**
   * @param predict where recordings are posted
   * @param recordings one a client
   */
  public ClientLoad(URI predict, List<byte[]> recordings) {
    this.predict = predict;
    this.recordings = List.copyOf(recordings);
  }

  /**
   * Ends once the clients have the answers to what they posted within that time.
   *
   * @throws IllegalStateException if a client cannot reach the server
   */
  public Answers run(Duration duration) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(recordings.size());
    try {
      long start = System.nanoTime();
      long end = start + duration.toNanos();
      List<Future<Told>> clients = new ArrayList<>();
      for (byte[] recording : recordings) {
        clients.add(threads.submit(() -> client(recording, end)));
      }
      List<Told> told = new ArrayList<>();
      for (Future<Told> client : clients) {
        told.add(client.get());
      }
      return joined(told, (System.nanoTime() - start) / 1e9);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A client of %s failed.".formatted(predict), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** The answer to the first recording, which must be a prediction. */
  public String first() throws IOException, InterruptedException {
    HttpResponse<String> answer = post(recordings.get(0));
    if (answer.statusCode() != OK) {
      throw new IllegalStateException(
          "%s answered %d: %s".formatted(predict, answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  private Told client(byte[] recording, long end) throws IOException, InterruptedException {
    Told told = new Told(LongStream.builder(), new TreeMap<>());
    while (System.nanoTime() < end) {
      long sent = System.nanoTime();
      int status = post(recording).statusCode();
      if (status == OK) {
        told.nanos.add(System.nanoTime() - sent);
      } else {
        told.others.merge(status, 1L, Long::sum);
      }
    }
    return told;
  }

  private HttpResponse<String> post(byte[] recording) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(predict)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(recording))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static Answers joined(List<Told> told, double seconds) {
    Map<Integer, Long> others = new TreeMap<>();
    told.forEach(one -> one.others.forEach((status, n) -> others.merge(status, n, Long::sum)));
    return new Answers(
        told.stream().flatMapToLong(one -> one.nanos.build()).toArray(), others, seconds);
  }

  private record Told(LongStream.Builder nanos, Map<Integer, Long> others) {}
}
