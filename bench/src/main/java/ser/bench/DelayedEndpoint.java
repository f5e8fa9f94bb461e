package ser.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands before a server on this machine and hands it each request some time after it came, as a
 * store that is far away would have it. Answers, and what follows a request's beginning, pass at
 * once.
 */
final class DelayedEndpoint implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ServerSocket server;
  private final int behind;
  private final Duration delay;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * @param behind port that requests are handed to
   */
  DelayedEndpoint(int behind, Duration delay) throws IOException {
    this.server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    this.behind = behind;
    this.delay = delay;
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    // Closed when it cannot go on: clients are refused then, and do not wait.
    try (server) {
      while (true) {
        Socket client = server.accept();
        Socket store = new Socket(InetAddress.getLoopbackAddress(), behind);
        client.setTcpNoDelay(true);
        store.setTcpNoDelay(true);
        AtomicBoolean answered = new AtomicBoolean(true);
        threads.execute(() -> pass(client, store, () -> pauseIf(answered.getAndSet(false))));
        threads.execute(() -> pass(store, client, () -> answered.set(true)));
      }
    } catch (IOException e) {
      if (!threads.isShutdown()) {
        throw new UncheckedIOException("Cannot pass requests on to port " + behind, e);
      }
    }
  }

  /** Until one of the two closes its side, or breaks off, which the other then sees. */
  private static void pass(Socket from, Socket to, Runnable before) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        before.run();
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // The peers see it themselves: both sockets are closed.
    }
  }

  private void pauseIf(boolean newRequest) {
    if (newRequest) {
      try {
        Thread.sleep(delay.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    server.close();
  }
}
