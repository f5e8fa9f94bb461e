package ser.serve.engine;

import java.time.Duration;

/**
 * When a request must be done.
 *
 * @param limit how long it was given
 * @param endNanos when that is over, as {@link System#nanoTime} counts
 */
public record Deadline(Duration limit, long endNanos) {

  public static Deadline in(Duration limit) {
    return new Deadline(limit, System.nanoTime() + limit.toNanos());
  }

  /** Not negative. */
  public long remainingNanos() {
    return Math.max(0, endNanos - System.nanoTime());
  }

  /**
   * @throws RefusedException if the time is over
   */
  public void check() {
    if (remainingNanos() == 0) {
      throw passed();
    }
  }

  RefusedException passed() {
    return new RefusedException(
        Refusal.OUT_OF_TIME,
        "The recording was not done within %d s. Send a shorter one, or fewer models at a time."
            .formatted(limit.toSeconds()));
  }
}
