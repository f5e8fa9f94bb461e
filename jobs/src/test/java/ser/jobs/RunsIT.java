package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.TestRecordings.Take;
import ser.jobs.storage.OutputLock;
import ser.jobs.storage.Storage;
import ser.model.Emotion;

/** What runs leave in their output: finished, repeated, refused, tried and failed ones. */
class RunsIT {
  @TempDir Path folder;

  private Path input;
  private Path output;

  @BeforeEach
  void writeTwoRecordings() {
    input = folder.resolve("in");
    output = folder.resolve("out");
    TestRecordings.write(input, new Take(1, Emotion.HAPPY, 1, 1, 1), 0.6);
    TestRecordings.write(input, new Take(1, Emotion.SAD, 1, 1, 1), 0.6);
    TestRecordings.writeText(input.resolve("text.wav"));
  }

  @Test
  void givenFinishedRun_whenItsRecordIsRead_thenItNamesTheFilesThatAreThere() {
    SerRun run = extract(input).done();

    var record = TrainedModel.json(output.resolve("runs/" + runId(run) + ".json"));

    assertThat(record.path("schema_version").asInt()).isEqualTo(1);
    assertThat(record.path("run_id").asText()).isEqualTo(runId(run));
    assertThat(record.path("outcome").path("rows").asInt()).isEqualTo(2);
    assertThat(record.path("configuration").asText()).contains("hop-length-samples");
    assertThat(record.path("files").path("features"))
        .map(name -> output.resolve("features").resolve(name.asText()))
        .containsExactlyInAnyOrderElementsOf(new ParquetTable(output.resolve("features")).files());
  }

  @Test
  void givenFilesOfUnfinishedRun_whenExtractedAgain_thenTheyAreGone() throws IOException {
    extract(input).done();
    TestRecordings.write(input, new Take(2, Emotion.CALM, 1, 1, 1), 0.6);
    Path written = new ParquetTable(output.resolve("features")).files().get(0);
    Path stray = written.resolveSibling("part-00000-20260101T000000000Z-0123abcd.snappy.parquet");
    Files.copy(written, stray);
    Path halfWritten = output.resolve("features/_temporary/0/task_1/part-00001.snappy.parquet");
    TestRecordings.write(halfWritten, Files.readAllBytes(written));
    Path work = output.resolve("_work/a-killed-run/listing/listing-00000.json.gz");
    TestRecordings.write(work, new byte[10]);

    extract(input).done();

    assertThat(stray).doesNotExist();
    assertThat(halfWritten).doesNotExist();
    assertThat(output.resolve("_work")).doesNotExist();
    assertThat(features()).hasSize(3);
  }

  @Test
  void givenAnotherRunAtWork_whenExtracted_thenItIsRefusedAndTheOtherOneIsUntouched() {
    Storage storage = new Storage(new Configuration());
    String lock = output.resolve("runs/_lock").toString();
    try (OutputLock other =
        OutputLock.acquire(storage, lock, "20260101T000000Z-other", Duration.ofMillis(50))) {
      SerRun refused = extract(input);

      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.complaint())
          .contains(output.toString(), "20260101T000000Z-other")
          .contains("--output");
      assertThat(output.resolve("features")).doesNotExist();
      other.requireHeld();
    }
    assertThat(extract(input).done().result().path("rows").asInt()).isEqualTo(2);
  }

  @Test
  void givenDryRun_whenExtracted_thenCountsAndBytesAreShownAndNothingIsWritten() {
    SerRun run = extract(input, "--dry-run").done();

    assertThat(run.out()).hasSize(1);
    assertThat(run.result().path("status").asText()).isEqualTo("dry-run");
    assertThat(run.result().path("recordings").asInt()).isEqualTo(3);
    assertThat(run.result().path("bytes").asLong()).isEqualTo(bytes(input));
    assertThat(run.result().path("tables"))
        .map(table -> table.asText())
        .containsExactly(output + "/features", output + "/quarantine");
    assertThat(output).doesNotExist();
  }

  @Test
  void givenStorageThatFails_whenExtracted_thenTheRunFailsNamingTheFileAndNothingIsQuarantined() {
    Take take = new Take(3, Emotion.ANGRY, 1, 1, 1);
    Path faulty = input.resolve("unreadable").resolve(take.name());
    TestRecordings.write(faulty, take.clip(0.6));

    SerRun run =
        SerRun.of("extract", "--input", "faulty://" + input, "--output", output.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.complaint())
        .startsWith("ser extract: ")
        .contains(faulty.toString(), "Connection reset by peer");
    assertThat(records()).isEmpty();
    assertThat(filesOf(output)).noneMatch(file -> file.toString().endsWith(".parquet"));
    assertThat(output.resolve("runs/_lock")).doesNotExist();
  }

  @Test
  void givenStorageThatFailsAfterAGoodRun_whenExtractedAgain_thenTheGoodRunIsStillThere() {
    SerRun good = extract(input).done();
    TestRecordings.write(input.resolve("unreadable.wav"), TestRecordings.silence(1));

    SerRun failed =
        SerRun.of("extract", "--input", "faulty://" + input, "--output", output.toString());

    assertThat(failed.complaint()).contains("unreadable.wav");
    assertThat(records()).containsExactly(output.resolve("runs/" + runId(good) + ".json"));
    assertThat(features()).hasSize(2);
  }

  @Test
  void givenStorageThatFailsOnce_whenSparkTriesAgain_thenEveryRecordingIsThere() {
    Take take = new Take(3, Emotion.ANGRY, 1, 1, 1);
    TestRecordings.write(input.resolve("flaky").resolve(take.name()), take.clip(0.6));
    FaultyFileSystem.reset();

    SerRun run =
        SerRun.withSpark(
            Map.of("spark.master", "local[2,3]"),
            "extract",
            "--input",
            "faulty://" + input,
            "--output",
            output.toString(),
            "--set",
            "ser.extract.max-failed-share=0.5");

    assertThat(run.done().result().path("rows").asInt()).isEqualTo(3);
    assertThat(features().stream().map(row -> row.get("recording"))).doesNotHaveDuplicates();
    // The third time for its picture in the report.
    assertThat(FaultyFileSystem.timesFlakyWasOpened()).isEqualTo(3);
  }

  private SerRun extract(Path from, String... more) {
    String[] fixed = {
      "extract",
      "--input",
      from.toString(),
      "--output",
      output.toString(),
      "--set",
      "ser.extract.max-failed-share=0.5"
    };
    return SerRun.of(
        Stream.concat(Arrays.stream(fixed), Arrays.stream(more)).toArray(String[]::new));
  }

  private List<Map<String, Object>> features() {
    return new ParquetTable(output.resolve("features")).rowsBy("recording");
  }

  private List<Path> records() {
    return filesOf(output).stream()
        .filter(file -> file.toString().endsWith(".json"))
        .filter(file -> file.getParent().endsWith("runs"))
        .toList();
  }

  private static String runId(SerRun run) {
    return run.result().path("run_id").asText();
  }

  private static long bytes(Path folder) {
    return filesOf(folder).stream().mapToLong(file -> file.toFile().length()).sum();
  }

  private static List<Path> filesOf(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
