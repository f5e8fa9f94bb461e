package ser.jobs.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.error.UserError;

/**
 * GET with patience: what breaks off or is answered with "later" is asked for again, after a pause
 * that doubles. Redirects never lead from https to http; proxies are those of Java's system
 * properties ({@code https.proxyHost}).
 */
final class Http {
  private static final Logger LOG = LoggerFactory.getLogger(Http.class);
  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final int FIRST_SERVER_ERROR = 500;
  private static final List<Integer> LATER = List.of(408, 429);
  private static final int CHUNK = 1 << 16;

  private final HttpClient client;
  private final Patience patience;

  /**
   * How long somebody waits.
   *
   * @param attempts without any progress, at least one
   * @param firstPause before the second attempt
   * @param stall without a byte, after which a connection counts as broken
   */
  record Patience(int attempts, Duration firstPause, Duration stall) {
    /** About two minutes of a dead server. */
    static final Patience USUAL = new Patience(6, Duration.ofSeconds(2), Duration.ofSeconds(60));
  }

  /** What is done with an answer; called again, with another answer, after a fault. */
  interface Attempt {
    /** Headers of the next request, by what is there already. */
    Map<String, String> headers() throws IOException;

    /**
     * @return whether all is there
     * @throws IOException if the connection broke
     */
    boolean take(HttpResponse<InputStream> response, InputStream body) throws IOException;

    /** Bytes that are there; more of them than before is progress. */
    long progress() throws IOException;
  }

  Http(Patience patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault())
            .connectTimeout(CONNECT)
            .build();
  }

  /**
   * A small body.
   *
   * @throws UserError if it is larger than the limit, or the server has no such thing
   * @throws IOException if the server cannot be reached
   */
  byte[] get(URI uri, int limitBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    get(
        uri,
        new Attempt() {
          @Override
          public Map<String, String> headers() {
            bytes.reset();
            return Map.of();
          }

          @Override
          public boolean take(HttpResponse<InputStream> response, InputStream body)
              throws IOException {
            if (copy(body, bytes, limitBytes) > limitBytes) {
              throw new UserError(
                  "Cannot download %s: it is larger than the %d bytes that it may have."
                      .formatted(uri, limitBytes));
            }
            return true;
          }

          @Override
          public long progress() {
            return 0;
          }
        });
    return bytes.toByteArray();
  }

  /**
   * Asks until the attempt has all.
   *
   * @throws UserError if the server has no such thing
   * @throws IOException if there was no progress for as long as patience goes
   */
  void get(URI uri, Attempt attempt) throws IOException {
    int failed = 0;
    while (true) {
      long before = attempt.progress();
      Duration pause;
      String why;
      try {
        HttpResponse<InputStream> response = send(uri, attempt.headers());
        try (StallGuard body = new StallGuard(response.body(), patience.stall())) {
          if (!isLater(response.statusCode())) {
            requireFound(uri, response.statusCode());
            if (attempt.take(response, body)) {
              return;
            }
          }
        }
        why = "the server answers " + response.statusCode();
        pause = retryAfter(response);
      } catch (IOException e) {
        why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        pause = Duration.ZERO;
      }
      failed = attempt.progress() > before ? 1 : failed + 1;
      if (failed >= patience.attempts()) {
        throw new IOException("%s: %s, %d times in a row".formatted(uri, why, failed));
      }
      Duration next = patience.firstPause().multipliedBy(1L << (failed - 1));
      Duration longer = next.compareTo(pause) > 0 ? next : pause;
      LOG.warn("{}: {}; once more in {} s", uri, why, longer.toMillis() / 1e3);
      sleep(longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer);
    }
  }

  /**
   * Copies at most one byte more than the limit.
   *
   * @return the bytes that were copied
   */
  static long copy(InputStream in, OutputStream out, long limitBytes) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long copied = 0;
    while (copied <= limitBytes) {
      int read = in.read(chunk, 0, (int) Math.min(chunk.length, limitBytes + 1 - copied));
      if (read < 0) {
        break;
      }
      out.write(chunk, 0, read);
      copied += read;
    }
    return copied;
  }

  private HttpResponse<InputStream> send(URI uri, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(patience.stall()).header("User-Agent", "ser");
    headers.forEach(request::header);
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while downloading " + uri, e);
    }
  }

  private static boolean isLater(int status) {
    return status >= FIRST_SERVER_ERROR || LATER.contains(status);
  }

  private static void requireFound(URI uri, int status) {
    // 416 says that nothing is left behind what is there: the attempt knows what that means.
    if (status != 200 && status != 206 && status != 416) {
      throw new UserError(
          "Cannot download %s: the server answers %d. The address may have changed: see the publisher's page, and give the new one in a file for --registry."
              .formatted(uri, status));
    }
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,4}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(Duration.ZERO);
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a server", e);
    }
  }
}
