package ser.jobs.corpus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A web server on this machine, as well and as badly behaved as a publisher's may be. */
final class Publisher implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = Collections.synchronizedMap(new HashMap<>());
  private final Map<String, String> versions = Collections.synchronizedMap(new HashMap<>());
  private final Map<String, List<Integer>> cuts = Collections.synchronizedMap(new HashMap<>());
  private final Map<String, List<Integer>> answers = Collections.synchronizedMap(new HashMap<>());

  /** Path and Range header of each request, in order. */
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  Publisher() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  String address(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  Publisher with(String path, byte[] bytes) {
    files.put(path, bytes);
    versions.put(path, "\"v1\"");
    return this;
  }

  Publisher with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same address, other bytes. */
  Publisher changed(String path, byte[] bytes) {
    files.put(path, bytes);
    versions.put(path, "\"v2\"");
    return this;
  }

  /** The next answers break off after so many bytes each. */
  Publisher cutting(String path, Integer... afterBytes) {
    cuts.put(path, new ArrayList<>(List.of(afterBytes)));
    return this;
  }

  /** The next answers have these codes, and nothing else. */
  Publisher answering(String path, Integer... codes) {
    answers.put(path, new ArrayList<>(List.of(codes)));
    return this;
  }

  /** Where in the file each request for it began. */
  List<Integer> offsets(String path) {
    return requests.stream()
        .filter(request -> request.equals(path) || request.startsWith(path + " "))
        .map(request -> request.replaceAll("[^=]*(=(\\d+)-)?", "$2"))
        .map(from -> from.isEmpty() ? 0 : Integer.parseInt(from))
        .toList();
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : new LinkedHashMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(range == null ? path : path + " " + range);
      Integer code = next(answers, path);
      if (code != null) {
        exchange.sendResponseHeaders(code, -1);
        return;
      }
      byte[] bytes = files.get(path);
      if (bytes == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      send(exchange, path, bytes, range);
    }
  }

  private void send(HttpExchange exchange, String path, byte[] bytes, String range)
      throws IOException {
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    int from = 0;
    exchange.getResponseHeaders().set("ETag", versions.get(path));
    if (range != null && (ifRange == null || ifRange.equals(versions.get(path)))) {
      from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    }
    byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
    Integer cut = next(cuts, path);
    // Fewer bytes than announced: the connection is closed in their middle.
    exchange.getResponseBody().write(rest, 0, cut == null ? rest.length : cut);
    exchange.getResponseBody().flush();
  }

  private static Integer next(Map<String, List<Integer>> plans, String path) {
    List<Integer> plan = plans.get(path);
    return plan == null || plan.isEmpty() ? null : plan.remove(0);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
