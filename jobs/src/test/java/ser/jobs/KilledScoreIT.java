package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code ser score}, ended as by kill -9 in a process of its own while it adds and replaces rows,
 * and run again: the tables are row for row those of an undisturbed run.
 */
@ExtendWith(TrainedModel.Provider.class)
class KilledScoreIT {
  @TempDir static Path folder;

  private static TrainedModel model;
  private static Path input;
  private static Path firstOutput;
  private static List<List<Map<String, Object>>> undisturbed;

  /** A first run; then one recording grows, one breaks, one is mended and one comes. */
  @BeforeAll
  static void scoreTwiceUndisturbed(TrainedModel trained) throws IOException {
    model = trained;
    input = folder.resolve("in");
    for (int i = 0; i < 4; i++) {
      TestRecordings.write(
          input.resolve("call " + i + ".wav"), TestRecordings.voice(150 + 20 * i, 0.1, 4, i));
    }
    TestRecordings.writeText(input.resolve("mends.wav"));
    firstOutput = folder.resolve("first");
    score(firstOutput);

    TestRecordings.write(input.resolve("call 1.wav"), TestRecordings.voice(170, 0.1, 7, 1));
    TestRecordings.writeText(input.resolve("call 2.wav"));
    TestRecordings.write(input.resolve("mends.wav"), TestRecordings.voice(180, 0.1, 1, 8));
    TestRecordings.write(input.resolve("new.wav"), TestRecordings.voice(190, 0.1, 5, 9));
    Path output = copyOfFirst("undisturbed");
    score(output);
    undisturbed = tables(output);
    assertThat(undisturbed.get(2)).hasSize(5);
    assertThat(undisturbed.get(3)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open 2 .*wav",
        "rename 1 .*/segments/part-.*parquet",
        "delete 1 .*/windows/part-.*parquet"
      })
  void givenAMoment_whenKilledThereAndRunAgain_thenTheTablesAreThoseOfAnUndisturbedRun(
      String moment) throws IOException, InterruptedException {
    Path output = copyOfFirst("killed " + moment.replaceAll("\\W+", "-"));

    assertThat(
            SerProcess.killedAt(
                moment,
                folder.resolve("killed.log"),
                List.of(
                    "score",
                    "--model",
                    model.file().toString(),
                    "--input",
                    "faulty://" + input,
                    "--output",
                    "faulty://" + output,
                    "--set",
                    "ser.score.max-failed-share=1")))
        .isEqualTo(137);
    SerProcess.unlock(output);
    score(output);

    assertThat(tables(output)).isEqualTo(undisturbed);
    requireNothingElse(output);
  }

  /** Only files that the last record names, and nothing that a run puts down in between. */
  private static void requireNothingElse(Path output) throws IOException {
    try (Stream<Path> files = Files.list(output.resolve("runs"))) {
      Path last = files.filter(file -> file.toString().endsWith(".json")).sorted().toList().get(1);
      var recorded = TrainedModel.json(last).path("files");
      for (String table : List.of("windows", "segments", "calls", "quarantine")) {
        assertThat(recorded.path(table))
            .map(name -> output.resolve(table).resolve(name.asText()))
            .containsExactlyElementsOf(new ParquetTable(output.resolve(table)).files());
      }
    }
    try (Stream<Path> files = Files.walk(output)) {
      assertThat(files.map(file -> output.relativize(file).toString()))
          .noneMatch(name -> name.matches(".*(_work|_temporary|_lock).*"));
    }
  }

  /** Windows, segments, calls and quarantine, without what tells one run from another. */
  private static List<List<Map<String, Object>>> tables(Path folder) {
    ScoredOutput output = new ScoredOutput(folder);
    List<List<Map<String, Object>>> tables = new ArrayList<>();
    tables.add(ParquetTable.without(output.windows(), "run_id"));
    tables.add(ParquetTable.without(output.segments(), "run_id"));
    tables.add(ParquetTable.without(output.calls(), "run_id", "scored_at"));
    tables.add(ParquetTable.without(output.quarantine(), "run_id"));
    return tables;
  }

  private static void score(Path output) {
    new ScoredOutput(output).score(model, input, "--set", "ser.score.max-failed-share=1").done();
  }

  /** The first run's output, moved: records name files by their path under the table. */
  private static Path copyOfFirst(String name) throws IOException {
    Path target = folder.resolve(name);
    try (Stream<Path> files = Files.walk(firstOutput)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(firstOutput.relativize(file).toString()));
      }
    }
    return target;
  }
}
