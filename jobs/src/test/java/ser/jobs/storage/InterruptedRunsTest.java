package ser.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import ser.jobs.error.UserError;

/** What is left of runs that were killed, failed, or lost their lock. */
class InterruptedRunsTest extends RunFolder {
  @Test
  void givenAnUnfinishedRun_whenTheNextBegins_thenItsFilesAreRemoved() {
    RunOutput killed = begin();
    write(killed, "features/half.parquet");
    write(killed, "features/_temporary/0/quarter.parquet");
    write(killed, "quarantine/half.parquet");
    killed.close();

    try (RunOutput next = begin()) {
      assertThat(files("features")).isEmpty();
      assertThat(files("quarantine")).isEmpty();
      assertThat(next.written("features")).isEmpty();
    }
  }

  @Test
  void givenWorkOfARun_whenItIsClosedOrTheNextBegins_thenItIsGone() {
    try (RunOutput run = begin()) {
      storage.write(run.work() + "/listing/x.json.gz", new byte[3]);
      storage.write(output + "/_work/killed/listing/x.json.gz", new byte[3]);
    }
    assertThat(files("_work")).containsExactly("killed/listing/x.json.gz");

    try (RunOutput run = begin()) {
      assertThat(files("_work")).isEmpty();
      storage.write(run.work() + "/listing/x.json.gz", new byte[3]);
    }
    assertThat(output.resolve("_work")).doesNotExist();
  }

  @Test
  void givenAFinishedRun_whenTheNextIsClosedWithoutFinishing_thenItIsUntouched() {
    String first = finished("features/a.parquet", "quarantine/b.parquet");
    JsonNode before = record(first);

    RunOutput killed = begin();
    write(killed, "features/half.parquet");
    killed.close();

    assertThat(files("features")).contains("a.parquet");
    assertThat(files("quarantine")).containsExactly("b.parquet");
    assertThat(files("runs")).containsExactly(first + ".json");
    assertThat(record(first)).isEqualTo(before);

    begin().close();
    assertThat(files("features")).as("after the next one began").containsExactly("a.parquet");
  }

  @Test
  void givenARunKilledBetweenItsRecordAndTheRemoval_whenTheNextBegins_thenItRemovesThem() {
    String first = finished("features/a.parquet");
    replacing("features/b.parquet");
    write("features/a-" + first + ".parquet");

    begin().close();

    assertThat(files("features")).containsExactly("b.parquet");
  }

  @Test
  void givenARunThatLostItsLock_whenItFinishes_thenNothingIsReplaced() {
    String first = finished("features/a.parquet");
    try (RunOutput late = begin()) {
      write(late, "features/late.parquet");
      storage.write(output + "/runs/_lock", "another 0".getBytes(UTF_8));

      assertThatIllegalStateException().isThrownBy(() -> late.finish(facts()));

      assertThat(files("runs")).containsExactlyInAnyOrder(first + ".json", "_lock");
      assertThat(files("features")).contains("a.parquet");
    }
  }

  @Test
  void givenARunThatLostItsLock_whenRequired_thenItMayNotMakeAnythingVisible() {
    try (RunOutput late = begin()) {
      late.requireHeld();
      storage.write(output + "/runs/_lock", "another 0".getBytes(UTF_8));

      assertThatIllegalStateException()
          .isThrownBy(late::requireHeld)
          .withMessageContaining("Another run has taken over");
    }
  }

  @Test
  void givenARunThatLostItsLock_whenItPublishesOrWithdraws_thenTheReportStaysAsItWas() {
    try (RunOutput late = begin()) {
      late.publish(RunOutput.REPORT, "first".getBytes(UTF_8));
      storage.write(output + "/runs/_lock", "another 0".getBytes(UTF_8));

      assertThatIllegalStateException()
          .isThrownBy(() -> late.publish(RunOutput.REPORT, "late".getBytes(UTF_8)))
          .withMessageContaining("Another run has taken over");
      assertThatIllegalStateException().isThrownBy(() -> late.withdraw(RunOutput.REPORT));

      assertThat(output.resolve("report.html")).hasContent("first");
    }
  }

  @Test
  void givenAReport_whenItIsWithdrawn_thenItIsGone() {
    try (RunOutput run = begin()) {
      run.publish(RunOutput.REPORT, "first".getBytes(UTF_8));
      run.withdraw(RunOutput.REPORT);
      run.withdraw(RunOutput.REPORT);

      assertThat(output.resolve("report.html")).doesNotExist();
    }
  }

  @Test
  void givenFilesOfARunThatLostItsLock_whenTheRunThatHasItFinishes_thenItsRecordNamesOnlyItsOwn() {
    finished("features/a.parquet");
    try (RunOutput late = begin()) {
      storage.delete(output + "/runs/_lock");
      try (RunOutput run = begin()) {
        write(run, "features/b.parquet");
        // It was committing when its lock was taken.
        write(late, "features/late.parquet");
        run.finish(facts());

        assertThat(texts(record(run.runId()).at("/files/features")))
            .containsExactly("a.parquet", "b.parquet");
        assertThat(run.after("features")).noneMatch(file -> file.contains("late"));
      }
    }

    begin().close();
    assertThat(files("features")).containsExactlyInAnyOrder("a.parquet", "b.parquet");
  }

  @Test
  void givenADamagedRecord_whenTheNextBegins_thenTheErrorNamesItAndNothingIsRemoved() {
    write("features/a.parquet");
    String record = "20260101T000000000Z-0123abcd.json";
    storage.write(output + "/runs/" + record, "{".getBytes(UTF_8));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(this::begin)
        .withMessageContaining("runs/" + record)
        .withMessageContaining("Remove it");
    assertThat(files("features")).containsExactly("a.parquet");
    assertThat(files("runs")).as("no lock stays behind").containsExactly(record);
  }
}
