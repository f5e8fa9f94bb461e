package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;

/** {@code ser forget} on an output of extract. */
class ForgetIT {
  private static final Take HAPPY = new Take(1, Emotion.HAPPY, 1, 1, 1);
  private static final Take SAD = new Take(1, Emotion.SAD, 1, 1, 1);
  private static final Take CALM = new Take(2, Emotion.CALM, 1, 1, 1);

  @TempDir private static Path root;

  private static Path folder;
  private static Path input;
  private static ExtractedOutput output;
  private static List<Map<String, Object>> features;
  private static FolderSnapshot extracted;

  /** Two recordings in one file of the table, one in another; a copy, and one that is broken. */
  @BeforeAll
  static void extract() {
    folder = root.resolve("tested");
    input = folder.resolve("in");
    output = new ExtractedOutput(folder.resolve("out"));
    TestRecordings.write(input, HAPPY, 0.6);
    TestRecordings.write(input, SAD, 0.6);
    TestRecordings.writeText(input.resolve("text.wav"));
    TestRecordings.write(input.resolve("copy"), SAD, 0.6);
    output.extract(input, "--set", "ser.extract.max-failed-share=1").done();
    TestRecordings.write(input, CALM, 0.6);
    output.extract(input).done();
    features = output.features();
    assertThat(features).hasSize(3);
    assertThat(output.reasons())
        .containsExactlyInAnyOrder(copyOf(keptOf()) + " duplicate", "text.wav not_audio_container");
    extracted = FolderSnapshot.of(folder);
  }

  @BeforeEach
  void restore() {
    extracted.restore();
  }

  @Test
  void givenAName_whenForgotten_thenItsRowsAndThoseOfItsCopyAreGoneAndTheOthersAreAsTheyWere()
      throws IOException {
    String kept = keptOf();
    List<String> metadata = output.featuresTable().columns();

    JsonNode result = forget("--recording", kept).done().result();

    assertThat(result.path("job").asText()).isEqualTo("forget");
    assertThat(result.path("recordings").asInt()).isEqualTo(2);
    assertThat(result.path("rows").asInt()).isEqualTo(2);
    assertThat(result.at("/rows_by_table/features").asInt()).isEqualTo(1);
    assertThat(result.at("/rows_by_table/quarantine").asInt()).isEqualTo(1);
    assertThat(output.features())
        .hasSize(2)
        .isEqualTo(features.stream().filter(row -> !row.get("recording").equals(kept)).toList());
    assertThat(output.reasons()).containsExactly("text.wav not_audio_container");
    assertThat(output.featuresTable().columns()).isEqualTo(metadata);
    assertThat(output.featuresTable().files())
        .allSatisfy(
            file ->
                assertThat(
                        ParquetTable.metadata(file)
                            .getKeyValueMetaData()
                            .get("org.apache.spark.sql.parquet.row.metadata"))
                    .contains("feature_spec", "hop_length"));
    assertThat(output.folder().resolve("features/_feature_spec.json")).exists();
    requireNoTraceOf(kept);
    // The lists of the last record are what the next run goes by.
    output.extract(input).done();
    assertThat(output.features()).hasSize(3);
  }

