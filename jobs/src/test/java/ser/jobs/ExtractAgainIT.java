package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;

/** {@code ser extract} on an output that has rows already: what is read, replaced and left. */
class ExtractAgainIT {
  private static final Take HAPPY = new Take(1, Emotion.HAPPY, 1, 1, 1);
  private static final Take SAD = new Take(1, Emotion.SAD, 1, 1, 1);
  private static final Take ANGRY = new Take(1, Emotion.ANGRY, 1, 1, 1);
  private static final Take CALM = new Take(2, Emotion.CALM, 1, 1, 1);

  @TempDir private static Path root;

  private static Path folder;
  private static Path input;
  private static ExtractedOutput output;
  private static List<Map<String, Object>> firstRows;
  private static FolderSnapshot extracted;

  /** Three good recordings in one file of the table, and two broken ones. */
  @BeforeAll
  static void extractOnce() {
    folder = root.resolve("tested");
    input = folder.resolve("in");
    output = new ExtractedOutput(folder.resolve("out"));
    TestRecordings.write(input, HAPPY, 0.6);
    TestRecordings.write(input, SAD, 0.6);
    TestRecordings.write(input, ANGRY, 0.6);
    TestRecordings.writeText(input.resolve("text.wav"));
    TestRecordings.write(input.resolve("empty.wav"), new byte[0]);
    extract().done();
    firstRows = output.features();
    assertThat(firstRows).hasSize(3);
    assertThat(output.reasons())
        .containsExactly("empty.wav empty_file", "text.wav not_audio_container");
    extracted = FolderSnapshot.of(folder);
  }

  @BeforeEach
  void restore() {
    extracted.restore();
  }

  @Test
  void givenNothingNew_whenExtractedAgain_thenNothingIsReadOrWrittenAndItSaysSo()
      throws IOException {
    List<Path> before = output.files();
    Path link = Files.createSymbolicLink(folder.resolve("unreadable"), input);

    // Through a file system that cannot open what is called so.
    SerRun run =
        SerRun.of(
            "extract",
            "--input",
            "faulty://" + link,
            "--output",
            output.folder().toString(),
            "--set",
            "ser.extract.max-failed-share=0");

    JsonNode result = run.done().result();
    assertThat(result.path("recordings").asInt()).isEqualTo(5);
    assertThat(result.path("unchanged").asInt()).isEqualTo(5);
    assertThat(result.has("run_id")).as("an id without a record").isFalse();
    assertThat(result.path("rows").asInt()).isZero();
    assertThat(result.path("quarantined").asInt()).isZero();
    assertThat(result.path("duplicates").asInt()).isZero();
    assertThat(result.path("audio_seconds").asDouble()).isZero();
    assertThat(output.files()).isEqualTo(before);
  }

  @Test
  void givenANewRecording_whenExtractedAgain_thenItsRowIsAddedAndTheOldFilesStay() {
    List<Path> before = output.featuresTable().files();
    TestRecordings.write(input, CALM, 0.6);

    JsonNode result = extract().done().result();

    assertThat(result.path("rows").asInt()).isEqualTo(1);
    assertThat(result.path("unchanged").asInt()).isEqualTo(5);
    assertThat(output.recordings()).contains(CALM.name()).hasSize(4);
    assertThat(output.featuresTable().files()).containsAll(before);
    assertThat(output.features()).containsAll(firstRows);
    assertThat(output.records()).hasSize(2);
  }

  @Test
  void givenAChangedRecording_whenExtractedAgain_thenItsRowIsReplacedAndTheOthersStay() {
    TestRecordings.write(input.resolve(SAD.name()), SAD.clip(0.9));

    JsonNode result = extract().done().result();

    assertThat(result.path("rows").asInt()).isEqualTo(1);
    assertThat(result.path("unchanged").asInt()).isEqualTo(4);
    assertThat(output.recordings()).hasSize(3).doesNotHaveDuplicates();
    assertThat(ExtractedOutput.row(output.features(), SAD.name()).get("duration_s")).isEqualTo(0.9);
    assertThat(without(output.features(), SAD)).isEqualTo(without(firstRows, SAD));
    requireRecordIsRight("features");
  }

  @Test
  void givenARelativeOutput_whenRowsAreReplacedForgottenAndPutTogether_thenEachWorks() {
    String relative =
        Path.of("").toAbsolutePath().relativize(output.folder().toAbsolutePath()).toString();
    TestRecordings.write(input.resolve(SAD.name()), SAD.clip(0.9));
    TestRecordings.write(input, CALM, 0.6);

    SerRun.of("extract", "--input", input.toString(), "--output", relative).done();
    assertThat(ExtractedOutput.row(output.features(), SAD.name()).get("duration_s")).isEqualTo(0.9);
    SerRun.of("forget", "--output", relative, "--recording", HAPPY.name()).done();
    SerRun.of("compact", "--output", relative).done();

    assertThat(output.recordings())
        .containsExactlyInAnyOrder(SAD.name(), ANGRY.name(), CALM.name());
  }

