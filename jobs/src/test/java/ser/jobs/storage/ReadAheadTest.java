package ser.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadAheadTest {
  private static final int TIMEOUT_S = 30;

  @TempDir private Path folder;

  private final Configuration hadoop = new Configuration();
  private final Storage storage = new Storage(hadoop);
  private Store store;

  @BeforeEach
  void createStore() throws IOException {
    hadoop.set("fs.store.impl", Store.class.getName());
    store = (Store) FileSystem.get(Store.NAME, hadoop);
  }

  @AfterEach
  void closeStore() throws IOException {
    store.close(); // and forgotten by Hadoop
  }

  @Test
  void givenSmallRecordings_whenOneIsTaken_thenTheNextOnesAreFetched() throws Exception {
    List<RecordingFile> recordings = recordings("store", 6);
    List<String> taken = new ArrayList<>();

    try (ReadAhead<RecordingFile> ahead = ahead(recordings, taken, 3)) {
      ahead.next();

      assertThat(List.of(store.opened(), store.opened(), store.opened(), store.opened()))
          .containsExactlyInAnyOrder("0", "1", "2", "3");
      assertThat(taken).containsExactly("0", "1", "2", "3");
    }
  }

  @ParameterizedTest
  @CsvSource({"store, 4, 20", "store, 0, 60", "file, 4, 0"})
  void givenAnyRecordings_whenRead_thenEachHasItsBytesInOrder(
      String scheme, int fetched, int opened) throws Exception {
    List<RecordingFile> recordings = recordings(scheme, 20);
    List<String> read = new ArrayList<>();

    try (ReadAhead<RecordingFile> ahead = ahead(recordings, new ArrayList<>(), fetched)) {
      while (ahead.hasNext()) {
        ReadAhead.Fetched<RecordingFile> next = ahead.next();
        assertThat(text(next)).isEqualTo(text(next));
        read.add(text(next));
      }
    }

    assertThat(read)
        .containsExactlyElementsOf(
            recordings.stream().map(one -> "bytes of " + one.recording()).toList());
    assertThat(store.timesOpened()).as("one that was fetched is kept").isEqualTo(opened);
  }

  @Test
  void givenAFaultOfTheStorage_whenRead_thenItWaitsForTheRecordingsTurn() throws Exception {
    List<RecordingFile> recordings = recordings("store", 3);
    Files.delete(folder.resolve("1"));

    try (ReadAhead<RecordingFile> ahead = ahead(recordings, new ArrayList<>(), 2)) {
      assertThat(text(ahead.next())).isEqualTo("bytes of 0");
      assertThatIOException().isThrownBy(ahead.next()::open).withMessageContaining("1");
      assertThat(text(ahead.next())).isEqualTo("bytes of 2");
      assertThat(ahead.hasNext()).isFalse();
    }
  }

  @Test
  void givenLocalLongOrEmptyRecordings_whenAnotherIsTaken_thenTheyAreNotFetched() throws Exception {
    List<RecordingFile> recordings = new ArrayList<>(recordings("store", 1));
    recordings.add(sparse("long", ReadAhead.LARGEST_BYTES + 1));
    recordings.add(new RecordingFile("store:///nowhere", "nothing", 0, 0));
    recordings.addAll(recordings("file", 1));

    try (ReadAhead<RecordingFile> ahead = ahead(recordings, new ArrayList<>(), 3)) {
      assertThat(text(ahead.next())).isEqualTo("bytes of 0");
      assertThat(store.timesOpened()).isEqualTo(1);
      assertThat(bytes(ahead.next())).hasSize((int) ReadAhead.LARGEST_BYTES + 1);
      assertThat(store.timesOpened()).isEqualTo(2);
      assertThat(bytes(ahead.next())).isEmpty();
      assertThat(text(ahead.next())).isEqualTo("bytes of 0");
    }
    assertThat(store.timesOpened()).isEqualTo(2);
  }

  @Test
  void givenLargeRecordings_whenOneIsTaken_thenNoMoreThan16MiBWait() throws Exception {
    List<RecordingFile> recordings = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      recordings.add(sparse("large-" + i, ReadAhead.LARGEST_BYTES));
    }
    List<String> taken = new ArrayList<>();

    try (ReadAhead<RecordingFile> ahead = ahead(recordings, taken, 8)) {
      ahead.next();
      assertThat(taken).hasSize(1 + 4);
      ahead.next();
      assertThat(taken).hasSize(1 + 5);
    }
  }

  @Test
  void givenARecordingThatGrows_whenFetched_thenNoMoreThanWasListedIsRead() throws Exception {
    List<RecordingFile> recordings = recordings("store", 2);
    Files.writeString(folder.resolve("1"), "bytes of 1 and more");

    try (ReadAhead<RecordingFile> ahead = ahead(recordings, new ArrayList<>(), 1)) {
      ahead.next();
      assertThat(text(ahead.next())).isEqualTo("bytes of 1");
    }
  }

  @Test
  void givenAStoreThatDoesNotAnswer_whenClosed_thenNoThreadWaitsForIt() throws Exception {
    store.answer = new CountDownLatch(1);

    try (ReadAhead<RecordingFile> ahead = ahead(recordings("store", 3), new ArrayList<>(), 2)) {
      ahead.next();
      store.opened();
    }

    assertThat(store.interrupted.await(TIMEOUT_S, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void givenWhatIsReadInPart_whenAskedForAllOfIt_thenItIsRefused() throws IOException {
    try (ReadAhead<RecordingFile> ahead =
        new ReadAhead<>(storage, recordings("store", 1).iterator(), one -> Optional.empty(), 2)) {
      assertThatIllegalStateException().isThrownBy(ahead.next()::open);
    }
    assertThat(store.timesOpened()).isZero();
  }

  private ReadAhead<RecordingFile> ahead(
      List<RecordingFile> recordings, List<String> taken, int ahead) {
    return new ReadAhead<>(
        storage,
        recordings.stream().peek(one -> taken.add(one.recording())).iterator(),
        Optional::of,
        ahead);
  }

  private List<RecordingFile> recordings(String scheme, int count) throws IOException {
    List<RecordingFile> recordings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path file = Files.writeString(folder.resolve("" + i), "bytes of " + i);
      recordings.add(
          new RecordingFile(scheme + "://" + file, "" + i, Files.size(file), 1_700_000_000_000L));
    }
    return recordings;
  }

  private RecordingFile sparse(String name, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.setLength(bytes);
    }
    return new RecordingFile("store://" + folder.resolve(name), name, bytes, 1_700_000_000_000L);
  }

  private static String text(ReadAhead.Fetched<RecordingFile> fetched) throws IOException {
    return new String(bytes(fetched), UTF_8);
  }

  private static byte[] bytes(ReadAhead.Fetched<RecordingFile> fetched) throws IOException {
    try (InputStream in = fetched.open()) {
      return in.readAllBytes();
    }
  }

  /** The local disk as a store. */
  public static final class Store extends RawLocalFileSystem {
    private static final URI NAME = URI.create("store:///");

    private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private volatile CountDownLatch answer = new CountDownLatch(0);

    @Override
    public URI getUri() {
      return NAME;
    }

    @Override
    public String getScheme() {
      return NAME.getScheme();
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      opened.add(file.getName());
      try {
        answer.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw new IOException(e);
      }
      return super.open(file, bufferSize);
    }

    private int timesOpened() {
      return opened.size();
    }

    /** Waits for the next one. */
    private String opened() throws InterruptedException {
      return opened.poll(TIMEOUT_S, TimeUnit.SECONDS);
    }
  }
}
