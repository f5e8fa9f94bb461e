package ser.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.error.UserError;

/** What runs in one output know of each other, however it is named. */
class RunRecordsTest extends RunFolder {
  @Test
  void givenFinishedRuns_whenTheirTablesAreAsked_thenTheyAreThoseOfTheRecord() {
    assertThat(RunRecords.tables(storage, output.toString())).isEmpty();

    finished("features/a.parquet");

    assertThat(RunRecords.tables(storage, output.toString()))
        .containsExactly("features", "quarantine");
  }

  @Test
  void givenFinishedRuns_whenTheirRecordsAreShelved_thenTheLastStaysAndTheTablesAreAsBefore() {
    String first = finished("features/a.parquet");
    String second = finished("features/b.parquet");
    String last = finished("features/c.parquet");

    assertThat(RunRecords.shelve(storage, output.toString())).isEqualTo(2);
    assertThat(RunRecords.shelve(storage, output.toString())).as("again").isZero();

    assertThat(files("runs"))
        .containsExactlyInAnyOrder(
            last + ".json", "past/" + first + ".json", "past/" + second + ".json");
    assertThat(record("past/" + first).fieldNames())
        .toIterable()
        .contains("run_id", "job", "finished_at")
        .doesNotContain("files", "added", "removed");
    try (RunOutput run = begin()) {
      assertThat(run.before("features")).hasSize(3);
    }
  }

  @Test
  void givenFilesOfNoFinishedRun_whenTheTableIsListed_thenOnlyTheLastRunsFilesAreIts() {
    finished("features/a.parquet");
    replacing("features/b.parquet");
    write("features/a.parquet");
    write("features/unfinished.parquet");

    assertThat(RunRecords.tableFiles(storage, output + "/features"))
        .singleElement()
        .satisfies(file -> assertThat(plain(file)).isEqualTo(output + "/features/b.parquet"));
  }

  @Test
  void givenACopyOfATableWithoutRecords_whenItIsListed_thenAllItsFilesAreIts() {
    write("features/a.parquet");

    assertThat(RunRecords.tableFiles(storage, output + "/features/"))
        .singleElement()
        .asString()
        .endsWith("/features/a.parquet");
  }

  @Test
  void givenARunOfAnotherJob_whenARunBegins_thenItIsRefusedAndNothingIsRemoved() {
    finished("features/a.parquet");

    assertThatThrownBy(
            () -> RunOutput.begin(storage, output.toString(), List.of("windows", "quarantine")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("[features, quarantine]")
        .hasMessageContaining("--output");
    assertThat(files("features")).containsExactly("a.parquet");
  }

  @Test
  void givenTablesOfAnotherJob_whenARunFinishes_thenTheirFilesStay() {
    write("windows/w.parquet");

    finished("features/a.parquet");

    assertThat(files("windows")).containsExactly("w.parquet");
  }

  @Test
  void givenARelativeOutput_whenARunRemovesFiles_thenTheRestIsWhatItNames() {
    Path here = Path.of("").toAbsolutePath();
    String relative = here.relativize(output.toAbsolutePath()).toString();
    finishedAt(relative, "features/a.parquet", "features/b.parquet");

    try (RunOutput run = RunOutput.begin(storage, relative, TABLES)) {
      assertThat(run.before("features")).hasSize(2);
      run.remove("features", run.before("features").subList(0, 1));
      write(run, "features/c.parquet");
      run.finish(facts());
    }

    assertThat(files("features")).containsExactlyInAnyOrder("b.parquet", "c.parquet");
    assertThat(RunRecords.tableFiles(storage, relative + "/features"))
        .map(RunOutputTest::plain)
        .containsExactly(relative + "/features/b.parquet", relative + "/features/c.parquet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "50%20 off",
        "a#b?c",
        "a[1]*",
        "Gespräche",
        "a:b",
        "features",
        "nested/features/out",
        "trailing/",
        "trailing//",
        "double//slash"
      })
  void givenAnyOutputPath_whenTwoRunsFinish_thenTheSecondKnowsTheFirst(String name) {
    output = folder.resolve(name);
    String path = folder + "/" + name;

    String first = finishedAt(path, "features/a.parquet", "features/x y/features/z.parquet");
    assertThat(texts(record(first).at("/files/features")))
        .containsExactlyInAnyOrder("a.parquet", "x y/features/z.parquet");
    String second = finishedAt(path, "features/b.parquet");

    assertThat(texts(record(second).at("/files/features")))
        .containsExactly("a.parquet", "b.parquet", "x y/features/z.parquet");
    assertThat(RunRecords.tableFiles(storage, path + "/features")).hasSize(3);
  }

  @Test
  void givenAnOutputAsUri_whenTwoRunsFinish_thenItIsTheSamePlace() {
    finishedAt(output.toString(), "features/a.parquet");

    String second = finishedAt("file://" + output, "features/b.parquet");

    assertThat(texts(record(second).at("/files/features")))
        .containsExactly("a.parquet", "b.parquet");
  }

  @Test
  void givenARelativeOutput_whenARunFinishes_thenTheNamesAreThoseUnderTheTable()
      throws IOException {
    Path target = Files.createDirectories(Path.of("target"));
    output = Files.createTempDirectory(target, "run output");
    String runId = finishedAt(output.toString(), "features/sub/features/a.parquet");

    assertThat(texts(record(runId).at("/files/features")))
        .containsExactly("sub/features/a.parquet");
    storage.delete(output.toString());
  }

  @Test
  void givenTables_whenAsked_thenTheyStandUnderTheOutputAndOthersAreRefused() {
    try (RunOutput run = RunOutput.begin(storage, output + "/", TABLES)) {
      assertThat(run.table("features")).isEqualTo(output + "/features");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> run.table("windows"))
          .withMessageContaining("windows");
    }
  }
}
