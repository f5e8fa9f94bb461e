package ser.serve.engine;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets so many work at a time, so many wait, first come first served, and sends the rest away. */
final class Admission {
  private final Limits limits;
  private final Semaphore places;
  private final AtomicInteger inside = new AtomicInteger();

  Admission(Limits limits) {
    this.limits = limits;
    this.places = new Semaphore(limits.concurrent(), true);
  }

  /** A place, which is given back by closing it. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for a place.
   *
   * @throws RefusedException if too many wait already, or the time is over before there is one
   */
  Place enter(Deadline deadline) throws InterruptedException {
    if (inside.incrementAndGet() > limits.concurrent() + limits.waiting()) {
      inside.decrementAndGet();
      throw busy();
    }
    boolean entered = false;
    try {
      entered = places.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } finally {
      if (!entered) {
        inside.decrementAndGet();
      }
    }
    if (!entered) {
      throw busy();
    }
    return this::leave;
  }

  /** Those who work and those who wait. */
  int inside() {
    return inside.get();
  }

  private void leave() {
    places.release();
    inside.decrementAndGet();
  }

  private static RefusedException busy() {
    return new RefusedException(
        Refusal.BUSY, "The server is busy with other recordings. Try again in a few seconds.");
  }
}
