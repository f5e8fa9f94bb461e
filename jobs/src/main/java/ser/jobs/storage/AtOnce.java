package ser.jobs.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A few requests to storage that do not depend on each other, sent at the same time: object storage
 * answers each after some tens of milliseconds, however many there are.
 */
public final class AtOnce {
  /** Few enough for the store's limits and for S3A's pool of connections. */
  private static final int MOST = 16;

  private AtOnce() {}

  /** As {@link #map}, for what gives nothing back. */
  public static <T> void forEach(Collection<T> items, Consumer<? super T> request) {
    map(
        items,
        item -> {
          request.accept(item);
          return item;
        });
  }

  /**
   * Returns what a request gives for each item, in their order.
   *
   * @throws RuntimeException of the first item whose request threw one; all others have been tried
   *     by then
   */
  public static <T, R> List<R> map(Collection<T> items, Function<? super T, ? extends R> request) {
    if (items.size() < 2) {
      return items.stream().<R>map(request).toList();
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(MOST, items.size()));
    try {
      List<Future<R>> answers = new ArrayList<>();
      for (T item : items) {
        answers.add(pool.submit(() -> request.apply(item)));
      }
      pool.shutdown();
      List<R> given = new ArrayList<>();
      RuntimeException fault = null;
      for (Future<R> answer : answers) {
        try {
          given.add(answer.get());
        } catch (ExecutionException e) {
          fault = fault == null ? unchecked(e.getCause()) : fault;
        }
      }
      if (fault != null) {
        throw fault;
      }
      return given;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for storage", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }
}
