package ser.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection for requests that no client library would send. */
final class Wire implements AutoCloseable {
  /** Far beyond what any answer takes: a test that hangs must end. */
  private static final int PATIENCE_MS = 60_000;

  private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3})");

  private final Socket socket;

  /**
   * What came back until the server hung up.
   *
   * @param status 0 if it hung up without a word
   */
  record Reply(int status, String text) {
    static Reply of(byte[] bytes) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      Matcher status = STATUS.matcher(text);
      return new Reply(status.find() ? Integer.parseInt(status.group(1)) : 0, text);
    }
  }

  Wire(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(PATIENCE_MS);
    socket.setTcpNoDelay(true);
  }

  /** Sends all and waits for the answer. */
  static Reply ask(URI server, String request) throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.sendUntilCut(request);
      return wire.reply();
    }
  }

  /** A request whose headers end; the server shall hang up after its answer. */
  static String request(String line, String... headers) {
    StringBuilder text = new StringBuilder(line).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("Connection: close\r\n\r\n").toString();
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /**
   * @return whether all was taken
   */
  boolean sendUntilCut(String text) {
    try {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
      return true;
    } catch (IOException e) {
      // It has heard enough; what it had to say may still be there to read.
      return false;
    }
  }

  /** Whether an answer has begun. */
  boolean isAnswered() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /** Everything until the server hangs up. */
  Reply reply() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] block = new byte[8192];
    try {
      InputStream in = socket.getInputStream();
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        bytes.write(block, 0, n);
      }
    } catch (java.net.SocketException e) {
      // Hung up while more was on its way to it.
      return Reply.of(bytes.toByteArray());
    }
    return Reply.of(bytes.toByteArray());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
