package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ser tune} on six speakers and networks of a few hundred weights. */
@ExtendWith(TrainedModel.Provider.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TuneIT {
  private static final String SPACE =
      """
      ser.train {
        epochs = 2
        seed = %d
        layers = ["conv 4 3x3", batch-norm, relu, "dense 8"]
        input { channels = ["mfcc:13"], frames = 32, crop = windows }
      }
      ser.tune {
        layers = ["conv {filters} 3x3", batch-norm, relu, "max-pool {pool}x{pool}", "dropout {lost}", "dense 8"]
        space {
          filters = { min = 2, max = 6, step = 2 }
          pool = [2, 3]
          lost = { min = 0.1, max = 0.5 }
          learning-rate = { min = 1e-3, max = 1e-1, scale = log }
        }
      }
      """
          .formatted(TrainedModel.SEED);

  /** Of the first test, which the others go on from. */
  @TempDir private static Path folder;

  @Test
  @Order(1)
  void givenARecipeWithRanges_whenTuned_thenEachTrialIsARowAndTheBestIsARecipe(TrainedModel model)
      throws IOException {
    SerRun run = tune(model, output(), "--trials", "4").done();

    JsonNode result = run.result();
    assertThat(result.path("job").asText()).isEqualTo("tune");
    assertThat(result.path("trials").asInt()).isEqualTo(4);
    assertThat(result.path("trained").asInt()).isEqualTo(4);
    assertThat(result.path("failed").asInt(-1)).isZero();
    assertThat(texts(result.path("test_speakers")))
        .containsExactlyElementsOf(TrainedModel.split().test());
    assertThat(texts(result.path("validation_speakers")))
        .containsExactlyElementsOf(TrainedModel.split().validation());
    List<Map<String, Object>> rows = rows();
    assertThat(rows).hasSize(4);
    for (Map<String, Object> row : rows) {
      assertThat(row).containsEntry("status", "done").containsEntry("max_epochs", 2);
      assertThat((Double) row.get("macro_f1")).isBetween(0.0, 1.0);
      assertThat((Double) row.get("param_filters")).isIn(2.0, 4.0, 6.0);
      assertThat((Double) row.get("param_learning_rate")).isBetween(1e-3, 1e-1);
    }
    double best =
        rows.stream().mapToDouble(row -> (Double) row.get("macro_f1")).max().orElseThrow();
    assertThat(result.path("validation_macro_f1").asDouble())
        .isEqualTo(Math.round(best * 10_000) / 10_000.0);
    assertThat(Files.readAllLines(output().resolve("trials.csv")))
        .hasSize(5)
        .first()
        .asString()
        .startsWith("trial,round,max_epochs,status,detail,macro_f1,uar")
        .endsWith("param_filters,param_learning_rate,param_lost,param_pool");
    assertThat(Files.readString(output().resolve("report.html")))
        .contains("The test speakers (" + String.join(", ", TrainedModel.split().test()))
        .contains("held out of the search altogether");
    assertThat(output().resolve("_work")).doesNotExist();
  }

  @Test
  @Order(2)
  void givenSomeTrialsAreMissing_whenTunedAgain_thenOnlyTheyAreTrainedAndComeOutTheSame(
      TrainedModel model) throws IOException {
    List<Map<String, Object>> before = rows();
    Map<String, String> kept = finished();
    List<String> gone = List.of("trial-00002-round-1.json", "trial-00003-round-1.json");
    for (String name : gone) {
      Files.delete(output().resolve("finished").resolve(name));
      kept.remove(name);
    }

    SerRun run = tune(model, output(), "--trials", "4").done();

    assertThat(run.result().path("trained").asInt()).isEqualTo(2);
    assertThat(finished()).containsAllEntriesOf(kept).containsKeys(gone.toArray(String[]::new));
    assertThat(ParquetTable.without(rows(), "seconds"))
        .as("measures to the last bit, in another company of tasks")
        .isEqualTo(ParquetTable.without(before, "seconds"));
  }

  @Test
  @Order(3)
  void givenOtherSettings_whenTunedInTheSameOutput_thenTheyAreNamed(TrainedModel model)
      throws IOException {
    Map<String, String> before = finished();

    SerRun run = tune(model, output(), "--trials", "4", "--set", "ser.train.patience=1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaint()).contains("ser.train.patience was 15 and is 1", "--output");
    assertThat(finished()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void givenMoreTrials_whenTunedInTheSameOutput_thenTheOthersStay(TrainedModel model)
      throws IOException {
    List<Map<String, Object>> before = rows();

    SerRun run = tune(model, output(), "--trials", "5").done();

    assertThat(run.result().path("trained").asInt()).isEqualTo(1);
    assertThat(rows().subList(0, 4)).isEqualTo(before);
  }

  @Test
  @Order(5)
  void givenTheBestConfiguration_whenTrained_thenItIsTheTrials(
      TrainedModel model, @TempDir Path trained) throws IOException {
    String filters =
        rows().stream()
            .max((a, b) -> Double.compare((Double) a.get("macro_f1"), (Double) b.get("macro_f1")))
            .map(row -> "conv %.0f 3x3".formatted((Double) row.get("param_filters")))
            .orElseThrow();
    Path best = output().resolve("best.conf");
    assertThat(Files.readString(best)).contains(filters).contains("'ser train' measures");

    SerRun.of(
            "train",
            "--config",
            best.toString(),
            "--features",
            model.features().toString(),
            "--output",
            trained.toString())
        .done();

    JsonNode report = TrainedModel.json(trained.resolve("report.json"));
    assertThat(report.path("workers").asInt()).isEqualTo(1);
    assertThat(report.path("epochs")).hasSize(2);
    assertThat(texts(report.path("test").path("speakers")))
        .containsExactlyElementsOf(TrainedModel.split().test());
  }

  @Test
  void givenHalving_whenTuned_thenTheBetterHalfIsTrainedForTwiceTheEpochs(
      TrainedModel model, @TempDir Path output) throws IOException {
    tune(
            model,
            output,
            "--trials",
            "4",
            "--set",
            "ser.tune.method=halving",
            "--set",
            "ser.tune.halving-factor=2")
        .done();

    List<Map<String, Object>> rows =
        new ParquetTable(output.resolve("trials")).rowsBy("round", "trial");
    assertThat(rows.stream().map(row -> row.get("round") + " " + row.get("max_epochs")))
        .containsExactly("1 1", "1 1", "1 1", "1 1", "2 2", "2 2");
    List<Object> best =
        rows.subList(0, 4).stream()
            .sorted(
                (a, b) -> Double.compare((Double) b.get("macro_f1"), (Double) a.get("macro_f1")))
            .limit(2)
            .map(row -> row.get("trial"))
            .sorted()
            .toList();
    assertThat(rows.subList(4, 6).stream().map(row -> row.get("trial")).toList()).isEqualTo(best);
  }

  @Test
  void givenTrialsThatCannotBeBuilt_whenTuned_thenTheyAreRowsAndWithoutOthersAMistake(
      TrainedModel model, @TempDir Path output) throws IOException {
    SerRun some =
        tune(
            model,
            output.resolve("some"),
            "--trials",
            "4",
            "--set",
            "ser.tune.trials=4",
            "--config",
            config("pool = [2, 40]").toString());
    List<Map<String, Object>> rows =
        new ParquetTable(output.resolve("some/trials")).rowsBy("trial");

    assertThat(some.exitCode()).isZero();
    assertThat(rows.stream().map(row -> row.get("param_pool") + " " + row.get("status")))
        .containsOnly("2.0 done", "40.0 unbuildable");

    SerRun none =
        tune(
            model,
            output.resolve("none"),
            "--trials",
            "2",
            "--config",
            config("pool = [40]").toString());
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.complaint()).contains("None of the 2 trials", "unbuildable", "trials.csv");
    assertThat(new ParquetTable(output.resolve("none/trials")).rowsBy("trial")).hasSize(2);
  }

  @Test
  void givenADryRun_whenTuned_thenNothingIsWritten(TrainedModel model, @TempDir Path output)
      throws IOException {
    SerRun run = tune(model, output.resolve("out"), "--trials", "9", "--dry-run").done();

    assertThat(run.result().path("rounds").get(0).path("trials").asInt()).isEqualTo(9);
    assertThat(texts(run.result().path("parameters"))).contains("learning-rate");
    assertThat(output.resolve("out")).doesNotExist();
  }

  private static SerRun tune(TrainedModel model, Path output, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "tune", "--features", model.features().toString(), "--output", output.toString()));
    if (!Arrays.asList(more).contains("--config")) {
      arguments.addAll(List.of("--config", config("").toString()));
    }
    arguments.addAll(List.of(more));
    return SerRun.of(arguments.toArray(String[]::new));
  }

  private static Path config(String more) throws IOException {
    return Files.writeString(
        folder.resolve("ranges%d.conf".formatted(more.hashCode())),
        SPACE + (more.isEmpty() ? "" : "ser.tune.space { " + more + " }\n"));
  }

  private static Path output() {
    return folder.resolve("tuned");
  }

  private static List<Map<String, Object>> rows() {
    return new ParquetTable(output().resolve("trials")).rowsBy("trial");
  }

  private static Map<String, String> finished() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(output().resolve("finished"))) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
