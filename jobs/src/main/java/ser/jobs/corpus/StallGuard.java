package ser.jobs.corpus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Breaks a connection that sends nothing for a while: Java's HTTP client waits for ever once it has
 * the headers.
 */
final class StallGuard extends FilterInputStream {
  private static final long IDLE = Long.MAX_VALUE;

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "download-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final long stallNanos;
  private volatile long waitingSince = IDLE;
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration stall) {
    super(in);
    this.stallNanos = stall.toNanos();
    watch.scheduleWithFixedDelay(
        this::look, stallNanos / 4, Math.max(1, stallNanos / 4), TimeUnit.NANOSECONDS);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      // Only the wait for the server counts, not what is done with the bytes between two reads.
      waitingSince = System.nanoTime();
      return super.read(bytes, offset, length);
    } catch (IOException e) {
      throw stalled
          ? new IOException("nothing came for %d s".formatted(stallNanos / 1_000_000_000), e)
          : e;
    } finally {
      waitingSince = IDLE;
    }
  }

  @Override
  public void close() throws IOException {
    watch.shutdownNow();
    super.close();
  }

  private void look() {
    long since = waitingSince;
    if (since != IDLE && System.nanoTime() - since > stallNanos) {
      stalled = true;
      try {
        in.close();
      } catch (IOException e) {
        // It is broken as it should be.
        watch.shutdown();
      }
    }
  }
}