  @Test
  void givenAForgottenName_whenForgottenAgain_thenExitCode2InOneLineAndNothingIsChanged() {
    forget("--recording", keptOf()).done();
    List<Path> before = output.files();

    SerRun again = forget("--recording", "text.wav", "--recording", SAD.name() + "x");

    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.out()).isEmpty();
    assertThat(again.err()).hasSize(1);
    assertThat(again.complaint())
        .contains("'" + SAD.name() + "x'", output.folder().toString(), "no recording");
    assertThat(output.files()).isEqualTo(before);
  }

  @Test
  void givenAPatternOfAll_whenForgotten_thenTheTablesAreEmptyAndHaveTheirColumns() {
    List<String> columns = output.featuresTable().columns();

    JsonNode result = forget("--recording", "**").done().result();

    assertThat(result.path("recordings").asInt()).isEqualTo(5);
    assertThat(output.features()).isEmpty();
    assertThat(output.quarantine()).isEmpty();
    assertThat(output.featuresTable().columns()).isEqualTo(columns);
    assertThat(output.quarantineTable().columns()).hasSize(7);
  }

  @Test
  void givenDryRun_whenForgotten_thenTheRowsAreCountedAndNothingIsChanged() {
    List<Path> before = output.files();

    JsonNode result = forget("--recording", "**/*.wav", "--dry-run").done().result();

    assertThat(result.path("status").asText()).isEqualTo("dry-run");
    assertThat(result.at("/rows_by_table/features").asInt()).isPositive();
    assertThat(output.files()).isEqualTo(before);
    assertThat(forget("--recording", "nobody", "--dry-run").exitCode()).isEqualTo(2);
  }

  @Test
  void givenATime_whenThoseBeforeAreForgotten_thenOnlyOlderFilesAreAndNoneIsNoMistake()
      throws IOException {
    Path old = input.resolve(CALM.name());
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2020-02-03T04:05:06Z")));
    output.extract(input).done();

    JsonNode none = forget("--before", "2020-02-03").done().result();
    assertThat(none.path("rows").asInt()).isZero();
    assertThat(none.has("run_id")).as("an id without a record").isFalse();
    assertThat(
            forget("--before", "2020-02-04", "--recording", SAD.name().substring(0, 2) + "**")
                .done()
                .result()
                .path("recordings")
                .asInt())
        .isEqualTo(1);

    assertThat(output.recordings()).hasSize(2).doesNotContain(CALM.name());
    assertThat(output.quarantine()).hasSize(2);
  }

  @Test
  void givenNoOutputOfARun_whenForgotten_thenExitCode2AndNothingIsWritten() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    SerRun run = SerRun.of("forget", "--output", empty.toString(), "--recording", "*");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaint()).contains(empty.toString(), "ser extract");
    try (Stream<Path> files = Files.list(empty)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void givenANameWithACommaAndAStar_whenForgotten_thenItMeansThatRecordingAlone() {
    TestRecordings.writeText(input.resolve("a,*.wav"));
    TestRecordings.writeText(input.resolve("a,b.wav"));
    output.extract(input, "--set", "ser.extract.max-failed-share=1").done();

    forget("--recording", "a,*.wav").done();

    assertThat(output.reasons())
        .contains("a,b.wav not_audio_container")
        .doesNotContain("a,*.wav not_audio_container");
  }

  @Test
  void givenARunThatIsKilledBeforeItsRecord_whenTheNextBegins_thenTheRowsAreAsBefore()
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of("forget", "--output", "faulty://" + output.folder(), "--recording", keptOf());

    assertThat(
            SerProcess.killedAt(
                "rename 1 .*/runs/[0-9].*json", folder.resolve("killed.log"), arguments))
        .isEqualTo(137);

    List<Path> records = output.records();
    JsonNode files = TrainedModel.json(records.get(records.size() - 1)).at("/files/features");
    assertThat(files)
        .as("files of the last record")
        .hasSize(2)
        .allSatisfy(
            file -> assertThat(output.featuresTable().folder().resolve(file.asText())).exists());
    SerProcess.unlock(output.folder());
    assertThat(SerRun.of("compact", "--output", output.folder().toString()).exitCode()).isZero();
    assertThat(output.features()).isEqualTo(features);

    forget("--recording", keptOf()).done();
    assertThat(output.features()).hasSize(2);
  }

  @Test
  void givenARunThatIsKilledWhileItWritesItsLastTable_whenReadByTheFolder_thenNoRowIsThereTwice()
      throws IOException, InterruptedException {
    List<Path> before = featuresFolder();
    List<String> arguments =
        List.of("forget", "--output", "faulty://" + output.folder(), "--recording", keptOf());

    assertThat(
            SerProcess.killedAt(
                "create 1 .*/quarantine/_temporary/.*parquet",
                folder.resolve("killed.log"),
                arguments))
        .isEqualTo(137);

    assertThat(featuresFolder()).isEqualTo(before);
    SerProcess.unlock(output.folder());
    forget("--recording", keptOf()).done();
    assertThat(output.features()).hasSize(2);
  }

  /** Without what is not committed. */
  private List<Path> featuresFolder() throws IOException {
    try (Stream<Path> files = Files.list(output.featuresTable().folder())) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private SerRun forget(String... more) {
    return SerRun.of(
        Stream.concat(Stream.of("forget", "--output", output.folder().toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  /** Of the two that have the same audio, the one that has features. */
  private static String keptOf() {
    return (String)
        features.stream()
            .map(row -> row.get("recording"))
            .filter(name -> ((String) name).endsWith(SAD.name()))
            .findFirst()
            .orElseThrow();
  }

  private static String copyOf(String kept) {
    return kept.startsWith("copy/") ? SAD.name() : "copy/" + SAD.name();
  }

  /** In no file of the output but those that Parquet has packed, which other tests read. */
  private void requireNoTraceOf(String recording) throws IOException {
    assertThat(output.folder().resolve("report.html")).doesNotExist();
    for (Path file : output.files()) {
      if (!file.toString().endsWith(".parquet")) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .as("%s", file)
            .doesNotContain(recording);
      }
    }
  }
}
