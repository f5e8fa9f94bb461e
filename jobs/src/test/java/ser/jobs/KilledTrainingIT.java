package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.model.file.ModelFileException;
import ser.model.file.Safetensors;
import ser.model.file.Tensor;

/**
 * {@code ser train}, ended as by kill -9 in a process of its own after the second epoch, and run
 * again: it goes on, and the model's weights are those of an undisturbed run.
 */
@ExtendWith(TrainedModel.Provider.class)
class KilledTrainingIT {
  private static final int EPOCHS = 4;

  @TempDir private Path folder;

  @Test
  void givenATrainingThatIsKilled_whenRunAgain_thenItGoesOnAndTheWeightsAreTheSameBits(
      TrainedModel model) throws IOException, InterruptedException, ModelFileException {
    Path undisturbed = folder.resolve("undisturbed");
    train(model, undisturbed).done();
    Path output = folder.resolve("killed");

    assertThat(
            SerProcess.killedAt(
                "create 1 .*/checkpoints/.*epoch-00003.*",
                folder.resolve("killed.log"),
                arguments(model, output)))
        .as(() -> "exit code of " + log())
        .isEqualTo(137);
    assertThat(files(output))
        .contains("epoch-00001.safetensors", "epoch-00002.safetensors")
        .doesNotContain("epoch-00003.safetensors", "model.safetensors", "report.json");
    train(model, output).done();

    var report = TrainedModel.json(output.resolve("report.json"));
    assertThat(report.path("resumed_after_epoch").asInt()).isEqualTo(2);
    assertThat(report.path("epochs")).hasSize(EPOCHS);
    assertThat(weights(output)).isEqualTo(weights(undisturbed));
    assertThat(report.path("test"))
        .isEqualTo(TrainedModel.json(undisturbed.resolve("report.json")).path("test"));
    assertThat(output.resolve("checkpoints")).doesNotExist();
  }

  private static SerRun train(TrainedModel model, Path output) {
    return SerRun.of(arguments(model, output).toArray(String[]::new));
  }

  private static List<String> arguments(TrainedModel model, Path output) {
    return List.of(
        "train",
        "--features",
        model.features().toString(),
        "--output",
        "faulty://" + output,
        "--set",
        "ser.train.layers=[\"conv 4 3x3\",batch-norm,relu,\"max-pool"
            + " 2x2\",global-average-pool,\"dropout 0.3\",\"dense 8\"]",
        "--set",
        "ser.train.input.channels=mfcc:13",
        "--set",
        "ser.train.schedule=plateau",
        "--set",
        "ser.train.epochs=" + EPOCHS);
  }

  private static Map<String, Tensor> weights(Path output) throws IOException, ModelFileException {
    return Safetensors.read(Files.readAllBytes(output.resolve("model.safetensors"))).tensors();
  }

  private static List<String> files(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("killed.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
