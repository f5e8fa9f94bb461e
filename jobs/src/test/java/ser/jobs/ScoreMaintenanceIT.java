package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ser forget} and {@code ser compact} on an output of score. */
@ExtendWith(TrainedModel.Provider.class)
class ScoreMaintenanceIT {
  @TempDir private static Path root;

  private static Path folder;
  private static ScoredOutput output;
  private static List<Map<String, Object>> windows;
  private static List<Map<String, Object>> calls;
  private static FolderSnapshot scored;

  @BeforeAll
  static void score(TrainedModel model) {
    folder = root.resolve("tested");
    Path input = folder.resolve("in");
    output = new ScoredOutput(folder.resolve("out"));
    // Two runs: each adds a file to each table.
    TestRecordings.writeText(input.resolve("a/text.wav"));
    for (String day : List.of("a", "b")) {
      for (String name : List.of("1.wav", "2.wav")) {
        TestRecordings.write(
            input.resolve(day).resolve(name), TestRecordings.voice(200, 0.1, 3, 5));
      }
      output.score(model, input, "--set", "ser.score.max-failed-share=1").done();
    }
    windows = output.windows();
    calls = output.calls();
    assertThat(calls).hasSize(4);
    assertThat(new ParquetTable(output.folder().resolve("windows")).files()).hasSizeGreaterThan(1);
    scored = FolderSnapshot.of(folder);
  }

  @BeforeEach
  void restore() {
    scored.restore();
  }

  @Test
  void givenAFolder_whenForgotten_thenItsRowsAreGoneFromEachTableAndTheOthersAreAsTheyWere() {
    JsonNode result = run("forget", "--recording", "a/*").done().result();

    assertThat(result.path("recordings").asInt()).isEqualTo(3);
    assertThat(result.at("/rows_by_table/calls").asInt()).isEqualTo(2);
    assertThat(result.at("/rows_by_table/windows").asInt()).isEqualTo(windows.size() / 2);
    assertThat(result.at("/rows_by_table/quarantine").asInt()).isEqualTo(1);
    assertThat(output.windows()).isEqualTo(ofB(windows));
    assertThat(output.calls()).isEqualTo(ofB(calls));
    assertThat(output.quarantine()).isEmpty();
    assertThat(run("forget", "--recording", "a/*").exitCode()).isEqualTo(2);
  }

  @Test
  void givenTimes_whenThoseBeforeAreForgotten_thenTheTimeOfScoringCounts() {
    assertThat(run("forget", "--before", "2020-01-01").done().result().path("rows").asInt())
        .isZero();

    JsonNode all = run("forget", "--before", "2100-01-01T00:00:00Z").done().result();

    assertThat(all.path("recordings").asInt()).isEqualTo(5);
    assertThat(output.windows()).isEmpty();
    assertThat(output.calls()).isEmpty();
    assertThat(output.quarantine()).isEmpty();
  }

  @Test
  void givenManyFiles_whenCompacted_thenTheyAreOneWithTheSameRowsAndOldRecordsAreShelved()
      throws IOException {
    run("forget", "--recording", "a/text.wav").done();
    Path table = output.folder().resolve("windows");
    int before = new ParquetTable(table).files().size();
    assertThat(records(output.folder().resolve("runs"))).hasSize(3);

    JsonNode planned = run("compact", "--dry-run").done().result();
    assertThat(new ParquetTable(table).files()).hasSize(before);
    JsonNode result = run("compact").done().result();

    assertThat(result.path("rows").asInt()).isGreaterThanOrEqualTo(windows.size());
    assertThat(result.at("/files/windows/before").asInt()).isEqualTo(before);
    assertThat(result.at("/files/windows/after").asInt()).isEqualTo(1);
    assertThat(planned.path("files")).isEqualTo(result.path("files"));
    assertThat(new ParquetTable(table).files()).hasSize(1);
    assertThat(output.windows()).isEqualTo(windows);
    assertThat(output.calls()).isEqualTo(calls);
    assertThat(records(output.folder().resolve("runs")))
        .containsExactly(result.path("run_id").asText() + ".json");
    assertThat(records(output.folder().resolve("runs/past"))).hasSize(3);
    for (String name : records(output.folder().resolve("runs/past"))) {
      JsonNode past = TrainedModel.json(output.folder().resolve("runs/past").resolve(name));
      assertThat(past.has("files")).isFalse();
      assertThat(past.has("outcome")).isTrue();
    }

    JsonNode again = run("compact").done().result();

    assertThat(again.path("bytes").asLong()).isZero();
    assertThat(again.path("rows").asLong()).isZero();
    assertThat(again.has("run_id")).as("an id without a record").isFalse();
    assertThat(records(output.folder().resolve("runs"))).hasSize(1);
  }

  @Test
  void givenACompactionThatIsKilledBeforeItsRecord_whenRepeated_thenTheRowsAreAsBefore()
      throws IOException, InterruptedException {
    assertThat(
            SerProcess.killedAt(
                "rename 1 .*/runs/[0-9].*json",
                folder.resolve("killed.log"),
                List.of("compact", "--output", "faulty://" + output.folder())))
        .isEqualTo(137);
    assertThat(output.windows()).as("both versions").hasSize(2 * windows.size());

    SerProcess.unlock(output.folder());
    run("compact").done();

    assertThat(output.windows()).isEqualTo(windows);
    assertThat(output.calls()).isEqualTo(calls);
    assertThat(new ParquetTable(output.folder().resolve("windows")).files()).hasSize(1);
  }

  private SerRun run(String command, String... more) {
    return SerRun.of(
        Stream.concat(Stream.of(command, "--output", output.folder().toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private static List<String> records(Path runs) throws IOException {
    try (Stream<Path> files = Files.list(runs)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  private static List<Map<String, Object>> ofB(List<Map<String, Object>> rows) {
    return rows.stream().filter(row -> ((String) row.get("recording")).startsWith("b/")).toList();
  }
}
