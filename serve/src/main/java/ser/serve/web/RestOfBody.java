package ser.serve.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import ser.serve.engine.Limits;

/**
 * What a client that is refused still has to send. A connection that is closed while bytes arrive
 * is reset, and the client may lose the answer that it has not read yet; so they are read and
 * forgotten, up to four times what one recording may have, and not for long.
 */
final class RestOfBody {
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int BLOCK = 1 << 16;
  private static final String ASKED = RestOfBody.class.getName();
  private static final int TIMES_A_RECORDING = 4;

  /** Each holds a thread. */
  private static final int MOST_AT_ONCE = 32;

  private final long mostBytes;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  RestOfBody(Limits limits) {
    this.mostBytes = (long) TIMES_A_RECORDING * limits.uploadBytes();
  }

  /** Says that the body was asked for, so that the client sends it. */
  static void asked(HttpServletRequest request) {
    request.setAttribute(ASKED, true);
  }

  void discard(HttpServletRequest request) {
    if (request.getHeader("Expect") != null && request.getAttribute(ASKED) == null) {
      // The client still waits for leave to send; reading would give it.
      return;
    }
    if (!places.tryAcquire()) {
      // Many more are sent away at once than are polite clients.
      return;
    }
    try {
      read(request);
    } finally {
      places.release();
    }
  }

  private void read(HttpServletRequest request) {
    byte[] block = new byte[BLOCK];
    long left = mostBytes;
    long begin = System.nanoTime();
    try {
      InputStream in = request.getInputStream();
      int count = 0;
      while (count >= 0 && left > 0 && System.nanoTime() - begin < LONGEST.toNanos()) {
        count = in.read(block);
        left -= Math.max(0, count);
      }
    } catch (IOException e) {
      // The client has gone: there is nothing more to come, and nobody to tell.
    }
  }
}
