package ser.jobs.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.error.UserError;
import ser.jobs.run.JobOutcome;

class CorpusDownloadTest {
  private static final Http.Patience LITTLE =
      new Http.Patience(3, Duration.ofMillis(1), Duration.ofSeconds(5));

  private static final Map<String, byte[]> RECORDINGS =
      Map.of("Actor_01/a.wav", noise(1, 30_000), "Actor_02/b c%20ü.wav", noise(2, 40_000));

  @TempDir Path folder;

  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();
  private Publisher publisher;
  private Path to;

  @BeforeEach
  void start() {
    publisher = new Publisher();
    to = folder.resolve("corpus with space");
  }

  @AfterEach
  void stop() {
    publisher.close();
  }

  @Test
  void givenARecord_whenDownloaded_thenItsRecordingsAreThereAndNothingElse() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>(RECORDINGS);
    entries.put("README.txt", noise(3, 100));
    entries.put("__MACOSX/Actor_01/._a.wav", noise(4, 100));
    publishZip(Publisher.zip(entries), "md5");

    JobOutcome outcome = download("zenodo");

    assertThat(visible()).isEqualTo(RECORDINGS.keySet());
    for (Map.Entry<String, byte[]> recording : RECORDINGS.entrySet()) {
      assertThat(to.resolve(recording.getKey())).hasBinaryContent(recording.getValue());
    }
    assertThat(outcome.facts())
        .containsEntry("recordings", 2)
        .containsEntry("bytes", 70_000L)
        .containsEntry("licence", "CC-BY-4.0");
    assertThat(to.resolve("_ser_corpus.json")).content().contains("CC-BY-4.0", "sha256");
    assertThat(to.resolve("_download")).doesNotExist();
    assertThat(text()).contains("A corpus", "http://page", "CC-BY-4.0: name them");
  }

  @Test
  void givenACacheAroundTheTarget_whenDownloaded_thenNothingElseIsRemovedFromIt()
      throws IOException {
    publishZip(Publisher.zip(RECORDINGS), "md5");
    to = folder.resolve("mine");
    Path others = Files.writeString(folder.resolve("other.wav"), "of the user");
    CorpusDownload.Request plain = request("zenodo", publisher.address("/record"), "", false);

    new CorpusDownload(
            new CorpusDownload.Request(
                plain.corpus(),
                plain.to(),
                Optional.of(folder.toString()),
                plain.registry(),
                plain.dryRun()),
            LITTLE,
            out())
        .run(new Configuration());

    assertThat(visible()).isEqualTo(RECORDINGS.keySet());
    assertThat(others).exists();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("mine", "other.wav", "registry.conf");
    }
  }

  @Test
  void givenAllIsThere_whenDownloadedAgain_thenNobodyIsAsked() throws IOException {
    publishZip(Publisher.zip(RECORDINGS), "md5");
    download("zenodo");
    publisher.requests.clear();

    JobOutcome again = download("zenodo");

    assertThat(publisher.requests).isEmpty();
    assertThat(again.facts()).containsEntry("recordings", 2).containsEntry("downloaded_bytes", 0L);
  }

  @Test
  void givenNotesBesideTheRecordings_whenDownloadedAgain_thenNobodyIsAsked() throws IOException {
    publishZip(Publisher.zip(RECORDINGS), "md5");
    download("zenodo");
    Files.writeString(to.resolve("notes.txt"), "listen to a.wav");
    publisher.requests.clear();

    JobOutcome again = download("zenodo");

    assertThat(publisher.requests).isEmpty();
    assertThat(again.facts()).containsEntry("recordings", 2).containsEntry("downloaded_bytes", 0L);
  }

  @Test
  void givenAFileInTheWay_whenDownloaded_thenItIsTheUsersMistake() throws IOException {
    publishZip(Publisher.zip(RECORDINGS), "md5");
    Files.writeString(to.getParent().resolve("file"), "");
    to = to.getParent().resolve("file/corpus");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> download("zenodo"))
        .withMessageContaining(to.toString());
  }

  @Test
  void givenARecordingWasLost_whenDownloadedAgain_thenItIsFetched() throws IOException {
    publishZip(Publisher.zip(RECORDINGS), "md5");
    download("zenodo");
    Files.delete(to.resolve("Actor_01/a.wav"));

    download("zenodo");

    assertThat(visible()).isEqualTo(RECORDINGS.keySet());
  }

  @Test
  void givenConnectionsThatBreak_whenDownloaded_thenItGoesOnWhereItWas() throws IOException {
    publishZip(Publisher.zip(RECORDINGS), "md5").cutting("/c.zip", 40_000, 20_000, 5_000);

    download("zenodo");

    // A client may lose what had come but was not yet read when its connection broke.
    List<Integer> from = publisher.offsets("/c.zip");
    assertThat(from).hasSize(4).startsWith(0).isSorted();
    assertThat(from.get(1)).isBetween(1, 40_000);
    assertThat(from.get(2)).isBetween(from.get(1), from.get(1) + 20_000);
    assertThat(from.get(3)).isBetween(from.get(2), from.get(2) + 5_000);
    assertThat(visible()).isEqualTo(RECORDINGS.keySet());
  }

  @Test
  void givenARunThatGaveUp_whenStartedAgain_thenItGoesOnWhereItWas() throws IOException {
    publishZip(Publisher.zip(RECORDINGS), "md5").cutting("/c.zip", 40_000, 0, 0, 0, 0);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> download("zenodo"))
        .withStackTraceContaining("3 times in a row");
    assertThat(visible()).isEmpty();
    long came = Files.size(to.resolve("_download/c.zip.part"));
    publisher.requests.clear();
    publisher.cutting("/c.zip");

    download("zenodo");

    assertThat(publisher.requests).containsExactly("/record", "/c.zip bytes=" + came + "-");
    assertThat(visible()).isEqualTo(RECORDINGS.keySet());
  }

  @Test
  void givenAFileThatChangesMeanwhile_whenResumed_thenItIsFetchedFromTheBeginning()
      throws IOException {
    byte[] before = Publisher.zip(Map.of("Actor_01/old.wav", noise(7, 50_000)));
    publishZip(before, "none").cutting("/c.zip", 10_000, 0, 0);
    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> download("files"));
    byte[] after = Publisher.zip(RECORDINGS);
    publisher.changed("/c.zip", after).cutting("/c.zip");

    download("files");

    assertThat(visible()).isEqualTo(RECORDINGS.keySet());
  }

  @Test
  void givenAServerThatIsBusy_whenDownloaded_thenItIsAskedAgain() throws IOException {
    publishZip(Publisher.zip(RECORDINGS), "sha256")
        .answering("/record", 503, 429)
        .answering("/c.zip", 500);

    download("zenodo");

    assertThat(visible()).isEqualTo(RECORDINGS.keySet());
  }

  @Test
  void givenAWrongChecksum_whenDownloaded_thenNothingIsUnpackedAndWhatCameIsRemoved()
      throws IOException {
    publishZip(Publisher.zip(RECORDINGS), "md5");
    publisher.with("/c.zip", corrupted(Publisher.zip(RECORDINGS)));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> download("zenodo"))
        .withMessageContaining("/c.zip")
        .withMessageContaining("checksum")
        .withMessageContaining("try again");

    assertThat(visible()).isEmpty();
    assertThat(to.resolve("_download/c.zip")).doesNotExist();
    publishZip(Publisher.zip(RECORDINGS), "md5");
    download("zenodo");
    assertThat(visible()).isEqualTo(RECORDINGS.keySet());
  }

  @Test
  void givenNoChecksum_whenDownloaded_thenItIsSaidAndTheSeenOneIsShown() throws Exception {
    byte[] zip = Publisher.zip(RECORDINGS);
    publishZip(zip, "none");

    download("files");

    assertThat(text()).contains("cannot be verified", hex("SHA-256", zip));
    assertThat(visible()).isEqualTo(RECORDINGS.keySet());
  }

  @Test
  void givenNoSuchFile_whenDownloaded_thenTheAddressIsNamedAtOnce() throws IOException {
    publishZip(Publisher.zip(RECORDINGS), "md5").answering("/c.zip", 404, 404, 404);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> download("zenodo"))
        .withMessageContaining("/c.zip: the server answers 404")
        .withMessageContaining("--registry");
    assertThat(publisher.requests).containsExactly("/record", "/c.zip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.wav",
        "Actor_01/../../evil.wav",
        "/evil.wav",
        "a\\..\\evil.wav",
        "C:/e.wav"
      })
  void givenAHostileArchive_whenDownloaded_thenNothingOfItIsUnpacked(String name)
      throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>(RECORDINGS);
    entries.put(name, noise(5, 10));
    publishZip(Publisher.zip(entries), "md5");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> download("zenodo"))
        .withMessageContaining("'%s' leads out of the folder", name);
    assertThat(visible()).isEmpty();
    assertThat(folder.resolve("evil.wav")).doesNotExist();
  }

  @Test
  void givenAnArchiveThatIsNone_whenDownloaded_thenItIsRefused() throws IOException {
    publishZip(noise(6, 5_000), "md5");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> download("zenodo"))
        .withMessageContaining("no sound zip archive");
  }

  @Test
  void givenADataverse_whenDownloaded_thenEachFileIsVerifiedAndOnlyMissingOnesAreFetched()
      throws Exception {
    byte[] one = noise(1, 2_000);
    byte[] other = noise(2, 3_000);
    publisher
        .with(
            "/api/datasets/x",
            """
            {"data":{"latestVersion":{"files":[
              {"directoryLabel":"OAF","dataFile":{"id":7,"filename":"a.wav","filesize":2000,"md5":"%s"}},
              {"dataFile":{"id":8,"filename":"b.wav","filesize":3000,
                "checksum":{"type":"SHA-1","value":"%s"}}},
              {"dataFile":{"id":9,"filename":"readme.txt","filesize":3}}]}}}
            """
                .formatted(hex("MD5", one), hex("SHA-1", other)))
        .with("/api/access/datafile/7", one)
        .with("/api/access/datafile/8", corrupted(other));
    String address = publisher.address("/api/datasets/x");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> download("dataverse", address, ""))
        .withMessageContaining("datafile/8");
    publisher.with("/api/access/datafile/8", other).requests.clear();

    download("dataverse", address, "");

    assertThat(visible()).containsExactlyInAnyOrder("OAF/a.wav", "b.wav");
    assertThat(publisher.requests)
        .containsOnlyOnce("/api/access/datafile/8")
        .doesNotContain("/api/access/datafile/9");
  }

  @Test
  void givenARepositoryWithPointers_whenDownloaded_thenTheFilesBehindThemAreVerified()
      throws Exception {
    byte[] bytes = noise(1, 2_000);
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 2000\n"
            .formatted(hex("SHA-256", bytes));
    publisher
        .with(
            "/archive",
            Publisher.zip(
                Map.of("repo-master/AudioWAV/1 a.wav", pointer.getBytes(StandardCharsets.UTF_8))))
        .with("/media/AudioWAV/1 a.wav", bytes);

    download("git-lfs", publisher.address("/archive"), publisher.address("/media"));

    assertThat(to.resolve("AudioWAV/1 a.wav")).hasBinaryContent(bytes);
    assertThat(visible()).containsExactly("AudioWAV/1 a.wav");
  }

  @Test
  void givenADryRun_whenDownloaded_thenNothingIsWritten() throws IOException {
    publishZip(Publisher.zip(RECORDINGS), "md5");

    JobOutcome outcome =
        new CorpusDownload(request("zenodo", publisher.address("/record"), "", true), LITTLE, out())
            .run(new Configuration());

    assertThat(outcome.status()).isEqualTo(JobOutcome.Status.DRY_RUN);
    assertThat(outcome.facts())
        .containsEntry("files", 1)
        .containsEntry("bytes", (long) Publisher.zip(RECORDINGS).length);
    assertThat(to).doesNotExist();
  }

  @Test
  void givenAnotherCorpusInTheFolder_whenDownloaded_thenItIsRefused() throws IOException {
    Files.createDirectories(to);
    Files.writeString(to.resolve("_ser_corpus.json"), "{\"corpus\":\"emodb\"}");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> download("zenodo"))
        .withMessageContaining("'emodb' is there");
  }

  private Publisher publishZip(byte[] zip, String algorithm) {
    String checksum =
        algorithm.equals("none")
            ? ""
            : ",\"checksum\":\"%s:%s\""
                .formatted(algorithm, hex(algorithm.replace("sha", "SHA-"), zip));
    String record =
        "{\"files\":[{\"key\":\"other.zip\",\"links\":{\"self\":\"%s\"}},{\"key\":\"c.zip\",\"size\":%d,\"links\":{\"self\":\"%s\"}%s}]}"
            .formatted(
                publisher.address("/other.zip"), zip.length, publisher.address("/c.zip"), checksum);
    return publisher.with("/record", record).with("/c.zip", zip);
  }

  private JobOutcome download(String kind) throws IOException {
    return download(kind, publisher.address(kind.equals("files") ? "/c.zip" : "/record"), "");
  }

  private JobOutcome download(String kind, String address, String media) throws IOException {
    return new CorpusDownload(request(kind, address, media, false), LITTLE, out())
        .run(new Configuration());
  }

  private CorpusDownload.Request request(String kind, String address, String media, boolean dryRun)
      throws IOException {
    Path registry =
        Files.writeString(
            folder.resolve("registry.conf"),
            """
            mine {
              title = "A corpus", licence = "CC-BY-4.0", terms = "name them", page = "http://page"
              source = %s, address = "%s", media = "%s"
              files = "c\\\\.zip|.*\\\\.wav", checksums {}, recordings = ".*\\\\.wav"
            }
            """
                .formatted(kind, address, media));
    return new CorpusDownload.Request(
        "mine", to.toString(), Optional.empty(), Optional.of(registry.toString()), dryRun);
  }

  private PrintStream out() {
    return new PrintStream(notes, true, StandardCharsets.UTF_8);
  }

  private String text() {
    return notes.toString(StandardCharsets.UTF_8);
  }

  /** What extract would see. */
  private java.util.Set<String> visible() throws IOException {
    if (!Files.exists(to)) {
      return java.util.Set.of();
    }
    try (Stream<Path> files = Files.walk(to)) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> to.relativize(file).toString())
              .filter(name -> !name.startsWith("_"))
              .toList();
      return java.util.Set.copyOf(names);
    }
  }

  private static byte[] noise(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] corrupted(byte[] bytes) {
    byte[] other = bytes.clone();
    other[bytes.length / 2] ^= 1;
    return other;
  }

  private static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
