package ser.jobs.storage;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.error.UserError;

/**
 * Keeps a second run off an output. The holder renews a file with a new count every few seconds;
 * who finds a file whose count stands still for several periods takes it over, so a dead run leaves
 * nothing behind and no clock is compared with another's.
 *
 * <p>Object stores of Hadoop 3.3 have no create-if-absent, so two runs that start within the same
 * fraction of a second may both pass; the later one wins at the earlier one's next renewal, which
 * then fails.
 *
 * <p>A renewal that the storage fails is tried again each period, as long as others still take the
 * holder for alive.
 */
public final class OutputLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputLock.class);
  private static final int LIMIT_BYTES = 1024;
  private static final int PERIODS_OF_SILENCE = 3;

  private final Storage storage;
  private final String file;
  private final String holder;
  private final Duration period;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread renewal;
  private volatile Optional<Loss> lost = Optional.empty();

  /**
   * Why the lock is not held any more.
   *
   * @param how as a sentence
   * @param cause what the storage said; null if another run has it
   */
  private record Loss(String how, RuntimeException cause) {}

  private OutputLock(Storage storage, String file, String holder, Duration period) {
    this.storage = storage;
    this.file = file;
    this.holder = holder;
    this.period = period;
    this.renewal = new Thread(this::renew, "output-lock");
    this.renewal.setDaemon(true);
  }

  /**
   * @param file path of the lock
   * @param holder the run's id
   * @param period of renewal
   * @throws UserError if another run holds the lock
   */
  public static OutputLock acquire(Storage storage, String file, String holder, Duration period) {
    if (storage.exists(file)) {
      String first = content(storage, file);
      LOG.info("{} is there; watching whether its run is alive", file);
      if (changes(storage, file, first, period)) {
        throw new UserError(
            "Cannot write to %s: the run %s is writing there. Wait for its end, or give another --output."
                .formatted(parent(parent(file)), first.split(" ")[0]));
      }
    }
    OutputLock lock = new OutputLock(storage, file, holder, period);
    lock.write(0);
    lock.renewal.start();
    return lock;
  }

  /**
   * @throws IllegalStateException if another run has taken the lock over, or may have done so
   *     because it could not be renewed
   */
  public synchronized void requireHeld() {
    Optional<Loss> loss = lost.isEmpty() && !isOurs() ? Optional.of(takenOver()) : lost;
    if (loss.isPresent()) {
      throw new IllegalStateException(
          loss.get().how() + "; this run's tables are not committed", loss.get().cause());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      renewal.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (lost.isEmpty() && names(content(storage, file))) {
      storage.delete(file);
    }
  }

  private void renew() {
    long renewed = System.nanoTime();
    try {
      for (long count = 1; !closed.await(period.toMillis(), TimeUnit.MILLISECONDS); count++) {
        long now = System.nanoTime();
        try {
          // What is lost is seen by requireHeld before anything is committed.
          if (!renewed(count)) {
            lost = Optional.of(takenOver());
            return;
          }
          renewed = now;
        } catch (RuntimeException e) {
          LOG.warn("Cannot renew {}", file, e);
          Duration silence = Duration.ofNanos(System.nanoTime() - renewed);
          if (silence.compareTo(period.multipliedBy(PERIODS_OF_SILENCE)) >= 0) {
            lost = Optional.of(unrenewed(silence, e));
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Loss takenOver() {
    return new Loss("Another run has taken over " + file, null);
  }

  private Loss unrenewed(Duration silence, RuntimeException cause) {
    return new Loss(
        "%s could not be renewed for %d s, and another run may have taken it for that of a dead one (%s)"
            .formatted(file, silence.toSeconds(), cause.getMessage()),
        cause);
  }

  /** Not while {@link #requireHeld} reads: an object store may fail a read of what is replaced. */
  private synchronized boolean renewed(long count) {
    if (!isOurs()) {
      return false;
    }
    write(count);
    return true;
  }

  /**
   * @throws RuntimeException if the storage does not say
   */
  private boolean isOurs() {
    try {
      return names(new String(storage.read(file, LIMIT_BYTES), StandardCharsets.UTF_8));
    } catch (UserError e) {
      if (!storage.exists(file)) {
        return false;
      }
      throw e;
    }
  }

  private boolean names(String content) {
    return content.startsWith(holder + " ");
  }

  private void write(long count) {
    storage.write(file, (holder + " " + count).getBytes(StandardCharsets.UTF_8));
  }

  /** True if the content changes within some periods; false if it stands still or vanishes. */
  private static boolean changes(Storage storage, String file, String first, Duration period) {
    long until = System.nanoTime() + period.multipliedBy(PERIODS_OF_SILENCE).toNanos();
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (System.nanoTime() < until) {
        if (never.await(period.toMillis() / 4 + 1, TimeUnit.MILLISECONDS)
            || !storage.exists(file)) {
          return false;
        }
        if (!content(storage, file).equals(first)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + file, e);
    }
    return false;
  }

  private static String content(Storage storage, String file) {
    try {
      return new String(storage.read(file, LIMIT_BYTES), StandardCharsets.UTF_8);
    } catch (UserError | UncheckedIOException e) {
      // Removed, or replaced by its holder while it was read.
      return "";
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
