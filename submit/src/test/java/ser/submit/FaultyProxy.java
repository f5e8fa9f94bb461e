package ser.submit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before an S3 endpoint and spoils some of its answers. One request a connection: both sides
 * are told to close it after the answer, so a request is all that comes on a connection.
 */
final class FaultyProxy implements AutoCloseable {
  private static final Pattern REQUEST = Pattern.compile("([A-Z]+) (\\S+) HTTP/1\\.1\r\n");
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)");
  private static final Pattern CONNECTION = Pattern.compile("(?i)\r\nConnection:[^\r]*");
  private static final String HEAD_END = "\r\n\r\n";
  private static final String SLOW_DOWN =
      "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
  private static final int SLOW_PIECES = 40;
  private static final long SLOW_PAUSE_NANOS = 5_000_000;

  /** What happens to one request. */
  enum Fault {
    /** It is answered as it should be. */
    NONE,
    /** 503 Slow Down, and the endpoint never hears of it. */
    UNAVAILABLE,
    /** The connection is reset before an answer, and the endpoint never hears of it. */
    RESET,
    /** The first half of the answer's body, then a reset. */
    SHORT,
    /** The answer, its beginning in small pieces with pauses. */
    SLOW
  }

  /** Decides on each request. */
  @FunctionalInterface
  interface Faults {
    /**
     * @param method of HTTP
     * @param target path and query as they stand in the request
     * @param number of the request, from 1
     */
    Fault of(String method, String target, long number);
  }

  private final ServerSocket server;
  private final int endpoint;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong requests = new AtomicLong();
  private volatile Faults faults = (method, target, number) -> Fault.NONE;

  private FaultyProxy(ServerSocket server, int endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  static FaultyProxy before(S3Endpoint endpoint) {
    try {
      FaultyProxy proxy =
          new FaultyProxy(
              new ServerSocket(0, 64, InetAddress.getLoopbackAddress()),
              URI.create(endpoint.url()).getPort());
      proxy.threads.execute(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Counts requests from 1 again, and spoils them so from now on. */
  void spoil(Faults wanted) {
    requests.set(0);
    faults = wanted;
  }

  /** Requests since the last call of {@link #spoil}. */
  long requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** A side that goes away ends the connection, as it does without a proxy. */
  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      Optional<String> head = head(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      Matcher request = REQUEST.matcher(head.get());
      if (!request.lookingAt()) {
        throw new IOException("not a request: " + head.get());
      }
      switch (faults.of(request.group(1), request.group(2), requests.incrementAndGet())) {
        case NONE -> pass(client, head.get(), Fault.NONE);
        case SHORT -> pass(client, head.get(), Fault.SHORT);
        case SLOW -> pass(client, head.get(), Fault.SLOW);
        case RESET -> client.setSoLinger(true, 0);
        case UNAVAILABLE -> {
          String answer =
              "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                  .formatted(SLOW_DOWN.length(), SLOW_DOWN);
          client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      // The connection is closed, which is all that is left to do.
    }
  }

  private void pass(Socket client, String head, Fault fault) throws IOException {
    try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), endpoint)) {
      // Header and body are written apart: without this each waits for the other's receipt.
      upstream.setTcpNoDelay(true);
      String closing =
          CONNECTION
              .matcher(head)
              .replaceAll("")
              .replace(HEAD_END, "\r\nConnection: close\r\n\r\n");
      upstream.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
      threads.execute(() -> copy(client, upstream));
      InputStream answer = upstream.getInputStream();
      OutputStream out = client.getOutputStream();
      if (fault == Fault.SHORT) {
        passHalf(client, answer, out);
        return;
      }
      if (fault == Fault.SLOW) {
        passSlowly(answer, out);
      }
      answer.transferTo(out);
    }
  }

  private static void passHalf(Socket client, InputStream answer, OutputStream out)
      throws IOException {
    String head = head(answer).orElseThrow(() -> new IOException("no answer"));
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    Matcher length = LENGTH.matcher(head);
    long half = length.find() ? Long.parseLong(length.group(1)) / 2 : 0;
    for (long i = 0; i < half; i++) {
      out.write(answer.read());
    }
    out.flush();
    client.setSoLinger(true, 0);
  }

  private static void passSlowly(InputStream answer, OutputStream out) throws IOException {
    byte[] piece = new byte[64];
    for (int i = 0; i < SLOW_PIECES; i++) {
      int read = answer.read(piece);
      if (read < 0) {
        return;
      }
      out.write(piece, 0, read);
      out.flush();
      LockSupport.parkNanos(SLOW_PAUSE_NANOS);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of both is gone: whoever waits for the answer notices.
    }
  }

  /** Up to the empty line, byte by byte so that none of the body is taken; empty at the end. */
  private static Optional<String> head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int state = 0;
    while (state < HEAD_END.length()) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      head.write(next);
      if (next == HEAD_END.charAt(state)) {
        state++;
      } else {
        state = next == '\r' ? 1 : 0;
      }
    }
    return Optional.of(head.toString(StandardCharsets.ISO_8859_1));
  }
}
