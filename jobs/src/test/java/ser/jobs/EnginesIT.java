package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A model that runs outside DL4J: exported, and behind {@code ser score}. */
@ExtendWith(TrainedModel.Provider.class)
class EnginesIT {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-5);

  @TempDir private Path folder;

  @Test
  void givenBothEngines_whenTheSameArchiveIsScored_thenProbabilitiesAgree(TrainedModel model) {
    ScoredOutput dl4j = new ScoredOutput(folder.resolve("dl4j"));
    ScoredOutput onnx = new ScoredOutput(folder.resolve("onnx"));

    dl4j.score(model, model.recordings()).done();
    onnx.score(model, model.recordings(), "--set", "ser.score.engine=onnx").done();

    List<Map<String, Object>> expected = dl4j.windows();
    List<Map<String, Object>> found = onnx.windows();
    assertThat(found).hasSameSizeAs(expected).hasSizeGreaterThan(20);
    for (int i = 0; i < found.size(); i++) {
      Map<String, Object> window = found.get(i);
      Map<String, Object> other = expected.get(i);
      assertThat(window)
          .containsEntry("recording", other.get("recording"))
          .containsEntry("start_s", other.get("start_s"))
          .containsEntry("model_id", other.get("model_id"));
      TrainedModel.EMOTIONS.forEach(
          emotion ->
              assertThat((double) window.get("p_" + emotion.label()))
                  .isCloseTo((double) other.get("p_" + emotion.label()), ROUNDING));
    }
  }

  @Test
  void givenOnnx_whenScoredByOtherNumbersOfTasks_thenTheRowsAreTheSameBits(TrainedModel model) {
    ScoredOutput one = new ScoredOutput(folder.resolve("one"));
    ScoredOutput seven = new ScoredOutput(folder.resolve("seven"));
    String[] engine = {"--set", "ser.score.engine=onnx", "--set", "ser.score.partitions=1"};

    one.score(model, model.recordings(), engine).done();
    engine[3] = "ser.score.partitions=7";
    seven.score(model, model.recordings(), engine).done();

    assertThat(ParquetTable.without(seven.windows(), "run_id"))
        .isEqualTo(ParquetTable.without(one.windows(), "run_id"));
  }

  @Test
  void givenAModel_whenExported_thenOnnxRuntimeTakesTheFile(TrainedModel model) throws Exception {
    SerRun run =
        SerRun.of("export", "--model", model.file().toString(), "--output", folder.toString())
            .done();

    Path file = folder.resolve("model.onnx");
    assertThat(run.result().path("output").asText()).isEqualTo(file.toString());
    assertThat(run.result().path("bytes").asLong()).isEqualTo(Files.size(file));
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
      assertThat(session.getMetadata().getCustomMetadata())
          .containsEntry("model_id", run.result().path("model_id").asText())
          .containsEntry("labels", "[\"neutral\",\"happy\",\"sad\",\"angry\"]");
    }
  }

  @Test
  void givenADryRun_whenExported_thenNothingIsWritten(TrainedModel model) {
    Path file = folder.resolve("other.onnx");

    SerRun run =
        SerRun.of(
            "export", "--model", model.file().toString(), "--output", file.toString(), "--dry-run");

    assertThat(run.exitCode()).isZero();
    assertThat(run.result().path("output").asText()).isEqualTo(file.toString());
    assertThat(file).doesNotExist();
  }
}
