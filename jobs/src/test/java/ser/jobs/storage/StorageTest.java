package ser.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.UserError;

class StorageTest {
  private static final long LIMIT = 1 << 20;

  private final Storage storage = new Storage(new Configuration());

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.wav",
        "with space.wav",
        "50%20off.wav",
        "100%.wav",
        "take#2.wav",
        "what?.wav",
        "a*b.wav",
        "a[1].wav",
        "{a,b}.wav",
        "a:b.wav",
        "12:30:59.wav",
        "a\\b.wav",
        "a+b&c=d.wav",
        "Gespräch-日本-🎤.wav",
        "no extension",
        "sub folder/with#/50%/x.wav",
        "crc.crc"
      })
  void givenAnyName_whenListed_thenItIsTheRecordingsNameAndOpensIt(String name) throws IOException {
    put(name, "content of " + name);

    List<RecordingFile> found = storage.recordings(List.of(folder.toString()));

    assertThat(found).extracting(RecordingFile::recording).containsExactly(name);
    assertThat(found.get(0).sizeBytes()).isEqualTo(("content of " + name).getBytes(UTF_8).length);
    try (InputStream in = storage.open(found.get(0))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("content of " + name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "50%20", "a#b", "a[1]*", "a?b", "a:b", "ä,b"})
  void givenAnyFolderName_whenItIsTheInput_thenItIsLiteral(String name) throws IOException {
    put(name + "/x.wav", "x");
    put("50 /wrong.wav", "y");
    put("a1/wrong.wav", "y");

    assertThat(names(folder.resolve(name).toString())).containsExactly("x.wav");
    assertThat(names(folder.resolve(name) + "/")).containsExactly("x.wav");
  }

  @Test
  void givenNestedFolders_whenListed_thenNamesArePathsInOrder() throws IOException {
    put("b/2.wav", "x");
    put("b/10.wav", "x");
    put("a/deep/er/1.wav", "x");
    put("c.wav", "x");

    assertThat(names(folder.toString()))
        .containsExactly("a/deep/er/1.wav", "b/10.wav", "b/2.wav", "c.wav");
  }

  @Test
  void givenHiddenFilesAndFolders_whenListed_thenTheyArePassedOver() throws IOException {
    put("a.wav", "x");
    put(".hidden.wav", "x");
    put("_SUCCESS", "");
    put("_temporary/0/b.wav", "x");
    put("sub/.git/c.wav", "x");
    put("sub/.d.wav.crc", "x");

    assertThat(names(folder.toString())).containsExactly("a.wav");
  }

  @Test
  void givenAHiddenFolderAsTheInput_whenListed_thenItsFilesAreFound() throws IOException {
    put("_inbox/.today/a.wav", "x");

    assertThat(names(folder.resolve("_inbox/.today").toString())).containsExactly("a.wav");
  }

  @Test
  void givenLinks_whenListed_thenNamesAreThoseUnderTheInput() throws IOException {
    put("real/a.wav", "a");
    put("elsewhere/b.wav", "b");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("real/inner"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("real/c.wav"), folder.resolve("elsewhere/b.wav"));

    List<RecordingFile> found = storage.recordings(List.of(folder.resolve("link").toString()));

    assertThat(found)
        .extracting(RecordingFile::recording)
        .containsExactly("a.wav", "c.wav", "inner/b.wav");
    try (InputStream in = storage.open(found.get(2))) {
      assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("b");
    }
  }

  @Test
  void givenABrokenLink_whenListed_thenTheOthersAreFound() throws IOException {
    put("a.wav", "a");
    Files.createSymbolicLink(folder.resolve("broken.wav"), folder.resolve("nowhere"));

    assertThat(names(folder.toString())).containsExactly("a.wav");
  }

  @Test
  void givenALinkToItsOwnParent_whenListed_thenTheErrorNamesTheInput() throws IOException {
    put("a.wav", "a");
    Files.createSymbolicLink(folder.resolve("loop"), folder);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> names(folder.toString()))
        .withMessageContaining("loop")
        .withMessageContaining("link");
  }

  @ParameterizedTest
  @ValueSource(strings = {"one file#1.wav", "_named.wav"})
  void givenASingleFileAsTheInput_whenListed_thenItIsTheRecording(String name) throws IOException {
    put(name, "x");
    put("other.wav", "y");

    assertThat(names(folder.resolve(name).toString())).containsExactly(name);
  }

  @Test
  void givenSeveralInputs_whenListed_thenAllAreFoundInOneOrder() throws IOException {
    put("one/b.wav", "x");
    put("two/a.wav", "x");

    assertThat(
            storage.recordings(
                List.of(
                    folder.resolve("one").toString(), folder.resolve("two").toUri().toString())))
        .extracting(RecordingFile::recording)
        .containsExactly("a.wav", "b.wav");
  }

  @Test
  void givenTwoInputsWithOneName_whenListed_thenTheErrorNamesBoth() throws IOException {
    put("one/a.wav", "x");
    put("two/a.wav", "x");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                storage.recordings(
                    List.of(folder.resolve("one").toString(), folder.resolve("two").toString())))
        .withMessageContaining("one/a.wav")
        .withMessageContaining("two/a.wav")
        .withMessageContaining("common parent");
  }

  @Test
  void givenAnInputInsideAnother_whenListed_thenTheErrorSaysThatFilesWouldCountTwice()
      throws IOException {
    put("all/sub/a.wav", "x");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                storage.recordings(
                    List.of(
                        folder.resolve("all").toString(), folder.resolve("all/sub").toString())))
        .withMessageContaining("all/sub/a.wav")
        .withMessageContaining("twice");
  }

  @Test
  void givenAnEmptyFolder_whenListed_thenTheErrorNamesIt() throws IOException {
    put("_only/hidden.wav", "x");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> names(folder.toString()))
        .withMessageContaining(folder.toString())
        .withMessageContaining("no file in it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "missing*", "a:b"})
  void givenNoSuchFolder_whenListed_thenTheErrorNamesIt(String name) {
    String missing = folder.resolve(name).toString();

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> names(missing))
        .withMessageContaining(missing)
        .withMessageContaining("no such path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "", "s4a://bucket/x", "://x"})
  void givenWhatIsNoPath_whenListed_thenTheErrorNamesIt(String path) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> names(path))
        .withMessageContaining(path);
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
    assertThat(names(folder.toString())).containsExactly("report.json");
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

  private List<String> names(String input) {
    return storage.recordings(List.of(input)).stream().map(RecordingFile::recording).toList();
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
}
