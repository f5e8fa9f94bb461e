package ser.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.error.UserError;

class RunOutputTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TABLES = List.of("features", "quarantine");

  private final Storage storage = new Storage(new Configuration());

  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void output() {
    output = folder.resolve("out");
  }

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
    finished("features/a.parquet");
    replacing("features/b.parquet");
    write("features/a.parquet");

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
    storage.write(output + "/runs/x.json", "{".getBytes(UTF_8));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(this::begin)
        .withMessageContaining("runs/x.json")
        .withMessageContaining("Remove it");
    assertThat(files("features")).containsExactly("a.parquet");
    assertThat(files("runs")).as("no lock stays behind").containsExactly("x.json");
  }

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

  @Test
  void givenTwoRuns_whenNamed_thenIdsDifferAndBeginWithTheirTime() {
    String first = finished();
    String second = finished();

    assertThat(first).matches("\\d{8}T\\d{9}Z-[0-9a-f]{8}").isNotEqualTo(second);
  }

  private RunOutput begin() {
    return RunOutput.begin(storage, output.toString(), TABLES);
  }

  private String finished(String... files) {
    return finishedAt(output.toString(), files);
  }

  private String finishedAt(String path, String... files) {
    try (RunOutput run = RunOutput.begin(storage, path, TABLES)) {
      Stream.of(files).forEach(file -> write(run, file));
      run.finish(facts());
      return run.runId();
    }
  }

  private String replacing(String... files) {
    try (RunOutput run = begin()) {
      Stream.of(files).forEach(file -> write(run, file));
      run.replaceAll();
      run.finish(facts());
      return run.runId();
    }
  }

  private static ObjectNode facts() {
    return JSON.createObjectNode().put("job", "extract");
  }

  private void write(RunOutput run, String name) {
    write(own(run, name));
  }

  /** What belongs to no run, or to one that nobody knows. */
  private void write(String name) {
    try {
      Path file = output.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "rows");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode record(String runId) {
    try {
      return JSON.readTree(output.resolve("runs/" + runId + ".json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> files(String table) {
    Path root = output.resolve(table);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> plain(root.relativize(file).toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts =
        JSON.convertValue(
            array, JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    return texts.stream().map(RunOutputTest::plain).toList();
  }

  /** As the jobs name files with rows: with the id of the run. */
  private static String own(RunOutput run, String name) {
    return name.replace(".parquet", "-" + run.runId() + ".parquet");
  }

  private static String plain(String name) {
    return name.replaceAll("-\\d{8}T\\d{9}Z-[0-9a-f]{8}[.]parquet", ".parquet");
  }
}