  @Test
  void givenAnotherInputWithTheSameName_whenExtracted_thenItIsRefusedAndNothingIsLost()
      throws IOException {
    List<Path> before = output.files();
    Path other = folder.resolve("other day");
    TestRecordings.write(other.resolve(SAD.name()), SAD.clip(0.9));

    for (String[] more : new String[][] {{}, {"--dry-run"}}) {
      SerRun run = extract(other, more);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.complaint())
          .contains(other + "/" + SAD.name(), "'%s'".formatted(SAD.name()), "common parent");
      assertThat(output.files()).isEqualTo(before);
    }
  }

  @Test
  void givenWhatHasChanged_whenRunDry_thenItSaysHowMuchWouldBeRead() {
    List<Path> before = output.files();
    TestRecordings.write(input.resolve(SAD.name()), SAD.clip(0.9));
    TestRecordings.write(input, CALM, 0.6);

    JsonNode plan = extract(input, "--dry-run").done().result();

    assertThat(plan.path("recordings").asInt()).isEqualTo(6);
    assertThat(plan.path("unchanged").asInt()).isEqualTo(4);
    assertThat(plan.path("to_read").asInt()).isEqualTo(2);
    assertThat(plan.path("rows_per_recording").asDouble()).isEqualTo(1);
    assertThat(output.files()).isEqualTo(before);
  }

  @Test
  void givenARenamedRecording_whenExtractedAgain_thenTheWarningSaysSoWithoutNames()
      throws IOException {
    Path renamed = input.resolve("new").resolve(SAD.name());
    Files.createDirectories(renamed.getParent());
    Files.move(input.resolve(SAD.name()), renamed);

    SerRun run = extract(input, "--set", "ser.extract.max-failed-share=1").done();

    assertThat(output.reasons()).contains("new/" + SAD.name() + " duplicate");
    assertThat(run.result().path("warning").asText())
        .contains("1 recordings are copies", "duplicate_of")
        .doesNotContain(SAD.name());
  }

  @Test
  void givenATouchedRecording_whenExtractedAgain_thenItIsReadAgain() throws IOException {
    FileTime later = FileTime.fromMillis(1_900_000_000_321L);
    Files.setLastModifiedTime(input.resolve(SAD.name()), later);

    assertThat(extract().done().result().path("rows").asInt()).isEqualTo(1);

    Map<String, Object> row = ExtractedOutput.row(output.features(), SAD.name());
    assertThat(row.get("source_modified")).isEqualTo(1_900_000_000_321_000L);
    assertThat(ParquetTable.without(output.features(), "source_modified"))
        .isEqualTo(ParquetTable.without(firstRows, "source_modified"));
  }

  @Test
  void givenAllRecordingsChanged_whenExtractedAgain_thenNothingOldIsLeft() {
    for (Take take : List.of(HAPPY, SAD, ANGRY)) {
      TestRecordings.write(input, take, 0.8);
    }
    List<Path> before = output.featuresTable().files();

    extract().done();

    assertThat(output.features().stream().map(row -> row.get("duration_s")))
        .containsExactly(0.8, 0.8, 0.8);
    assertThat(output.featuresTable().files()).doesNotContainAnyElementsOf(before);
    requireRecordIsRight("features");
  }

  @Test
  void givenARecordingThatBreaks_whenExtractedAgain_thenItMovesToTheQuarantineAndBack() {
    TestRecordings.writeText(input.resolve(SAD.name()));
    extract(input, "--set", "ser.extract.max-failed-share=1").done();
    assertThat(output.recordings()).containsExactly(HAPPY.name(), ANGRY.name());
    assertThat(output.reasons())
        .containsExactly(
            SAD.name() + " not_audio_container",
            "empty.wav empty_file",
            "text.wav not_audio_container");

    TestRecordings.write(input, SAD, 0.6);
    TestRecordings.write(input.resolve("empty.wav"), ANGRY.clip(0.8));
    extract().done();

    assertThat(ParquetTable.without(output.features(), "source_modified"))
        .isEqualTo(ParquetTable.without(firstRows, "source_modified"));
    assertThat(output.reasons())
        .containsExactly("empty.wav unlabelled", "text.wav not_audio_container");
    requireRecordIsRight("quarantine");
  }

  @Test
  void givenARecordingThatIsGone_whenExtractedAgain_thenItsRowStays() throws IOException {
    Files.delete(input.resolve(SAD.name()));
    TestRecordings.write(input, CALM, 0.6);

    extract().done();

    assertThat(output.features()).hasSize(4).containsAll(firstRows);
  }

  @Test
  void givenALinkToNothing_whenExtractedAgain_thenTheRowStaysUntilThereIsSomethingAgain()
      throws IOException {
    Path link = input.resolve(SAD.name());
    Files.delete(link);
    Path elsewhere = folder.resolve("elsewhere.wav");
    Files.createSymbolicLink(link, elsewhere);
    Path unknown = input.resolve(CALM.name());
    Files.createDirectories(unknown.getParent());
    Files.createSymbolicLink(unknown, elsewhere);

    extract(input, "--set", "ser.extract.max-failed-share=1").done();
    extract(input, "--reprocess-quarantine", "--set", "ser.extract.max-failed-share=1").done();

    assertThat(output.features()).containsExactlyInAnyOrderElementsOf(firstRows);
    assertThat(output.reasons()).contains(CALM.name() + " empty_file").hasSize(3);

    Files.delete(unknown);
    TestRecordings.write(elsewhere, SAD.clip(0.9));
    extract().done();

    assertThat(ExtractedOutput.row(output.features(), SAD.name()).get("duration_s")).isEqualTo(0.9);
  }

  @Test
  void givenUnchangedQuarantine_whenReprocessed_thenOnlyItIsTriedAgain() {
    List<Path> features = output.featuresTable().files();

    SerRun run =
        extract(input, "--reprocess-quarantine", "--set", "ser.extract.max-failed-share=1");

    assertThat(run.done().result().path("unchanged").asInt()).isEqualTo(3);
    assertThat(run.result().path("quarantined").asInt()).isEqualTo(2);
    assertThat(output.featuresTable().files()).isEqualTo(features);
    assertThat(output.quarantine())
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.get("run_id")).isEqualTo(runId(run)));
  }

  @Test
  void givenLimitsThatWereTooStrict_whenReprocessed_thenTheRecordingIsInTheTable() {
    Path strict = folder.resolve("strict");
    ExtractedOutput target = new ExtractedOutput(strict);
    TestRecordings.write(input, CALM, 0.9);
    String limit = "ser.extract.max-duration-s=";
    String share = "ser.extract.max-failed-share=1";
    target.extract(input, "--set", limit + 0.7, "--set", share).done();
    assertThat(target.reasons()).contains(CALM.name() + " too_long");

    target.extract(input, "--set", limit + 2, "--set", share).done();
    assertThat(target.reasons()).as("without asking").contains(CALM.name() + " too_long");
    target.extract(input, "--set", limit + 2, "--set", share, "--reprocess-quarantine").done();

    assertThat(target.recordings()).hasSize(4).contains(CALM.name());
    assertThat(target.quarantine()).hasSize(2);
  }

  @Test
  void givenFailuresOfEarlierRuns_whenExtractedAgain_thenOnlyThisRunsCount() {
    TestRecordings.write(input, CALM, 0.6);

    assertThat(extract(input, "--set", "ser.extract.max-failed-share=0").exitCode()).isZero();

    TestRecordings.writeText(input.resolve("new.wav"));
    assertThat(extract(input, "--set", "ser.extract.max-failed-share=0.9").exitCode()).isEqualTo(3);
  }

  @Test
  void givenOtherFeatureSettings_whenExtractedAgain_thenItIsRefusedAndNothingIsWritten() {
    List<Path> before = output.files();
    TestRecordings.write(input, CALM, 0.6);
    for (String dryRun : new String[] {"", "--dry-run"}) {
      SerRun run =
          extract(
              input,
              dryRun.isEmpty()
                  ? new String[] {"--set", "ser.features.hop-length-samples=256"}
                  : new String[] {"--set", "ser.features.hop-length-samples=256", dryRun});

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).hasSize(1);
      assertThat(run.complaint())
          .contains(output.folder() + "/features", "hop_length 512 and 256", "--output");
      assertThat(output.files()).isEqualTo(before);
    }
  }

  @Test
  void givenFilesOfSeveralRuns_whenOneRecordingChanges_thenOnlyItsFileIsWrittenAgain() {
    TestRecordings.write(input, CALM, 0.6);
    extract().done();
    List<Path> before = output.featuresTable().files();
    assertThat(before).hasSize(2);
    TestRecordings.write(input, CALM, 0.9);

    extract().done();

    assertThat(output.recordings()).hasSize(4);
    List<Path> after = output.featuresTable().files();
    assertThat(after).hasSize(2);
    assertThat(before.stream().filter(after::contains)).hasSize(1);
    requireRecordIsRight("features");
  }

  /** The last record names what is there, and what the run has added and removed. */
  private void requireRecordIsRight(String removedFrom) {
    List<Path> records = output.records();
    JsonNode last = TrainedModel.json(records.get(records.size() - 1));
    for (ParquetTable table : List.of(output.featuresTable(), output.quarantineTable())) {
      String name = table.folder().getFileName().toString();
      assertThat(last.path("files").path(name))
          .map(file -> table.folder().resolve(file.asText()))
          .containsExactlyElementsOf(table.files());
      assertThat(last.path("removed").path(name))
          .allSatisfy(file -> assertThat(table.folder().resolve(file.asText())).doesNotExist());
      for (JsonNode file : last.path("added").path(name)) {
        assertThat(table.files()).contains(table.folder().resolve(file.asText()));
      }
    }
    assertThat(last.path("removed").path(removedFrom)).isNotEmpty();
  }

  private static SerRun extract() {
    return extract(input, "--set", "ser.extract.max-failed-share=0.5");
  }

  private static SerRun extract(Path from, String... more) {
    return output.extract(from, more);
  }

  private static List<Map<String, Object>> without(List<Map<String, Object>> rows, Take take) {
    return rows.stream().filter(row -> !row.get("recording").equals(take.name())).toList();
  }

  private static String runId(SerRun run) {
    return run.result().path("run_id").asText();
  }
}
