package ser.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.error.UserError;

class StorageTest {
  private static final long LIMIT = 1 << 20;

  private final Storage storage = new Storage(new Configuration());

  @TempDir private Path folder;

  @Test
  void givenAFolder_whenAFileIsWrittenThere_thenItIsRefusedAndTheFolderIsAsItWas()
      throws IOException {
    Path taken = Files.createDirectory(folder.resolve("model.onnx"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> storage.write(taken.toString(), new byte[] {1}))
        .withMessageContainingAll(taken.toString(), "a folder stands there");
    assertThat(taken).isEmptyDirectory();
  }

  @Test
  void givenWrittenBytes_whenRead_thenTheyAreTheSame() {
    String file = folder.resolve("new folder/50% #1.json").toString();

    storage.write(file, "first, and longer".getBytes(UTF_8));
    storage.write(file, "second".getBytes(UTF_8));

    assertThat(storage.read(file, LIMIT)).asString(UTF_8).isEqualTo("second");
  }

  @Test
  void givenAFile_whenReplaced_thenNothingElseIsLeft() throws IOException {
    String file = folder.resolve("report.json").toString();

    storage.write(file, "first".getBytes(UTF_8));
    storage.write(file, "second".getBytes(UTF_8));

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("report.json");
    }
  }

  @Test
  void givenAFileThatWasChangedByOthers_whenRead_thenItIsReadAsItIs() throws IOException {
    String file = folder.resolve("report.json").toString();
    storage.write(file, "first".getBytes(UTF_8));

    put("report.json", "other");

    assertThat(storage.read(file, LIMIT)).asString(UTF_8).isEqualTo("other");
  }

  @Test
  void givenAReaderMeanwhile_whenReplaced_thenItSeesOneVersionOrTheOther() {
    String file = folder.resolve("lock").toString();
    byte[] one = content((byte) '1', 70_000);
    byte[] two = content((byte) '2', 50_000);
    storage.write(file, one);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 40; i++) {
                storage.write(file, i % 2 == 0 ? two : one);
              }
            });

    int reads = 0;
    while (!writer.isDone() || reads == 0) {
      assertThat(storage.read(file, LIMIT)).as("read %d", reads++).isIn(one, two);
    }

    writer.join();
  }

  @Test
  void givenAFileWhereAFolderIsNeeded_whenWritten_thenTheErrorNamesThePath() throws IOException {
    put("out", "x");
    String file = folder.resolve("out/runs/_lock").toString();

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> storage.write(file, new byte[1]))
        .withMessageContaining(file);
  }

  @Test
  void givenAFolderOrALargeFileOrNone_whenRead_thenTheErrorSaysWhich() throws IOException {
    put("large", "12345");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> storage.read(folder.toString(), LIMIT))
        .withMessageContaining("a folder, not a file");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> storage.read(folder.resolve("large").toString(), 4))
        .withMessageContaining("5 bytes");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> storage.read(folder.resolve("none").toString(), LIMIT))
        .withMessageContaining("no such path");
  }

  @Test
  void givenAFolder_whenItsFilesAreListed_thenHiddenOnesAreThereAndAMissingOneHasNone()
      throws IOException {
    put("t/_SUCCESS", "");
    put("t/sub/a b.parquet", "x");

    assertThat(storage.files(folder.resolve("t").toString()))
        .extracting(file -> file.substring(file.lastIndexOf("/t/") + 3))
        .containsExactlyInAnyOrder("_SUCCESS", "sub/a b.parquet");
    assertThat(storage.files(folder.resolve("none").toString())).isEmpty();
  }

  @Test
  void givenAListedFile_whenDeleted_thenItIsGoneAndDeletingAgainIsNoFault() throws IOException {
    put("a#b %20.parquet", "x");
    String file = storage.files(folder.toString()).get(0);

    storage.delete(file);
    storage.delete(file);

    assertThat(storage.exists(file)).isFalse();
  }

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static byte[] content(byte value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, value);
    return bytes;
  }

  @Test
  void givenALockThatComesAndGoes_whenFilesAreListed_thenTheOthersAreNamed() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/stays"), "x");
    AtomicBoolean listed = new AtomicBoolean();
    CompletableFuture<Void> holder =
        CompletableFuture.runAsync(
            () -> {
              while (!listed.get()) {
                storage.write(folder + "/a/_lock", new byte[1]);
                storage.delete(folder + "/a/_lock");
              }
            });

    for (int i = 0; i < 200; i++) {
      assertThat(storage.files(folder.toString()))
          .filteredOn(file -> !file.contains("_lock"))
          .containsExactly("file:" + folder.resolve("a/b/stays"));
    }
    listed.set(true);
    holder.join();
  }
}
