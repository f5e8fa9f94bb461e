package ser.jobs.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.config.MlflowSettings;
import ser.jobs.error.UserError;
import ser.jobs.mlflow.TrackedRun.Metric;
import ser.jobs.storage.Storage;

class ExperimentTest {
  private static final byte[] MODEL = "a model".getBytes(StandardCharsets.UTF_8);

  @Test
  void givenAServerThatProxiesArtifacts_whenLogged_thenItHasAllOfTheRun() {
    try (MlflowStandIn server = new MlflowStandIn("mlflow-artifacts:/1/run-1/artifacts")) {
      Experiment experiment = on(server, "ser", Map.of()).orElseThrow();

      String runId = experiment.log(run(1001, 101), Map.of("model.safetensors", MODEL));

      assertThat(runId).isEqualTo("run-1");
      assertThat(server.experiments()).containsExactly("Default", "ser");
      assertThat(server.run().path("experiment_id").asText()).isEqualTo("1");
      assertThat(server.run().path("run_name").asText()).isEqualTo("mel-cnn4-gap");
      assertThat(server.run().path("start_time").asLong()).isEqualTo(12);
      assertThat(server.run().path("tags").toString()).contains("ser.commit", "abc");
      assertThat(server.run().path("status").asText()).isEqualTo("FINISHED");
      assertThat(server.metrics()).hasSize(1001);
      assertThat(server.metrics().get(1000).path("key").asText()).isEqualTo("loss");
      assertThat(server.metrics().get(1000).path("value").asDouble()).isEqualTo(1 / 1001.0);
      assertThat(server.metrics().get(1000).path("step").asInt()).isEqualTo(1001);
      assertThat(server.parameters()).hasSize(101).containsEntry("ser.train.key-7", "7");
      assertThat(server.artifacts()).containsOnlyKeys("1/run-1/artifacts/model.safetensors");
      assertThat(server.artifacts().values()).containsExactly(MODEL);
    }
  }

  @Test
  void givenAServerThatNamesAFolder_whenLogged_thenTheModelIsWrittenThere(@TempDir Path folder)
      throws IOException {
    try (MlflowStandIn server = new MlflowStandIn(folder.toUri() + "run-1/artifacts")) {
      on(server, "ser", Map.of()).orElseThrow().log(run(1, 1), Map.of("model.safetensors", MODEL));

      assertThat(Files.readAllBytes(folder.resolve("run-1/artifacts/model.safetensors")))
          .isEqualTo(MODEL);
      assertThat(server.artifacts()).isEmpty();
    }
  }

  @Test
  void givenAnExperimentThatIsThere_whenAsked_thenItIsUsed() {
    try (MlflowStandIn server = new MlflowStandIn("mlflow-artifacts:/")) {
      on(server, "Default", Map.of()).orElseThrow().log(run(1, 1), Map.of());

      assertThat(server.experiments()).containsExactly("Default");
      assertThat(server.run().path("experiment_id").asText()).isEqualTo("0");
    }
  }

