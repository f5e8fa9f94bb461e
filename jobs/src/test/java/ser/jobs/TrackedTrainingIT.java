package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.mlflow.MlflowStandIn;

/** {@code ser train} with an MLflow server: what it says of itself stands there too. */
@ExtendWith(TrainedModel.Provider.class)
class TrackedTrainingIT {
  @TempDir private Path folder;

  @Test
  void givenAnMlflowServer_whenTrained_thenItHasNumbersSettingsAndModel(TrainedModel model)
      throws IOException {
    try (MlflowStandIn server = new MlflowStandIn("mlflow-artifacts:/1/run-1/artifacts")) {
      SerRun.of(
              "train",
              "--features",
              model.features().toString(),
              "--output",
              folder.toString(),
              "--set",
              "ser.train.layers=conv 4 3x3,relu,global-average-pool,dense 8",
              "--set",
              "ser.train.input.channels=mfcc:13",
              "--set",
              "ser.train.epochs=2",
              "--set",
              "ser.mlflow.tracking-uri=" + server.address())
          .done();

      JsonNode report = TrainedModel.json(folder.resolve("report.json"));
      assertThat(server.run().path("status").asText()).isEqualTo("FINISHED");
      assertThat(server.parameters())
          .containsEntry("ser.train.epochs", "2")
          .containsKey("ser.train.learning-rate");
      assertThat(values(server, "loss"))
          .containsExactly(
              report.at("/epochs/0/loss").asDouble(), report.at("/epochs/1/loss").asDouble());
      assertThat(values(server, "validation_macro_f1")).hasSize(2);
      assertThat(values(server, "test_uar")).containsExactly(report.at("/test/uar").asDouble());
      assertThat(server.artifacts())
          .containsOnlyKeys("1/run-1/artifacts/model.safetensors", "1/run-1/artifacts/report.json");
      assertThat(server.artifacts().get("1/run-1/artifacts/model.safetensors"))
          .isEqualTo(Files.readAllBytes(folder.resolve("model.safetensors")));
    }
  }

  private static List<Double> values(MlflowStandIn server, String key) {
    return server.metrics().stream()
        .filter(metric -> metric.path("key").asText().equals(key))
        .map(metric -> metric.path("value").asDouble())
        .toList();
  }
}
