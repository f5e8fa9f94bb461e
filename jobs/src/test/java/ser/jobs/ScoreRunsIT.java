package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.features.audio.Clip;

/** {@code ser score}: channels, failures and what is only tried. */
@ExtendWith(TrainedModel.Provider.class)
class ScoreRunsIT {
  @TempDir Path folder;

  private ScoredOutput output;

  @BeforeEach
  void chooseOutput() {
    output = new ScoredOutput(folder.resolve("out"));
  }

  @Test
  void givenOnlyRecordingsOfTwoChannels_whenScoredWithNoneNamed_thenExitCode2NamesTheKey(
      TrainedModel model) {
    Path input = folder.resolve("stereo");
    TestRecordings.writeStereo(
        input.resolve("call.wav"),
        TestRecordings.silence(1.2),
        TestRecordings.voice(200, 0.1, 1.2, 5));

    SerRun unnamed = output.score(model, input);

    assertThat(unnamed.exitCode()).isEqualTo(2);
    assertThat(unnamed.err()).hasSize(1);
    assertThat(unnamed.out()).isEmpty();
    assertThat(unnamed.complaint())
        .contains(input.toString(), "ser.score.customer-channel", "unlawful");

    SerRun named = output.score(model, input, "--set", "ser.score.customer-channel=1").done();

    assertThat(named.result().path("quarantined").asInt()).isZero();
    assertThat(output.windows())
        .singleElement()
        .satisfies(
            row -> assertThat(row).containsEntry("channel", 1).containsEntry("speech", true));
    assertThat(output.quarantine()).isEmpty();

    output.score(model, input, "--set", "ser.score.customer-channel=0").done();

    assertThat(output.windows())
        .singleElement()
        .satisfies(
            row -> assertThat(row).containsEntry("channel", 0).containsEntry("speech", false));

    output.score(model, input, "--set", "ser.score.customer-channel=mixed").done();

    // The mean of all has no number.
    assertThat(output.windows())
        .singleElement()
        .satisfies(
            row -> assertThat(row).containsEntry("channel", -1).containsEntry("speech", true));
    assertThat(output.calls())
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("channel", -1));
  }

  @Test
  void givenStereoAmongMono_whenScoredWithNoneNamed_thenItIsQuarantinedButDoesNotCountAsFailed(
      TrainedModel model) {
    Path input = folder.resolve("mixed");
    Clip voice = TestRecordings.voice(200, 0.1, 1.2, 5);
    TestRecordings.writeStereo(input.resolve("stereo.wav"), voice, voice);
    TestRecordings.write(input.resolve("mono.wav"), voice);

    SerRun run = output.score(model, input, "--set", "ser.score.max-failed-share=0").done();

    assertThat(run.result().path("rows").asInt()).isEqualTo(1);
    assertThat(output.quarantine())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row)
                  .containsEntry("recording", "stereo.wav")
                  .containsEntry("reason", "channel_not_named");
              assertThat((String) row.get("detail")).contains("ser.score.customer-channel");
            });
  }

  @Test
  void givenMoreFailedThanAllowed_whenScored_thenExitCode3AndTheTablesAreWritten(
      TrainedModel model) {
    Path input = folder.resolve("failing");
    TestRecordings.write(input.resolve("good.wav"), TestRecordings.voice(200, 0.1, 1, 5));
    TestRecordings.writeText(input.resolve("text.wav"));

    SerRun run = output.score(model, input, "--set", "ser.score.max-failed-share=0.4");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.result().path("status").asText()).isEqualTo("too-many-failed");
    assertThat(output.windows()).hasSize(1);
    assertThat(output.calls()).hasSize(1);
  }

  @Test
  void givenStorageThatFails_whenScored_thenTheRunFailsNamingTheFile(TrainedModel model) {
    Path input = folder.resolve("faulty");
    Path file =
        TestRecordings.write(input.resolve("unreadable.wav"), TestRecordings.voice(200, 0.1, 1, 5));

    SerRun run = output.score(model, "faulty://" + input);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.complaint()).contains(file.toString(), "Connection reset by peer");
    assertThat(new ParquetTable(output.folder()).files()).isEmpty();
  }

  @Test
  void givenDryRun_whenScored_thenCountsAreShownAndNothingIsWritten(TrainedModel model) {

    Path input = folder.resolve("dry");
    TestRecordings.write(input.resolve("a.wav"), TestRecordings.voice(200, 0.1, 1, 5));
    TestRecordings.writeText(input.resolve("b.wav"));

    SerRun run = output.score(model, input, "--dry-run").done();

    assertThat(run.result().path("status").asText()).isEqualTo("dry-run");
    assertThat(run.result().path("recordings").asInt()).isEqualTo(2);
    assertThat(run.result().path("bytes").asLong()).isPositive();
    assertThat(output.folder()).doesNotExist();
  }

  @Test
  void givenNothingNew_whenScoredAgain_thenNothingIsReadAndTheTablesStay(TrainedModel model)
      throws IOException {
    Path input = folder.resolve("again");
    Path file = TestRecordings.write(input.resolve("a.wav"), TestRecordings.voice(200, 0.1, 1, 5));
    TestRecordings.writeText(input.resolve("b.wav"));
    String[] half = {"--set", "ser.score.max-failed-share=0.5"};
    output.score(model, input, half).done();
    List<Map<String, Object>> windows = output.windows();
    List<Path> records = records();
    FileTime modified = Files.getLastModifiedTime(file);
    // Whoever read it would find no audio.
    Files.write(file, new byte[Math.toIntExact(Files.size(file))]);
    Files.setLastModifiedTime(file, modified);

    SerRun second = output.score(model, input, half).done();

    assertThat(second.result().path("unchanged").asInt()).isEqualTo(2);
    assertThat(second.result().path("rows").asInt()).isZero();
    assertThat(second.result().has("run_id")).as("an id without a record").isFalse();
    assertThat(output.windows()).isEqualTo(windows);
    assertThat(output.quarantine()).hasSize(1);
    assertThat(records()).isEqualTo(records);
    assertThat(output.folder().resolve("_work")).doesNotExist();
  }

  @Test
  void givenNewAndChangedRecordings_whenScoredAgain_thenOnlyTheirRowsAreMadeAnew(
      TrainedModel model) {
    Path input = folder.resolve("more");
    TestRecordings.write(input.resolve("stays.wav"), TestRecordings.voice(200, 0.1, 1, 5));
    TestRecordings.write(input.resolve("changes.wav"), TestRecordings.voice(200, 0.1, 1, 6));
    TestRecordings.writeText(input.resolve("mends.wav"));
    String first = runId(output.score(model, input, "--set", "ser.score.max-failed-share=1"));
    TestRecordings.write(input.resolve("changes.wav"), TestRecordings.voice(200, 0.1, 4, 6));
    TestRecordings.write(input.resolve("mends.wav"), TestRecordings.voice(200, 0.1, 1, 7));
    TestRecordings.write(input.resolve("new.wav"), TestRecordings.voice(200, 0.1, 1, 8));

    SerRun run = output.score(model, input);
    String second = runId(run);

    assertThat(run.result().path("unchanged").asInt()).isEqualTo(1);
    assertThat(output.calls().stream().map(row -> row.get("recording") + " " + row.get("run_id")))
        .containsExactly(
            "changes.wav " + second,
            "mends.wav " + second,
            "new.wav " + second,
            "stays.wav " + first);
    assertThat(output.windows().stream().map(row -> row.get("recording")))
        .containsExactly("changes.wav", "changes.wav", "mends.wav", "new.wav", "stays.wav");
    assertThat(output.segments().stream().map(row -> row.get("recording")).distinct())
        .containsExactly("changes.wav", "mends.wav", "new.wav", "stays.wav");
    assertThat(output.quarantine()).isEmpty();
  }

  @Test
  void givenALinkToNothing_whenScoredAgain_thenItsRowsStay(TrainedModel model) throws IOException {
    Path input = folder.resolve("linked");
    TestRecordings.write(input.resolve("stays.wav"), TestRecordings.voice(200, 0.1, 1, 5));
    Path target =
        TestRecordings.write(folder.resolve("target.wav"), TestRecordings.voice(200, 0.1, 1, 6));
    Files.createSymbolicLink(input.resolve("link.wav"), target);
    output.score(model, input).done();
    List<Map<String, Object>> calls = output.calls();
    Files.delete(target);

    SerRun again = output.score(model, input).done();

    assertThat(again.result().path("unchanged").asInt()).isEqualTo(2);
    assertThat(output.calls()).hasSize(2).isEqualTo(calls);
    assertThat(output.quarantine()).isEmpty();
  }

  @Test
  void givenAnotherModel_whenScored_thenItsRowsStandBesideThoseOfTheFirst(TrainedModel model)
      throws IOException {
    Path input = folder.resolve("two-models");
    TestRecordings.write(input.resolve("a.wav"), TestRecordings.voice(200, 0.1, 1, 5));
    output.score(model, input).done();

    output.scoreBy(another(model).toString(), input.toString()).done();

    assertThat(output.calls())
        .hasSize(2)
        .extracting(row -> row.get("model_id"))
        .doesNotHaveDuplicates();
    assertThat(output.windows()).hasSize(2);
    assertThat(output.score(model, input).done().result().path("unchanged").asInt()).isEqualTo(1);
    assertThat(output.calls()).hasSize(2);
  }

  @Test
  void givenARecordingThatIsGoneWhenItIsRead_whenScored_thenTheOthersAreScoredAndItIsCounted(
      TrainedModel model) {
    Path input = folder.resolve("moved");
    TestRecordings.write(input.resolve("a.wav"), TestRecordings.voice(200, 0.1, 1, 5));
    TestRecordings.write(input.resolve("vanishing.wav"), TestRecordings.voice(210, 0.1, 1, 6));

    SerRun run =
        output.score(model, "faulty://" + input, "--set", "ser.score.max-failed-share=0.5").done();

    assertThat(run.result().path("vanished").asInt()).isOne();
    assertThat(run.result().path("calls").asInt()).isOne();
    assertThat(output.quarantine()).isEmpty();
    assertThat(output.score(model, "faulty://" + input).done().result().path("recordings").asInt())
        .isOne();
  }

  @Test
  void givenTwoModels_whenOneScoresByOtherRules_thenTheRowsOfTheOtherStay(TrainedModel model)
      throws IOException {
    Path input = folder.resolve("two-models-two-rules");
    TestRecordings.write(input.resolve("a.wav"), TestRecordings.voice(200, 0.1, 1, 5));
    output.score(model, input).done();
    List<Map<String, Object>> first = output.windows();
    String other = another(model).toString();
    output.scoreBy(other, input.toString()).done();

    output.scoreBy(other, input.toString(), "--set", "ser.score.abstain-below=1").done();

    assertThat(output.windows())
        .hasSize(2)
        .containsAll(first)
        .anySatisfy(row -> assertThat(row).containsEntry("emotion", null));
    assertThat(output.calls()).hasSize(2);
    assertThat(output.score(model, input).done().result().path("unchanged").asInt()).isOne();
    // Of a recording that is another one now, nothing that was said before is true.
    TestRecordings.write(input.resolve("a.wav"), TestRecordings.voice(220, 0.1, 1.5, 5));
    output.score(model, input).done();
    assertThat(output.calls()).hasSize(1);
  }

  @Test
  void givenTwoModelsOfOtherChannels_whenOneCannotTellTheChannel_thenTheOtherScoresIt(
      TrainedModel model) throws IOException {
    Path input = folder.resolve("two-channels");
    Clip voice = TestRecordings.voice(200, 0.1, 1, 5);
    TestRecordings.write(input.resolve("mono.wav"), voice);
    String[] first = {"--set", "ser.score.customer-channel=0"};
    String other = another(model).toString();
    output.score(model, input, first).done();
    output.scoreBy(other, input.toString()).done();
    TestRecordings.writeStereo(input.resolve("stereo.wav"), voice, voice);
    output.scoreBy(other, input.toString()).done();
    assertThat(output.quarantine()).hasSize(1);

    output.score(model, input, first).done();

    assertThat(output.calls()).hasSize(3);
    assertThat(output.score(model, input, first).done().result().path("unchanged").asInt())
        .isEqualTo(2);
  }

  @Test
  void givenOtherRules_whenScoredAgain_thenAllIsScoredByThem(TrainedModel model) {
    Path input = folder.resolve("rules");
    TestRecordings.write(input.resolve("a.wav"), TestRecordings.voice(200, 0.1, 1, 5));
    output.score(model, input).done();

    output.score(model, input, "--set", "ser.score.abstain-below=1").done();

    assertThat(output.windows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row).containsEntry("speech", true).containsEntry("emotion", null);
              assertThat(row.get("confidence")).isNotNull();
            });
    assertThat(output.calls())
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("abstained_share", 1.0));
    assertThat(output.segments()).isEmpty();
  }

  @Test
  void givenOnlyNewRecordingsOfTwoChannels_whenScoredWithNoneNamed_thenTheyAreQuarantined(
      TrainedModel model) {
    Path input = folder.resolve("nightly");
    Clip voice = TestRecordings.voice(200, 0.1, 1, 5);
    TestRecordings.write(input.resolve("mono.wav"), voice);
    output.score(model, input).done();
    TestRecordings.writeStereo(input.resolve("stereo.wav"), voice, voice);

    assertThat(output.score(model, input).done().result().path("quarantined").asInt()).isOne();

    assertThat(output.quarantine()).hasSize(1);
    assertThat(output.calls()).hasSize(1);
  }

  @Test
  void givenTwoModelsOfOtherRules_whenOneScoresAgain_thenTheQuarantineIsLeftAlone(
      TrainedModel model) throws IOException {
    Path input = folder.resolve("two-rules");
    TestRecordings.write(input.resolve("a.wav"), TestRecordings.voice(200, 0.1, 1, 5));
    TestRecordings.writeText(input.resolve("b.wav"));
    String[] half = {"--set", "ser.score.max-failed-share=1"};
    output.score(model, input, half).done();
    output
        .scoreBy(
            another(model).toString(),
            input.toString(),
            half[0],
            half[1],
            "--set",
            "ser.score.hop-s=0.5")
        .done();

    SerRun again = output.score(model, input, half).done();

    assertThat(again.result().path("unchanged").asInt()).isEqualTo(2);
  }

  private Path another(TrainedModel model) throws IOException {
    byte[] bytes = Files.readAllBytes(model.file());
    // The last weight a little different: the id is the file's hash.
    bytes[bytes.length - 4] ^= 1;
    return Files.write(folder.resolve("other.safetensors"), bytes);
  }

  private static String runId(SerRun run) {
    return run.done().result().path("run_id").asText();
  }

  private List<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(output.folder().resolve("runs"))) {
      return files.sorted().toList();
    }
  }
}