  @Test
  void givenAnExperimentThatWasDeleted_whenAsked_thenItIsSaidBeforeTheTraining() {
    try (MlflowStandIn server = new MlflowStandIn("mlflow-artifacts:/")) {
      server.delete("Default");

      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> on(server, "Default", Map.of()))
          .withMessageContaining("'Default': it was deleted")
          .withMessageContaining("ser.mlflow.experiment");
    }
  }

  @Test
  void givenAModelThatIsLogged_whenItsTrainingIsRepeated_thenItIsNotLoggedAgain() {
    try (MlflowStandIn server = new MlflowStandIn("mlflow-artifacts:/1/run-1/artifacts")) {
      Experiment experiment = on(server, "ser", Map.of()).orElseThrow();
      TrackedRun training = of("aa11");

      String first = experiment.log(training, Map.of("model.safetensors", MODEL));

      assertThat(experiment.log(training, Map.of("model.safetensors", MODEL))).isEqualTo(first);
      assertThat(runsOf(server)).isOne();
      experiment.log(of("bb22"), Map.of());
      assertThat(runsOf(server)).as("another model").isEqualTo(2);
      on(server, "Default", Map.of()).orElseThrow().log(of("bb22"), Map.of());
      assertThat(runsOf(server)).as("another experiment").isEqualTo(3);
    }
  }

  @Test
  void givenARunThatBrokeOff_whenItsTrainingIsRepeated_thenItIsLoggedAgain(@TempDir Path folder)
      throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("artifacts"), "a file, and no folder");
    try (MlflowStandIn server = new MlflowStandIn(inTheWay.toUri() + "/run-1")) {
      Experiment experiment = on(server, "ser", Map.of()).orElseThrow();
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> experiment.log(of("aa11"), Map.of("model.safetensors", MODEL)));
      assertThat(server.run().path("status").asText()).isEqualTo("FAILED");

      experiment.log(of("aa11"), Map.of());

      assertThat(runsOf(server)).isEqualTo(2);
      assertThat(server.run().path("status").asText()).isEqualTo("FINISHED");
    }
  }

  private static TrackedRun of(String modelId) {
    TrackedRun run = run(1, 1);
    TreeMap<String, String> tags = new TreeMap<>(run.tags());
    tags.put(TrackedRun.MODEL_ID, modelId);
    return new TrackedRun(run.name(), run.startedMs(), run.parameters(), run.metrics(), tags);
  }

  private static long runsOf(MlflowStandIn server) {
    return server.requests.stream().filter(path -> path.contains("runs/create")).count();
  }

  @Test
  void givenALongSetting_whenLogged_thenItIsCutToWhatMlflowTakes() {
    try (MlflowStandIn server = new MlflowStandIn("mlflow-artifacts:/")) {
      TrackedRun run =
          new TrackedRun(
              "long",
              0,
              new TreeMap<>(Map.of("ser.train.layers", "x".repeat(501))),
              List.of(),
              new TreeMap<>());

      on(server, "ser", Map.of()).orElseThrow().log(run, Map.of());

      assertThat(server.parameters()).containsEntry("ser.train.layers", "x".repeat(500));
    }
  }

  @Test
  void givenCredentials_whenAsked_thenTheyAreSent() {
    try (MlflowStandIn server = new MlflowStandIn("mlflow-artifacts:/")) {
      on(server, "Default", Map.of("MLFLOW_TRACKING_TOKEN", "t0ken"));
      on(
          server,
          "Default",
          Map.of("MLFLOW_TRACKING_USERNAME", "anna", "MLFLOW_TRACKING_PASSWORD", "secret"));

      assertThat(server.requests)
          .containsExactly(
              "/api/2.0/mlflow/experiments/get-by-name Bearer t0ken",
              // anna:secret
              "/api/2.0/mlflow/experiments/get-by-name Basic YW5uYTpzZWNyZXQ=");
    }
  }

  @Test
  void givenAnAddressOfSomethingElse_whenAsked_thenTheErrorNamesAddressAndKey() {
    try (MlflowStandIn server = new MlflowStandIn("mlflow-artifacts:/")) {
      MlflowSettings settings =
          new MlflowSettings(Optional.of(URI.create(server.address() + "/wrong")), "ser");

      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> Experiment.of(settings, storage(), Map.of()))
          .withMessageContaining(server.address().toString())
          .withMessageContaining("404")
          .withMessageContaining("ser.mlflow.tracking-uri");
    }
  }

  @Test
  void givenNoServer_whenAsked_thenTheErrorNamesAddressAndKey() {
    MlflowStandIn server = new MlflowStandIn("mlflow-artifacts:/");
    server.close();

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> on(server, "ser", Map.of()))
        .withMessageContaining(server.address().toString())
        .withMessageContaining("ser.mlflow.tracking-uri");
  }

  @Test
  void givenNoAddress_whenAsked_thenNothingIsLogged() {
    assertThat(Experiment.of(new MlflowSettings(Optional.empty(), "ser"), storage(), Map.of()))
        .isEmpty();
  }

  private static Optional<Experiment> on(
      MlflowStandIn server, String experiment, Map<String, String> environment) {
    return Experiment.of(
        new MlflowSettings(Optional.of(server.address()), experiment), storage(), environment);
  }

  private static Storage storage() {
    return new Storage(new Configuration());
  }

  private static TrackedRun run(int metrics, int parameters) {
    SortedMap<String, String> settings = new TreeMap<>();
    IntStream.range(0, parameters)
        .forEach(i -> settings.put("ser.train.key-" + i, Integer.toString(i)));
    return new TrackedRun(
        "mel-cnn4-gap",
        12,
        settings,
        IntStream.rangeClosed(1, metrics)
            .mapToObj(step -> new Metric("loss", 1.0 / step, step))
            .toList(),
        new TreeMap<>(Map.of("ser.commit", "abc")));
  }
}
