package ser.jobs.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HttpTest {
  /** Sends a header and half of a body, then nothing, and keeps the connection. */
  @Test
  @Timeout(30)
  void givenAServerThatFallsSilent_whenAsked_thenTheConnectionCountsAsBroken() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> answerHalf(silent, done));
      server.start();
      Http http = new Http(new Http.Patience(2, Duration.ofMillis(1), Duration.ofMillis(500)));
      URI uri = URI.create("http://127.0.0.1:%d/x".formatted(silent.getLocalPort()));

      assertThatIOException()
          .isThrownBy(() -> http.get(uri, 1000))
          .withMessageContaining(uri.toString())
          .withMessageContaining("nothing came")
          .withMessageContaining("2 times in a row");
      done.countDown();
      server.join();
    }
  }

  @Test
  void givenNobody_whenAsked_thenItIsAnIoFaultThatNamesTheAddress() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Http http = new Http(new Http.Patience(2, Duration.ofMillis(1), Duration.ofSeconds(5)));

    assertThatIOException()
        .isThrownBy(() -> http.get(URI.create("http://127.0.0.1:%d/x".formatted(port)), 10))
        .withMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void givenALimit_whenCopied_thenAtMostOneByteMoreComes() throws IOException {
    assertThat(Http.copy(InputStream.nullInputStream(), OutputStream.nullOutputStream(), 5))
        .isZero();
    byte[] ten = new byte[10];
    assertThat(Http.copy(new java.io.ByteArrayInputStream(ten), OutputStream.nullOutputStream(), 5))
        .isEqualTo(6);
  }

  private static void answerHalf(ServerSocket server, CountDownLatch done) {
    try (Socket first = server.accept();
        Socket second = half(first) ? server.accept() : null) {
      half(second);
      done.await();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean half(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf."
                .getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return true;
  }
}
