package ser.serve.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import ser.serve.engine.Limits;
import ser.serve.engine.Refusal;
import ser.serve.engine.RefusedException;

/**
 * Takes recordings from the network into memory. Nothing is taken beyond the limit, nor from those
 * who send so slowly that they only hold a place, nor more at a time than fits into memory.
 */
final class RequestBody {
  /** Slower senders are cut off once the grace is over. */
  static final long LEAST_BYTES_PER_S = 16 * 1024;

  /** Slow senders hold a thread each: more than these are sent away at once. */
  static final int MOST_UPLOADS = 128;

  private static final Duration LONGEST_GRACE = Duration.ofSeconds(10);

  private static final int BLOCK = 1 << 16;

  private final Limits limits;
  private final Duration grace;
  private final long mostTogether;
  private final AtomicLong together = new AtomicLong();
  private final Semaphore uploads = new Semaphore(MOST_UPLOADS);

  /**
   * @param mostTogether bytes of all recordings in memory at a time
   */
  RequestBody(Limits limits, long mostTogether) {
    this.limits = limits;
    Duration request = Duration.ofSeconds(limits.requestS());
    this.grace = request.compareTo(LONGEST_GRACE) < 0 ? request : LONGEST_GRACE;
    this.mostTogether = Math.max(mostTogether, limits.uploadBytes());
  }

  /** A recording in memory, counted until it is closed. */
  final class Held implements AutoCloseable {
    private final byte[] bytes;
    private final long counted;

    private Held(byte[] bytes, long counted) {
      this.bytes = bytes;
      this.counted = counted;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public void close() {
      together.addAndGet(-counted);
    }
  }

  /**
   * Reads to the end.
   *
   * @throws RefusedException if it is too large, too slow, or too much at once
   * @throws IOException if the client has gone
   */
  Held read(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > limits.uploadBytes()) {
      throw tooLarge();
    }
    if (!uploads.tryAcquire()) {
      throw busy();
    }
    try {
      return received(request);
    } finally {
      uploads.release();
    }
  }

  private Held received(HttpServletRequest request) throws IOException {
    RestOfBody.asked(request);
    // While it grows and is copied once, there are two of it.
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    long counted = 0;
    boolean whole = false;
    try {
      byte[] block = new byte[BLOCK];
      long begin = System.nanoTime();
      InputStream in = request.getInputStream();
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        counted += 2L * count;
        if (together.addAndGet(2L * count) > 2 * mostTogether) {
          throw busy();
        }
        body.write(block, 0, count);
        if (body.size() > limits.uploadBytes()) {
          throw tooLarge();
        }
        requireFast(body.size(), System.nanoTime() - begin);
      }
      Held held = new Held(body.toByteArray(), counted);
      whole = true;
      return held;
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw tooSlow();
      }
      throw e;
    } finally {
      if (!whole) {
        together.addAndGet(-counted);
      }
    }
  }

  private void requireFast(long bytes, long nanos) {
    double seconds = (double) (nanos - grace.toNanos()) / TimeUnit.SECONDS.toNanos(1);
    if (bytes < seconds * LEAST_BYTES_PER_S) {
      throw tooSlow();
    }
  }

  private static RefusedException busy() {
    return new RefusedException(
        Refusal.BUSY, "The server is busy with other recordings. Try again in a few seconds.");
  }

  private static RefusedException tooSlow() {
    return new RefusedException(
        Refusal.TOO_SLOW,
        "The recording arrived too slowly. Send it again over a faster connection, or compressed (FLAC, Opus, MP3).");
  }

  private RefusedException tooLarge() {
    return new RefusedException(
        Refusal.TOO_LARGE,
        "The recording is larger than %.4g MB, the most that is taken. Send a part of it, or compress it (FLAC, Opus, MP3)."
            .formatted(limits.uploadBytes() / 1e6));
  }
}
