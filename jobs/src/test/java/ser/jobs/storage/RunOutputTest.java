package ser.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import ser.jobs.error.UserError;

/** What a run adds, removes and says in its record. */
class RunOutputTest extends RunFolder {
  @Test
  void givenANewOutput_whenARunFinishes_thenItsRecordNamesExactlyItsFiles() {
    String runId = finished("features/a.parquet", "features/sub/b.parquet", "quarantine/c.parquet");

    JsonNode record = record(runId);
    assertThat(texts(record.at("/files/features")))
        .containsExactlyInAnyOrder("a.parquet", "sub/b.parquet");
    assertThat(texts(record.at("/files/quarantine"))).containsExactly("c.parquet");
    assertThat(record.path("run_id").asText()).isEqualTo(runId);
    assertThat(record.path("schema_version").asInt()).isEqualTo(1);
    assertThat(record.path("job").asText()).isEqualTo("extract");
    assertThat(Instant.parse(record.path("finished_at").asText()))
        .isAfterOrEqualTo(Instant.parse(record.path("started_at").asText()));
  }

  @Test
  void givenARun_whenItIsClosed_thenOnlyItsRecordIsLeftInRuns() {
    String runId = finished("features/a.parquet");

    assertThat(files("runs")).containsExactly(runId + ".json");
  }

  @Test
  void givenARun_whenItHasNotFinished_thenThereIsNoRecord() {
    try (RunOutput run = begin()) {
      write(run, "features/a.parquet");

      assertThat(files("runs")).containsExactly("_lock");
      assertThat(run.written("features")).hasSize(1);
    }
  }

  @Test
  void givenARunWithoutRows_whenItFinishes_thenItsRecordIsThere() {
    String runId = finished();

    assertThat(record(runId).path("files")).allSatisfy(names -> assertThat(names).isEmpty());
  }

  @Test
  void givenFilesThatHoldNoRows_whenARunFinishes_thenTheRecordDoesNotNameThem() {
    String runId =
        finished("features/a.parquet", "features/_SUCCESS", "features/_feature_spec.json");

    assertThat(texts(record(runId).at("/files/features"))).containsExactly("a.parquet");
    assertThat(files("features"))
        .containsExactlyInAnyOrder("a.parquet", "_SUCCESS", "_feature_spec.json");
  }

  @Test
  void givenAFinishedRun_whenTheNextBegins_thenItsFilesStay() {
    String first = finished("features/a.parquet", "quarantine/b.parquet");

    try (RunOutput next = begin()) {
      write(next, "features/c.parquet");

      assertThat(files("features")).containsExactlyInAnyOrder("a.parquet", "c.parquet");
      assertThat(files("quarantine")).containsExactly("b.parquet");
      assertThat(files("runs")).contains(first + ".json");
      assertThat(next.written("features"))
          .singleElement()
          .asString()
          .endsWith("/" + own(next, "c.parquet"));
    }
  }

  @Test
  void givenAFinishedRun_whenTheNextFinishes_thenItsRecordNamesTheFilesOfBoth() {
    String first = finished("features/a.parquet", "quarantine/b.parquet");

    String second = finished("features/c.parquet");

    assertThat(files("features")).containsExactlyInAnyOrder("a.parquet", "c.parquet");
    assertThat(files("runs")).containsExactlyInAnyOrder(first + ".json", second + ".json");
    JsonNode record = record(second);
    assertThat(texts(record.at("/files/features"))).containsExactly("a.parquet", "c.parquet");
    assertThat(texts(record.at("/files/quarantine"))).containsExactly("b.parquet");
    assertThat(texts(record.at("/added/features"))).containsExactly("c.parquet");
    assertThat(record.at("/removed/features")).isEmpty();
  }

  @Test
  void givenAFinishedRun_whenTheNextReplacesAll_thenOnlyItsOwnFilesAreLeft() {
    finished("features/a.parquet", "quarantine/b.parquet", "features/_feature_spec.json");

    String second = replacing("features/c.parquet");

    assertThat(files("features")).containsExactlyInAnyOrder("c.parquet", "_feature_spec.json");
    assertThat(files("quarantine")).isEmpty();
    assertThat(texts(record(second).at("/files/features"))).containsExactly("c.parquet");
    assertThat(texts(record(second).at("/removed/features"))).containsExactly("a.parquet");
    assertThat(texts(record(second).at("/removed/quarantine"))).containsExactly("b.parquet");
  }

