package ser.jobs.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * A task's recordings, the next ones of which are fetched while it works on one. An object store
 * takes tens of milliseconds to begin an answer, ten times as long as a recording of some seconds
 * takes to be worked on. Long recordings, and those on a local disk, are left to be streamed.
 *
 * <p>A fault of the storage is kept until it is the recording's turn.
 *
 * @param <T> what the task is given for each recording
 */
public final class ReadAhead<T> implements Iterator<ReadAhead.Fetched<T>>, AutoCloseable {
  /** Longer ones are streamed: to wait for their beginning is little beside the work on them. */
  static final long LARGEST_BYTES = 4 << 20;

  /** No more are fetched while so much waits: what a task holds, beside the recording at hand. */
  private static final long WAITING_BYTES = 16 << 20;

  private final Storage storage;
  private final Iterator<T> items;
  private final Function<T, Optional<RecordingFile>> whole;
  private final int recordings;
  private final Optional<ExecutorService> threads;
  private final Queue<Fetched<T>> waiting = new ArrayDeque<>();
  private long waitingBytes;

  /**
   * @param items are taken from the thread that asks for the next one
   * @param whole the recording of an item; nothing of one that is not read from end to end
   * @param recordings that are fetched beside the one at hand; 0 for none
   */
  ReadAhead(
      Storage storage,
      Iterator<T> items,
      Function<T, Optional<RecordingFile>> whole,
      int recordings) {
    this.storage = storage;
    this.items = items;
    this.whole = whole;
    this.recordings = recordings;
    this.threads =
        recordings > 0
            ? Optional.of(Executors.newFixedThreadPool(recordings, ReadAhead::daemon))
            : Optional.empty();
  }

  /**
   * For the task that calls it, whose end closes it.
   *
   * @param items are taken from the task's thread alone
   * @param whole the recording of an item; nothing of one that is not read from end to end
   * @param recordings that are fetched beside the one at hand; 0 for none
   */
  public static <T> ReadAhead<T> ofTask(
      Storage storage,
      Iterator<T> items,
      Function<T, Optional<RecordingFile>> whole,
      int recordings) {
    ReadAhead<T> ahead = new ReadAhead<>(storage, items, whole, recordings);
    TaskCompletionListener end = task -> ahead.close();
    TaskContext.get().addTaskCompletionListener(end);
    return ahead;
  }

  /** An item, whose recording may have been fetched. */
  public static final class Fetched<T> {
    private final T item;
    private final Opener opener;
    private final long waitingBytes;

    private Fetched(T item, Opener opener, long waitingBytes) {
      this.item = item;
      this.opener = opener;
      this.waitingBytes = waitingBytes;
    }

    public T item() {
      return item;
    }

    /**
     * Its recording for one forward read; it may be asked for again.
     *
     * @throws IOException if the storage fails, or failed when it was fetched
     * @throws IllegalStateException if it is none that is read from end to end
     */
    public InputStream open() throws IOException {
      return opener.open();
    }
  }

  @FunctionalInterface
  private interface Opener {
    InputStream open() throws IOException;
  }

  @Override
  public boolean hasNext() {
    return !waiting.isEmpty() || items.hasNext();
  }

  @Override
  public Fetched<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (waiting.isEmpty()) {
      take();
    }
    Fetched<T> next = waiting.remove();
    waitingBytes -= next.waitingBytes;
    while (waiting.size() < recordings && waitingBytes < WAITING_BYTES && items.hasNext()) {
      take();
    }
    return next;
  }

  /** Ends what is being fetched. */
  @Override
  public void close() {
    threads.ifPresent(ExecutorService::shutdownNow);
  }

  private void take() {
    T item = items.next();
    Fetched<T> fetched =
        whole
            .apply(item)
            .map(recording -> fetched(item, recording))
            .orElseGet(() -> new Fetched<>(item, ReadAhead::refuse, 0));
    waitingBytes += fetched.waitingBytes;
    waiting.add(fetched);
  }

  private Fetched<T> fetched(T item, RecordingFile recording) {
    long bytes = recording.sizeBytes();
    if (threads.isEmpty() || bytes == 0 || bytes > LARGEST_BYTES || storage.isLocal(recording)) {
      return new Fetched<>(item, () -> storage.open(recording), 0);
    }
    Future<byte[]> fetching = threads.get().submit(() -> fetch(recording));
    return new Fetched<>(
        item, () -> new ByteArrayInputStream(result(fetching, recording.uri())), bytes);
  }

  /** No more than was listed, whatever stands there by now: streamed, no more would be seen. */
  private byte[] fetch(RecordingFile recording) throws IOException {
    try (InputStream in = storage.open(recording)) {
      byte[] bytes = new byte[(int) recording.sizeBytes()];
      int read = in.readNBytes(bytes, 0, bytes.length);
      return read < bytes.length ? Arrays.copyOf(bytes, read) : bytes;
    }
  }

  private static byte[] result(Future<byte[]> fetching, String uri) throws IOException {
    try {
      return fetching.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while fetching " + uri);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("Cannot fetch " + uri, e.getCause());
    }
  }

  private static InputStream refuse() {
    throw new IllegalStateException("no recording that is read from end to end");
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "read-ahead");
    thread.setDaemon(true);
    return thread;
  }
}
