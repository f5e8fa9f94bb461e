package ser.serve.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import ser.model.network.WindowClassifier;

/**
 * Runs a network for many requests: windows that wait are scored together, whosever they are. One
 * batch of many costs much less than many of a few.
 */
final class WindowBatcher implements AutoCloseable {
  /** More never wait: there is one request of a place at a time. */
  private static final int QUEUE = 4096;

  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean closed;

  /** Windows of one request, at most a batch. */
  private record Waiting(
      List<float[]> windows, Deadline deadline, CompletableFuture<float[][]> probabilities) {}

  /**
   * @param name of the threads
   * @param networks how many batches run at once
   * @param network makes one, on the thread that runs it
   */
  WindowBatcher(String name, int networks, Supplier<? extends WindowClassifier> network) {
    for (int i = 0; i < networks; i++) {
      Thread worker = new Thread(() -> work(network.get()), "network-" + i + "-" + name);
      worker.setDaemon(true);
      worker.start();
      workers.add(worker);
    }
  }

  /**
   * Waits for the probabilities of some windows.
   *
   * @throws RefusedException if the time is over before they are there
   */
  float[][] probabilities(List<float[]> windows, Deadline deadline) throws InterruptedException {
    WindowClassifier.requireOneBatch(windows);
    Waiting waiting = new Waiting(List.copyOf(windows), deadline, new CompletableFuture<>());
    if (closed || !queue.offer(waiting, deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
      throw deadline.passed();
    }
    try {
      return waiting.probabilities.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      waiting.probabilities.cancel(false);
      throw deadline.passed();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the network failed", e.getCause());
    }
  }

  /** How many ask and are not being answered yet. */
  int waiting() {
    return queue.size();
  }

  @Override
  public void close() {
    closed = true;
    workers.forEach(Thread::interrupt);
  }

  private void work(WindowClassifier network) {
    try (network) {
      List<Waiting> batch = new ArrayList<>();
      Waiting next = queue.take();
      while (!closed) {
        batch.clear();
        int windows = 0;
        while (next != null && windows + next.windows.size() <= WindowClassifier.BATCH) {
          if (!next.probabilities.isCancelled()) {
            batch.add(next);
            windows += next.windows.size();
          }
          next = queue.poll();
        }
        score(network, batch);
        if (next == null) {
          next = queue.take();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void score(WindowClassifier network, List<Waiting> batch) {
    List<float[]> windows = new ArrayList<>();
    batch.forEach(waiting -> windows.addAll(waiting.windows));
    if (windows.isEmpty()) {
      return;
    }
    try {
      float[][] probabilities = network.probabilities(windows);
      int from = 0;
      for (Waiting waiting : batch) {
        float[][] own = new float[waiting.windows.size()][];
        System.arraycopy(probabilities, from, own, 0, own.length);
        from += own.length;
        waiting.probabilities.complete(own);
      }
    } catch (RuntimeException | Error e) {
      // The thread must live on: other requests have other windows.
      batch.forEach(waiting -> waiting.probabilities.completeExceptionally(e));
    }
  }
}
