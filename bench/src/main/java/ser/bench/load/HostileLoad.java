package ser.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that a server must bear, until this is closed. Of five, one sends its header and one its
 * body a byte at a time, two post what is no sound recording, and one asks for what it may not
 * have.
 */
public final class HostileLoad implements AutoCloseable {
  private static final int KINDS = 5;
  private static final int BYTE_EVERY_MS = 200;
  private static final int READ_MS = 60_000;
  private static final String CUT = "cut off";
  private static final List<String> ODD =
      List.of(
          "GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /assets/..%5c..%00.css HTTP/1.1\r\nHost: x\r\n\r\n",
          "DELETE /api/predict HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
          "POST /api/predict HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n",
          "POST /api/predict HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
          "GET /health HTTP/1.1\r\n" + "X-Y: z\r\n".repeat(5_000) + "\r\n",
          "\0\0\0\0\r\n\r\n");

  private final URI server;
  private final List<byte[]> bodies;
  private final int pauseMs;
  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads;

  private HostileLoad(URI server, List<byte[]> bodies, int clients, int pauseMs) {
    this.server = server;
    this.bodies = List.copyOf(bodies);
    this.pauseMs = pauseMs;
    this.threads = Executors.newFixedThreadPool(clients);
  }

  /**
   * @param bodies recordings, or what is none; damaged, so that no post is a recording
   * @param pauseMs between an answer and the next request of a client that is not slow
   */
  public static HostileLoad start(URI server, List<byte[]> bodies, int clients, int pauseMs) {
    HostileLoad load = new HostileLoad(server, bodies, clients, pauseMs);
    for (int client = 0; client < clients; client++) {
      int number = client;
      load.threads.execute(() -> load.client(number));
    }
    return load;
  }

  /** How often each status was seen, and how often a slow client was cut off. */
  public Map<String, Long> answers() {
    Map<String, Long> counts = new TreeMap<>();
    answers.forEach((answer, count) -> counts.put(answer, count.sum()));
    return counts;
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    // An interrupt does not wake those that read.
    for (Socket socket : open) {
      socket.close();
    }
    try {
      if (!threads.awaitTermination(READ_MS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("hostile clients do not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void client(int number) {
    Random random = new Random(number);
    for (int round = 0; !Thread.currentThread().isInterrupted(); round++) {
      try {
        switch (number % KINDS) {
          case 0 -> slowly(head("Content-Length: 10").getBytes(StandardCharsets.US_ASCII), 0);
          case 1 -> slowly(headAnd(new byte[1_000]), head(length(1_000)).length());
          case 2, 3 -> request(headAnd(body(random)));
          default -> request(ODD.get(round % ODD.size()).getBytes(StandardCharsets.US_ASCII));
        }
        Thread.sleep(pauseMs);
      } catch (IOException e) {
        // The server may hang up on such clients; so does close.
        if (!Thread.currentThread().isInterrupted()) {
          count(CUT);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private byte[] body(Random random) {
    return Damage.of(bodies.get(random.nextInt(bodies.size())), random);
  }

  private static String length(int bytes) {
    return "Content-Length: " + bytes;
  }

  private static String head(String header) {
    return "POST /api/predict HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n\r\n";
  }

  private static byte[] headAnd(byte[] body) {
    byte[] head = head(length(body.length)).getBytes(StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  private void request(byte[] bytes) throws IOException, InterruptedException {
    connected(
        socket -> {
          socket.getOutputStream().write(bytes);
          count(status(socket.getInputStream()));
        });
  }

  /** At once up to there, then byte by byte. */
  private void slowly(byte[] bytes, int atOnce) throws IOException, InterruptedException {
    connected(
        socket -> {
          OutputStream out = socket.getOutputStream();
          out.write(bytes, 0, atOnce);
          // Until it is answered, which may be before it has said all.
          for (int i = atOnce; i < bytes.length && socket.getInputStream().available() == 0; i++) {
            out.write(bytes[i]);
            Thread.sleep(BYTE_EVERY_MS);
          }
          count(status(socket.getInputStream()));
        });
  }

  private void connected(Talk talk) throws IOException, InterruptedException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      open.add(socket);
      try {
        socket.setSoTimeout(READ_MS);
        socket.setTcpNoDelay(true);
        talk.with(socket);
      } finally {
        open.remove(socket);
      }
    }
  }

  @FunctionalInterface
  private interface Talk {
    void with(Socket socket) throws IOException, InterruptedException;
  }

  /** {@code HTTP/1.1 422 …}: the number. */
  private static String status(InputStream in) throws IOException {
    byte[] line = in.readNBytes("HTTP/1.1 200".length());
    if (line.length < "HTTP/1.1 200".length()) {
      return CUT;
    }
    in.readAllBytes();
    return new String(line, "HTTP/1.1 ".length(), 3, StandardCharsets.US_ASCII);
  }

  private void count(String answer) {
    answers.computeIfAbsent(answer, name -> new LongAdder()).increment();
  }
}
