package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
  void givenFinishedRun_whenScoredAgain_thenItsRowsAreReplaced(TrainedModel model) {
    Path input = folder.resolve("again");
    TestRecordings.write(input.resolve("a.wav"), TestRecordings.voice(200, 0.1, 1, 5));
    output.score(model, input).done();

    SerRun second = output.score(model, input).done();

    assertThat(output.windows())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.get("run_id")).isEqualTo(second.result().path("run_id").asText()));
    assertThat(output.calls()).hasSize(1);
    assertThat(output.folder().resolve("_work")).doesNotExist();
  }
}
