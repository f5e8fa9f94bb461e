package ser.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.FaultyFileSystem;
import ser.jobs.error.UserError;

class RecordingWalkTest {
  private static final List<String> TABLES = List.of("calls", "quarantine");

  private final Storage storage = new Storage(new Configuration());

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/out", "/a/../out", "/x/_y/../out"})
  void givenAnOutputInAnInput_whenOpened_thenBothAreNamed(String output) throws IOException {
    put("a/x.wav", "x");
    try (RecordingWalk walk = RecordingWalk.open(storage, List.of(folder.toString()))) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> walk.requireOutside(storage, folder + output, TABLES))
          .withMessageContaining("Cannot write to %s", folder + output)
          .withMessageContaining("input " + folder);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/_out", "/a/.out/x", "/ab", "", "/b"})
  void givenAnOutputThatNoWalkWouldFind_whenOpened_thenItIsAllowed(String output)
      throws IOException {
    put("a/x.wav", "x");
    try (RecordingWalk walk = RecordingWalk.open(storage, List.of(folder + "/a"))) {
      assertThatNoException()
          .isThrownBy(() -> walk.requireOutside(storage, folder + output, TABLES));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls", "calls/2026"})
  void givenAnInputWhereATableOfTheOutputStands_whenOpened_thenBothAreNamed(String input)
      throws IOException {
    put(input + "/x.wav", "x");
    try (RecordingWalk walk = RecordingWalk.open(storage, List.of(folder + "/" + input))) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> walk.requireOutside(storage, folder.toString(), TABLES))
          .withMessageContaining("from %s/%s", folder, input)
          .withMessageContaining("the table 'calls' of --output " + folder);
      assertThatNoException()
          .isThrownBy(() -> walk.requireOutside(storage, folder + "/out", TABLES));
    }
  }

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

    List<RecordingFile> found = recordings(List.of(folder.toString()));

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
    try (RecordingWalk walk = RecordingWalk.open(storage, List.of(folder.toString()))) {
      walk.forEachRemaining(file -> {});
      // Folders count as one.
      assertThat(walk.passedOver().orElseThrow()).startsWith("5 files or folders");
    }
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

    List<RecordingFile> found = recordings(List.of(folder.resolve("link").toString()));

    assertThat(found)
        .extracting(RecordingFile::recording)
        .containsExactly("a.wav", "c.wav", "inner/b.wav");
    try (InputStream in = storage.open(found.get(2))) {
      assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("b");
    }
  }

  @Test
  void givenABrokenLink_whenListed_thenItIsARecordingWithoutBytes() throws IOException {
    put("a.wav", "a");
    Files.createSymbolicLink(folder.resolve("broken.wav"), folder.resolve("nowhere"));
    Files.createSymbolicLink(folder.resolve("circle.wav"), folder.resolve("circle.wav"));

    List<RecordingFile> found = recordings(List.of(folder.toString()));

    assertThat(found)
        .extracting(RecordingFile::recording)
        .containsExactly("a.wav", "broken.wav", "circle.wav");
    for (RecordingFile broken : found.subList(1, 3)) {
      assertThat(broken.sizeBytes()).isZero();
      assertThat(broken.modifiedMs()).isEqualTo(RecordingFile.UNREACHABLE_MS);
      try (InputStream in = storage.open(broken)) {
        assertThat(in.readAllBytes()).isEmpty();
      }
    }
  }

  @Test
  void givenAFile_whenListed_thenItsTimeIsThatOfTheFile() throws IOException {
    put("a.wav", "a");
    Files.setLastModifiedTime(folder.resolve("a.wav"), FileTime.fromMillis(1_700_000_000_123L));
    Files.createSymbolicLink(folder.resolve("b.wav"), folder.resolve("a.wav"));

    assertThat(recordings(List.of(folder.toString())))
        .extracting(RecordingFile::modifiedMs)
        .containsExactly(1_700_000_000_123L, 1_700_000_000_123L);
  }

  @Test
  void givenAnotherFileSystem_whenListed_thenItIsTheSame() throws IOException {
    put("b/2.wav", "xy");
    put("_hidden/3.wav", "x");
    Configuration listedByHadoop = new Configuration();
    listedByHadoop.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    Storage other = new Storage(listedByHadoop);

    try (RecordingWalk walk =
        RecordingWalk.open(other, List.of("faulty://" + folder.toUri().getPath()))) {
      RecordingFile file = walk.next();

      assertThat(file.recording()).isEqualTo("b/2.wav");
      assertThat(file.sizeBytes()).isEqualTo(2);
      assertThat(file.modifiedMs())
          .isEqualTo(Files.getLastModifiedTime(folder.resolve("b/2.wav")).toMillis());
      assertThat(walk.hasNext()).isFalse();
    }
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
            recordings(
                List.of(
                    folder.resolve("one").toString(), folder.resolve("two").toUri().toString())))
        .extracting(RecordingFile::recording)
        .containsExactly("a.wav", "b.wav");
  }

  @ParameterizedTest
  @ValueSource(strings = {"all/sub", "all/sub/a.wav", "all", "all/"})
  void givenAnInputInsideAnother_whenListed_thenTheErrorSaysThatItWouldCountTwice(String inner)
      throws IOException {
    put("all/sub/a.wav", "x");
    put("all/subordinate/b.wav", "x");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () -> recordings(List.of(folder.resolve("all").toString(), folder + "/" + inner)))
        .withMessageContaining("/" + inner)
        .withMessageContaining("twice");
    assertThat(
            recordings(
                List.of(
                    folder.resolve("all/sub").toString(),
                    folder.resolve("all/subordinate").toString())))
        .hasSize(2);
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

  private List<String> names(String input) {
    return recordings(List.of(input)).stream().map(RecordingFile::recording).toList();
  }

  /** In the order of their names. */
  private List<RecordingFile> recordings(List<String> inputs) {
    List<RecordingFile> found = new ArrayList<>();
    try (RecordingWalk walk = RecordingWalk.open(storage, inputs)) {
      walk.forEachRemaining(found::add);
    }
    found.sort(Comparator.comparing(RecordingFile::recording));
    return found;
  }

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
