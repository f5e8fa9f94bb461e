package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Recordings longer than the network's input, learnt and judged window by window. */
@ExtendWith(TrainedModel.Provider.class)
class TrainedByWindowsIT {
  @TempDir private Path folder;

  @Test
  void givenRecordingsOfSeveralInputs_whenTrainedAndEvaluated_thenEachCountsOnceAndAlike(
      TrainedModel model) {
    SerRun trained = train(model, "trained", "windows");
    SerRun centre = train(model, "centre", "centre");
    evaluate(model, "trained");

    ObjectNode test = report("trained").path("test").deepCopy();
    assertThat(test.path("recordings").asLong())
        .as("recordings, not windows")
        .isEqualTo(report("centre").path("test").path("recordings").asLong())
        .isEqualTo(16L * TrainedModel.split().test().size());
    assertThat(trained.result().path("rows")).isEqualTo(centre.result().path("rows"));
    assertThat(report("trained").path("calibration").path("temperature").asDouble())
        .as("dividing each window's logits is not dividing their mean's")
        .isEqualTo(1);
    assertThat(report("trained").path("leaks"))
        .as("rows that each stage has used")
        .isEqualTo(report("centre").path("leaks"));
    test.remove(List.of("split_detail", "transductive", "untested"));
    ObjectNode judged = report("judged").path("test").deepCopy();
    judged.remove("by_standing");
    assertThat(judged).as("by the model file, from the same table").isEqualTo(test);
  }

  @Test
  void givenAModelOfWindows_whenCallsAreScored_thenEachWindowIsOneInput(TrainedModel model) {
    train(model, "trained", "windows");

    ScoredOutput scored = new ScoredOutput(folder.resolve("scored"));
    scored
        .scoreBy(
            folder.resolve("trained/model.safetensors").toString(),
            model.recordings().resolve("Actor_01").toString(),
            "--set",
            "ser.score.abstain-below=0")
        .done();

    // 32 frames of 512 samples.
    assertThat(scored.windows())
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat((double) row.get("end_s") - (double) row.get("start_s"))
                    .isLessThan(0.75));
  }

  private SerRun train(TrainedModel model, String output, String crop) {
    return SerRun.of(
            "train",
            "--features",
            model.features().toString(),
            "--output",
            folder.resolve(output).toString(),
            "--set",
            "ser.train.seed=" + TrainedModel.SEED,
            "--set",
            "ser.train.layers=conv 4 3x3,batch-norm,relu,global-average-pool",
            "--set",
            "ser.train.epochs=2",
            "--set",
            "ser.train.normalise=speaker",
            "--set",
            "ser.train.input.frames=32",
            "--set",
            "ser.train.input.padding=mean",
            "--set",
            "ser.train.input.crop=" + crop)
        .done();
  }

  private void evaluate(TrainedModel model, String trained) {
    SerRun.of(
            "evaluate",
            "--model",
            folder.resolve(trained).resolve("model.safetensors").toString(),
            "--features",
            model.features().toString(),
            "--output",
            folder.resolve("judged").toString())
        .done();
  }

  private JsonNode report(String output) {
    return TrainedModel.json(folder.resolve(output).resolve("report.json"));
  }
}
