package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.TestRecordings.Take;
import ser.jobs.storage.OutputLock;
import ser.jobs.storage.Storage;
import ser.model.Emotion;

/** All folds in one run: what goes wrong in one of them costs nothing of the others. */
@ExtendWith(TrainedModel.Provider.class)
class FoldsIT {
  @TempDir private Path folder;

  @Test
  void givenARunThatEndedInItsSecondFold_whenRepeated_thenTheFirstIsNotTrainedAgain(
      TrainedModel model) throws IOException {
    Path output = folder.resolve("output");
    train(model.features(), output).done();
    assertThat(checkpoints(output)).isEmpty();
    // The output is among the settings that a model's id is made of.
    Path undisturbed = Files.move(output, folder.resolve("undisturbed"));

    Path obstacle = Files.createDirectories(output).resolve("fold-2");
    Files.writeString(obstacle, "no folder");
    assertThat(train(model.features(), output).exitCode()).isNotZero();
    assertThat(output.resolve("report.json")).doesNotExist();
    Files.delete(obstacle);
    train(model.features(), output).done();

    assertThat(fold(output, 1).path("resumed_after_epoch").asInt()).isEqualTo(2);
    assertThat(fold(output, 2).path("resumed_after_epoch").asInt(-1)).isZero();
    for (int fold = 1; fold <= 2; fold++) {
      assertThat(fold(output, fold).path("model_id"))
          .isEqualTo(fold(undisturbed, fold).path("model_id"));
      assertThat(fold(output, fold).has("monitor")).as("where nobody validates").isFalse();
    }
    assertThat(TrainedModel.json(output.resolve("report.json")).path("test"))
        .isEqualTo(TrainedModel.json(undisturbed.resolve("report.json")).path("test"));
    assertThat(checkpoints(output)).isEmpty();
  }

  @Test
  void givenAnotherTrainingOnTheOutput_whenRun_thenRefused(TrainedModel model) {
    Path output = folder.resolve("held");
    try (OutputLock other =
        OutputLock.acquire(
            new Storage(new Configuration()),
            output + "/checkpoints/_lock",
            "other",
            Duration.ofSeconds(1))) {
      SerRun run = train(model.features(), output);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(output.resolve("fold-1")).doesNotExist();
      other.requireHeld();
    }
  }

  /** Only one of four speakers is sad: whichever fold tests her cannot be trained. */
  @Test
  void givenAFoldThatCannotBeTrained_whenRun_thenNoneIsTrainedBefore() {
    Path recordings = folder.resolve("recordings");
    for (int actor = 1; actor <= 4; actor++) {
      for (int statement = 1; statement <= 2; statement++) {
        for (Emotion emotion : List.of(Emotion.HAPPY, Emotion.ANGRY, Emotion.SAD)) {
          if (emotion != Emotion.SAD || actor == 4) {
            TestRecordings.write(recordings, new Take(actor, emotion, 1, statement, 1), 0.8);
          }
        }
      }
    }
    Path table = folder.resolve("table");
    SerRun.of("extract", "--input", recordings.toString(), "--output", table.toString()).done();

    Path features = table.resolve("features");
    String seed =
        IntStream.rangeClosed(1, 20)
            .mapToObj(number -> "ser.train.seed=" + number)
            .filter(setting -> trains(features, setting))
            .findFirst()
            .orElseThrow();

    Path output = folder.resolve("output");
    SerRun run = train(features, output, seed);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaint()).contains("sad");
    assertThat(output.resolve("fold-1")).doesNotExist();
  }

  /** Whether the first fold alone can be trained. */
  private boolean trains(Path features, String seed) {
    return train(features, folder.resolve("first"), seed, "ser.train.fold=1").exitCode() == 0;
  }

  private static SerRun train(Path features, Path output, String... more) {
    Stream<String> fixed =
        Stream.of(
            "ser.train.layers=conv 4 3x3,batch-norm,relu,global-average-pool",
            "ser.train.epochs=2",
            "ser.train.folds=2",
            "ser.train.fold=all",
            "ser.train.validation-speakers=none");
    return SerRun.of(
        Stream.concat(
                Stream.of(
                    "train", "--features", features.toString(), "--output", output.toString()),
                Stream.concat(fixed, Stream.of(more))
                    .flatMap(setting -> Stream.of("--set", setting)))
            .toArray(String[]::new));
  }

  private static JsonNode fold(Path output, int fold) {
    return TrainedModel.json(output.resolve("fold-" + fold).resolve("report.json"));
  }

  private static List<Path> checkpoints(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(file -> file.getFileName().toString().startsWith("checkpoint")).toList();
    }
  }
}