  @Test
  void givenFilesThatARunRemoves_whenItFinishes_thenThoseAreGoneAndTheOthersStay() {
    finished("features/a.parquet", "features/b.parquet");

    try (RunOutput run = begin()) {
      List<String> before = run.before("features");
      assertThat(before.stream().map(RunOutputTest::plain))
          .containsExactly(output + "/features/a.parquet", output + "/features/b.parquet");
      run.remove("features", before.subList(0, 1));
      assertThat(files("features")).as("before it finishes").contains("a.parquet");
      write(run, "features/c.parquet");
      run.finish(facts());

      assertThat(texts(record(run.runId()).at("/files/features")))
          .containsExactly("b.parquet", "c.parquet");
    }
    assertThat(files("features")).containsExactlyInAnyOrder("b.parquet", "c.parquet");
  }

  @Test
  void givenAFileThatWasNotThere_whenARunRemovesIt_thenItIsRefused() {
    try (RunOutput run = begin()) {
      write(run, "features/own.parquet");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> run.remove("features", run.written("features")))
          .withMessageContaining(own(run, "own.parquet"));
    }
  }

  /** The clock of another machine, or of this one before it was set right. */
  @Test
  void givenARunOfTheFuture_whenTheNextFinishes_thenItIsTheLastAllTheSame() throws IOException {
    String future = "29990101T000000000Z-0123abcd";
    String first = finished("features/a.parquet");
    Files.move(
        output.resolve("runs/" + first + ".json"), output.resolve("runs/" + future + ".json"));

    String second = finished("features/b.parquet");

    assertThat(second).isGreaterThan(future).startsWith("29990101T000000001Z-");
    finished("features/c.parquet");
    assertThat(files("features")).containsExactlyInAnyOrder("a.parquet", "b.parquet", "c.parquet");
  }

  @Test
  void givenFilesOfNobody_whenARunBegins_thenItIsRefusedAndTheyStay() {
    write("features/of-the-user.parquet");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(this::begin)
        .withMessageContaining("features/of-the-user.parquet")
        .withMessageContaining("give another --output");
    assertThat(files("features")).containsExactly("of-the-user.parquet");
  }

  @Test
  void givenTablesOfSeveralRunsWithoutRecords_whenARunBegins_thenItIsRefusedAndTheyStay()
      throws IOException {
    String first = finished("features/a.parquet");
    String second = finished("features/b.parquet");
    Files.delete(output.resolve("runs/" + first + ".json"));
    Files.delete(output.resolve("runs/" + second + ".json"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(this::begin)
        .withMessageContaining("are of several runs")
        .withMessageContaining("Put the records back");
    assertThat(files("features")).containsExactlyInAnyOrder("a.parquet", "b.parquet");
  }

  @Test
  void givenAnEmptyRecord_whenARunBegins_thenItIsRefusedAndTheFilesStay() throws IOException {
    String first = finished("features/a.parquet");
    Path record = output.resolve("runs/" + first + ".json");
    for (String content : List.of("", "{}", "[]")) {
      Files.writeString(record, content);

      assertThatExceptionOfType(UserError.class)
          .isThrownBy(this::begin)
          .withMessageContaining(record.toString())
          .withMessageContaining("it names no files");
      assertThat(files("features")).containsExactly("a.parquet");
    }
  }

  @Test
  void givenSomebodysFileAmongTheRecords_whenRunsFinish_thenItIsNone() throws IOException {
    finished("features/a.parquet");
    write("runs/latest.json");

    finished("features/b.parquet");
    finished("features/c.parquet");

    assertThat(files("features")).containsExactlyInAnyOrder("a.parquet", "b.parquet", "c.parquet");
    assertThat(files("runs")).contains("latest.json");
  }

  @Test
  void givenTwoRuns_whenNamed_thenIdsDifferAndBeginWithTheirTime() {
    String first = finished();
    String second = finished();

    assertThat(first).matches("\\d{8}T\\d{9}Z-[0-9a-f]{8}").isNotEqualTo(second);
  }

  @Test
  void givenAFileThatTheRecordNames_whenItIsGone_thenTheNextRunIsRefusedAndChangesNothing()
      throws IOException {
    String run = finished("features/a.parquet", "features/sub/b.parquet", "quarantine/c.parquet");
    Files.delete(output.resolve("features/sub/b-" + run + ".parquet"));
    write("features/left.parquet");
    List<String> before = files("");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(this::begin)
        .withMessageContaining("Cannot write to " + output + ": 1 files")
        .withMessageContaining(output + "/features/sub/b-" + run + ".parquet")
        .withMessageNotContaining("\n");
    assertThat(files("")).isEqualTo(before);
  }

  @Test
  void givenAPartition_whenItsLastFileIsLetGo_thenNothingIsLeftOfItsName() {
    finished("features/agent=jane/day=1/a.parquet", "features/agent=joe/day=1/b.parquet");

    try (RunOutput run = begin()) {
      run.remove(
          "features",
          run.before("features").stream().filter(file -> file.contains("jane")).toList());
      run.finish(facts());
    }

    assertThat(output.resolve("features/agent=jane")).doesNotExist();
    assertThat(files("features")).containsExactly("agent=joe/day=1/b.parquet");
  }
}
