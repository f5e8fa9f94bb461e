package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.model.split.RecordingSplit;
import ser.model.split.Side;

/** {@code ser evaluate --leak-gap}: one recipe under three splits, side by side. */
@ExtendWith(TrainedModel.Provider.class)
class LeakGapIT {
  private static final String TINY = "conv 4 3x3,relu,max-pool 4x4,global-average-pool";

  private static final String[] FOLDS = {
    "--set", "ser.train.folds=2", "--set", "ser.train.fold=all"
  };

  @TempDir private Path folder;

  @Test
  void givenARecipe_whenItsLeakGapIsMeasured_thenTheThreeSplitsStandSideBySide(TrainedModel model)
      throws IOException {
    Path output = folder.resolve("model/leak-gap");
    SerRun run = leakGap(model, output).done();

    JsonNode report = TrainedModel.json(output.resolve("report.json"));
    JsonNode protocols = report.path("protocols");
    assertThat(protocols).hasSize(3);
    assertThat(protocols.path(0).path("split").asText()).isEqualTo("speakers");
    assertThat(protocols.path(1).path("split").asText()).isEqualTo("random");
    assertThat(protocols.path(2).path("split").asText()).isEqualTo("random-with-duplicates");
    assertThat(protocols.path(0).path("recordings").asInt()).isEqualTo(16);
    assertThat(protocols.path(1).path("recordings").asInt()).isEqualTo(tested(model, false, false));
    assertThat(protocols.path(2).path("recordings").asInt()).isEqualTo(tested(model, true, false));
    assertThat(protocols.path(0).path("without_twin").isNull()).isTrue();
    assertThat(protocols.path(1).path("without_twin").isNull()).isTrue();
    assertThat(protocols.path(2).path("without_twin").path("recordings").asInt())
        .isEqualTo(tested(model, true, true))
        .isPositive();
    protocols.forEach(
        protocol -> {
          assertThat(protocol.path("accuracy").asDouble(-1)).isBetween(0.0, 1.0);
          assertThat(protocol.path("normalise").asText()).isEqualTo("corpus");
        });

    assertThat(run.out()).hasSize(1);
    JsonNode splits = run.result().path("splits");
    assertThat(splits).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(splits.path(i).path("split")).isEqualTo(protocols.path(i).path("split"));
      assertThat(splits.path(i).path("recordings")).isEqualTo(protocols.path(i).path("recordings"));
      for (String metric : List.of("accuracy", "uar", "macro_f1")) {
        assertThat(splits.path(i).path(metric).asDouble(-1))
            .isEqualTo(Math.round(protocols.path(i).path(metric).asDouble() * 10_000) / 10_000.0);
      }
    }
    ReportPage page = ReportPage.of(Files.readAllBytes(output.resolve("report.html")));
    assertThat(page.table("Held-out recordings by split"))
        .containsKeys("speakers", "random", "random-with-duplicates");

    // A training beside it shows it.
    SerRun.of(arguments(model, "train", output.getParent())).done();
    assertThat(
            ReportPage.of(Files.readAllBytes(output.resolveSibling("report.html")))
                .table("Held-out recordings by split"))
        .isEqualTo(page.table("Held-out recordings by split"));
  }

  @Test
  void givenADryRun_whenTheLeakGapIsAsked_thenTheTrainingsAreNamedAndNothingIsWritten(
      TrainedModel model) {
    Path output = folder.resolve("dry");
    SerRun run = leakGap(model, output, "--dry-run").done();

    assertThat(run.result().path("status").asText()).isEqualTo("dry-run");
    assertThat(run.result().path("trainings").findValuesAsText("split"))
        .containsExactly("speakers", "random", "random-with-duplicates");
    assertThat(output).doesNotExist();
  }

  @Test
  void givenARunThatBreaksOff_whenRepeated_thenItGoesOnAndTheReportIsThatOfAnUndisturbedRun(
      TrainedModel model) throws IOException {
    Path undisturbed = folder.resolve("undisturbed");
    leakGap(model, undisturbed, FOLDS).done();
    Path output = folder.resolve("again");
    SerRun broken = failing("create .*/random/checkpoints/.*epoch.*", model, output);
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(output.resolve("unfinished/speakers/fold-2/checkpoints")).isNotEmptyDirectory();
    assertThat(output.resolve("report.json")).doesNotExist();

    // A training that began anew would put its first epoch down again.
    failing("create .*/speakers/fold-./checkpoints/.*epoch.*", model, output).done();

    assertThat(TrainedModel.json(output.resolve("report.json")))
        .isEqualTo(TrainedModel.json(undisturbed.resolve("report.json")));
    assertThat(output.resolve("unfinished")).doesNotExist();
    assertThat(undisturbed.resolve("unfinished")).doesNotExist();
  }

  @Test
  void givenLayersThatDoNotFit_whenTheLeakGapIsAsked_thenItIsRefusedAndNothingIsLeft(
      TrainedModel model) {
    Path output = folder.resolve("refused");
    SerRun run = leakGap(model, output, "--set", "ser.train.layers=conv 4 3x3,max-pool 64x64");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(output.resolve("unfinished")).doesNotExist();
  }

  private static SerRun failing(String operation, TrainedModel model, Path output) {
    System.setProperty(FaultyFileSystem.FAIL, operation);
    try {
      List<String> arguments =
          new ArrayList<>(List.of(arguments(model, "evaluate", "faulty://" + output)));
      arguments.add("--leak-gap");
      arguments.addAll(List.of(FOLDS));
      return SerRun.of(arguments.toArray(String[]::new));
    } finally {
      System.clearProperty(FaultyFileSystem.FAIL);
    }
  }

  private static SerRun leakGap(TrainedModel model, Path output, String... more) {
    List<String> arguments = new ArrayList<>(List.of(arguments(model, "evaluate", output)));
    arguments.add("--leak-gap");
    arguments.addAll(List.of(more));
    return SerRun.of(arguments.toArray(String[]::new));
  }

  private static String[] arguments(TrainedModel model, String command, Object output) {
    return new String[] {
      command,
      "--features",
      model.features().toString(),
      "--output",
      output.toString(),
      "--set",
      "ser.train.seed=" + TrainedModel.SEED,
      "--set",
      "ser.train.epochs=1",
      "--set",
      "ser.train.input.channels=mfcc:13",
      "--set",
      "ser.train.layers=" + TINY
    };
  }

  /**
   * How often recordings stand on the test side, by the split's own word; shares of mel-cnn4-gap.
   */
  private static int tested(TrainedModel model, boolean duplicated, boolean withoutTwin) {
    RecordingSplit split = new RecordingSplit(duplicated, 0.1, 0.1, TrainedModel.SEED);
    int count = 0;
    for (Map<String, Object> row : new ParquetTable(model.features()).rowsBy("recording")) {
      List<Side> sides = split.sidesOf((String) row.get("speaker"), (String) row.get("recording"));
      if (!withoutTwin || !sides.contains(Side.TRAINING)) {
        count += Collections.frequency(sides, Side.TEST);
      }
    }
    return count;
  }
}
