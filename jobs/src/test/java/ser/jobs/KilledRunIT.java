package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;

/**
 * {@code ser extract}, ended as by kill -9 in a process of its own while it replaces rows, and run
 * again: the tables are those of an undisturbed run.
 */
class KilledRunIT {
  private static final Take CHANGED = new Take(1, Emotion.SAD, 1, 1, 1);

  @TempDir static Path folder;

  private static Path input;
  private static Path firstOutput;
  private static ExtractedOutput undisturbed;

  /** A first run; then one recording changes, two break, two come, of which one is a copy. */
  @BeforeAll
  static void extractTwiceUndisturbed() throws IOException {
    input = folder.resolve("in");
    for (Take take : TestRecordings.takesOf(1, List.of(Emotion.HAPPY, Emotion.SAD))) {
      TestRecordings.write(input, take, 0.6);
    }
    TestRecordings.writeText(input.resolve("text.wav"));
    firstOutput = folder.resolve("first");
    extract(new ExtractedOutput(firstOutput));

    TestRecordings.write(input.resolve(CHANGED.name()), CHANGED.clip(0.9));
    TestRecordings.writeText(input.resolve(new Take(1, Emotion.HAPPY, 1, 1, 1).name()));
    TestRecordings.write(input.resolve("text.wav"), new byte[0]);
    TestRecordings.write(input, new Take(2, Emotion.CALM, 1, 1, 1), 0.6);
    TestRecordings.write(input.resolve("copy"), new Take(2, Emotion.CALM, 1, 1, 1), 0.6);
    undisturbed = copyOfFirst("undisturbed");
    extract(undisturbed);
    assertThat(undisturbed.features()).hasSize(16);
    assertThat(undisturbed.quarantine()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create 2 .*/features/_temporary/.*parquet",
        "delete 1 .*/features/part-.*parquet"
      })
  void givenAMoment_whenKilledThereAndRunAgain_thenTheTablesAreThoseOfAnUndisturbedRun(
      String moment) throws IOException, InterruptedException {
    ExtractedOutput output = copyOfFirst("killed " + moment.replaceAll("\\W+", "-"));

    assertThat(killedAt(moment, output)).isEqualTo(137);
    extract(output);

    assertThat(settled(output.features())).isEqualTo(settled(undisturbed.features()));
    assertThat(settled(output.quarantine())).isEqualTo(settled(undisturbed.quarantine()));
    requireNothingElse(output);
  }

  /** Only files that the last record names, and nothing that a run puts down in between. */
  private static void requireNothingElse(ExtractedOutput output) {
    List<Path> records = output.records();
    var files = TrainedModel.json(records.get(records.size() - 1)).path("files");
    for (ParquetTable table : List.of(output.featuresTable(), output.quarantineTable())) {
      assertThat(files.path(table.folder().getFileName().toString()))
          .map(name -> table.folder().resolve(name.asText()))
          .containsExactlyElementsOf(table.files());
    }
    assertThat(output.files())
        .allSatisfy(
            file ->
                assertThat(output.folder().relativize(file).toString())
                    .doesNotContain("_work", "_temporary", "_lock"));
  }

  private static List<Map<String, Object>> settled(List<Map<String, Object>> rows) {
    return ParquetTable.without(rows, "run_id");
  }

  private static void extract(ExtractedOutput output) {
    output.extract(input, "--set", "ser.extract.max-failed-share=1").done();
  }

  /** The first run's output, moved: records name files by their path under the table. */
  private static ExtractedOutput copyOfFirst(String name) throws IOException {
    Path target = folder.resolve(name);
    try (Stream<Path> files = Files.walk(firstOutput)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(firstOutput.relativize(file).toString()));
      }
    }
    return new ExtractedOutput(target);
  }

  /** Exit code of a run in a process of its own that ends when the moment comes. */
  private static int killedAt(String moment, ExtractedOutput output)
      throws IOException, InterruptedException {
    return SerProcess.killedAt(
        moment,
        folder.resolve("killed.log"),
        List.of(
            "extract",
            "--input",
            "faulty://" + input,
            "--output",
            "faulty://" + output.folder(),
            "--set",
            "ser.extract.max-failed-share=1"));
  }
}
