package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.features.spec.FeatureSpec;
import ser.model.file.ModelCalibration;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.model.split.Side;
import ser.model.split.SpeakerSplit;

/** {@code ser train}: the report and the model file. */
@ExtendWith(TrainedModel.Provider.class)
class TrainIT {
  @Test
  void givenTraining_whenItEnds_thenTheReportHasEveryFieldOfTheContract(TrainedModel model) {
    JsonNode report = model.report();

    assertThat(report.path("recipe").asText()).isEqualTo("mel-cnn4-gap");
    assertThat(report.path("split").asText()).isEqualTo("speakers");
    assertThat(report.path("normalise").asText()).isEqualTo("corpus");
    // 423,688 with 8 classes; four classes fewer are 4 x (128 + 1) fewer.
    assertThat(report.path("parameters").asInt()).isEqualTo(423_688 - 4 * 129);
    assertThat(report.path("seed").asInt()).isEqualTo(TrainedModel.SEED);
    assertThat(texts(report.path("corpora"))).containsExactly("ravdess");
    JsonNode test = report.path("test");
    assertThat(test.path("split").asText()).isEqualTo("speakers");
    assertThat(test.path("accuracy").asDouble(-1)).isBetween(0.0, 1.0);
    assertThat(test.path("uar").asDouble(-1)).isBetween(0.0, 1.0);
    assertThat(test.path("macro_f1").asDouble(-1)).isBetween(0.0, 1.0);
    assertThat(texts(test.path("labels"))).containsExactly("neutral", "happy", "sad", "angry");
    assertThat(test.path("classes")).hasSize(4);
    assertThat(test.path("recordings").asInt()).isEqualTo(16);
    assertThat(texts(report.path("missing_variants")))
        .as("what the recipe asks for and the table does not have: a warning")
        .containsExactly("noise", "pitch", "stretch");
    assertThat(report.path("rows").path("training").path("original").asInt())
        .isEqualTo(17 * TrainedModel.split().training().size());
  }

  @Test
  void givenTraining_whenItEnds_thenEachEpochHasAFiniteLossAndItsValidationScore(
      TrainedModel model) {
    JsonNode epochs = model.report().path("epochs");

    assertThat(epochs).hasSize(TrainedModel.EPOCHS);
    for (int i = 0; i < epochs.size(); i++) {
      JsonNode epoch = epochs.get(i);
      assertThat(epoch.path("epoch").asInt()).isEqualTo(i + 1);
      assertThat(epoch.path("loss").asDouble(Double.NaN)).isFinite().isPositive();
      assertThat(epoch.path("learning_rate").asDouble()).isEqualTo(0.001);
      assertThat(epoch.path("validation_macro_f1").asDouble(-1)).isBetween(0.0, 1.0);
    }
    assertThat(model.report().path("best_epoch").asInt()).isBetween(1, TrainedModel.EPOCHS);
    assertThat(model.report().path("monitor").asText()).isEqualTo("macro-f1");
    assertThat(epochs.get(TrainedModel.EPOCHS - 1).path("loss").asDouble())
        .isLessThan(epochs.get(0).path("loss").asDouble());
  }

  @Test
  void givenTraining_whenItEnds_thenTheSidesAreThoseOfTheSeedAndShareNoSpeaker(TrainedModel model) {
    JsonNode report = model.report();
    SpeakerSplit expected = TrainedModel.split();

    for (Side side : Side.values()) {
      String name = side.name().toLowerCase(java.util.Locale.ROOT);
      assertThat(texts(report.path("speakers").path(name)))
          .as(name)
          .containsExactlyElementsOf(expected.speakersOf(side));
    }
    assertThat(texts(report.path("test").path("speakers")))
        .isNotEmpty()
        .containsExactlyElementsOf(expected.test())
        .doesNotContainAnyElementsOf(expected.training());
  }

  @Test
  void givenReport_whenConfusionIsSummed_thenItAgreesWithItsNumbers(TrainedModel model) {
    JsonNode test = model.report().path("test");
    JsonNode confusion = test.path("confusion");

    int total = 0;
    int correct = 0;
    double recalls = 0;
    for (int actual = 0; actual < 4; actual++) {
      int row = 0;
      for (JsonNode count : confusion.get(actual)) {
        row += count.asInt();
      }
      assertThat(row).isEqualTo(4);
      total += row;
      correct += confusion.get(actual).get(actual).asInt();
      recalls += confusion.get(actual).get(actual).asInt() / (double) row;
    }
    assertThat(total).isEqualTo(test.path("recordings").asInt());
    assertThat(test.path("accuracy").asDouble())
        .isCloseTo(correct / (double) total, Offset.offset(1e-9));
    assertThat(test.path("uar").asDouble()).isCloseTo(recalls / 4, Offset.offset(1e-9));
  }

  @Test
  void givenTraining_whenItEnds_thenThePageSaysWhatTheReportSays(TrainedModel model)
      throws IOException {
    JsonNode test = model.report().path("test");

    ReportPage page = ReportPage.of(Files.readAllBytes(model.output().resolve("report.html")));

    assertThat(page.table("By speaker").keySet())
        .containsExactlyElementsOf(texts(test.path("speakers")));
    assertThat(page.table("Hardest recordings"))
        .hasSize(16)
        .containsKey(test.path("hardest").path(0).path("recording").asText());
    assertThat(page.table("Epochs")).hasSize(TrainedModel.EPOCHS);
    assertThat(page.text())
        .contains("mel-cnn4-gap on ravdess", "split speakers, normalise corpus")
        .contains(model.features().toString(), model.report().path("model_id").asText());
  }

  @Test
  void givenTraining_whenItEnds_thenResultsByGroupAddUpToTheWhole(TrainedModel model) {
    JsonNode test = model.report().path("test");

    for (String groups : List.of("by_speaker", "by_gender", "by_intensity", "by_corpus")) {
      double correct = 0;
      int recordings = 0;
      for (JsonNode group : test.path(groups)) {
        recordings += group.path("recordings").asInt();
        correct += group.path("recordings").asInt() * group.path("accuracy").asDouble();
      }
      assertThat(recordings).as(groups).isEqualTo(test.path("recordings").asInt());
      assertThat(correct / recordings)
          .as(groups)
          .isCloseTo(test.path("accuracy").asDouble(), Offset.offset(1e-9));
    }
    assertThat(test.path("normalise").asText()).isEqualTo("corpus");
    assertThat(model.report().path("provenance").path("licences").path("ravdess").asText())
        .isEqualTo("CC-BY-NC-SA-4.0");
  }

  @Test
  void givenTraining_whenItEnds_thenStandardOutputIsOneJsonLine(TrainedModel model) {
    assertThat(model.trained().out()).hasSize(1);
    JsonNode result = model.trained().result();
    JsonNode extracted = model.extracted().result();

    assertThat(result.path("job").asText()).isEqualTo("train");
    assertThat(result.path("status").asText()).isEqualTo("done");
    assertThat(result.path("recordings").asInt())
        .isEqualTo(extracted.path("rows").asInt())
        .isEqualTo(6 * 16 + TrainedModel.split().training().size());
    assertThat(result.path("quarantined").asInt(-1)).isZero();
    assertThat(result.path("rows").asInt()).isEqualTo(17 * TrainedModel.split().training().size());
    assertThat(result.path("audio_seconds").asDouble(-1))
        .isEqualTo(extracted.path("audio_seconds").asDouble());
    assertThat(result.path("seconds").asDouble()).isPositive();
    assertThat(result.path("split").asText()).isEqualTo("speakers");
    assertThat(result.path("output").asText()).isEqualTo(model.output().toString());
  }

  @Test
  void givenModelFile_whenRead_thenItSaysWhereItComesFrom(TrainedModel model)
      throws IOException, ModelFileException {
    byte[] bytes = Files.readAllBytes(model.file());

    ModelFile read = ModelFile.read(bytes, model.file().toString());

    assertThat(read.toBytes()).isEqualTo(bytes);
    assertThat(read.modelId()).isEqualTo(model.report().path("model_id").asText());
    assertThat(read.labels()).isEqualTo(TrainedModel.EMOTIONS);
    assertThat(read.input().featureSpec()).isEqualTo(FeatureSpec.librosa());
    assertThat(read.input().inputSpec().frames()).isEqualTo(130);
    assertThat(read.provenance().split().protocol()).isEqualTo("speakers");
    assertThat(read.provenance().split()).isEqualTo(TrainedModel.split());
    assertThat(read.provenance().data().licences()).isEqualTo(Map.of("ravdess", "CC-BY-NC-SA-4.0"));
    assertThat(read.provenance().data().tables())
        .singleElement()
        .satisfies(
            table -> {
              assertThat(table.path()).isEqualTo(model.features().toString());
              assertThat(table.rows()).isEqualTo(model.extracted().result().path("rows").asInt());
            });
    assertThat(read.provenance().metrics().path("test")).isEqualTo(model.report().path("test"));
  }

  @Test
  void givenSameSeed_whenTrainedAgain_thenSplitAndModelAreTheSame(
      TrainedModel model, @TempDir Path folder) {
    String first =
        TrainedModel.train(model.features(), folder, 1).done().result().path("model_id").asText();
    String second =
        TrainedModel.train(model.features(), folder, 1).done().result().path("model_id").asText();
    assertThat(second).isNotEmpty().isEqualTo(first);

    JsonNode again = TrainedModel.json(folder.resolve("report.json"));
    assertThat(again.path("speakers")).isEqualTo(model.report().path("speakers"));
    assertThat(again.path("epochs")).hasSize(1);
  }

  @Test
  void givenFewRows_whenTrainedForAsManyEpochsAsItTakes_thenTheCycleSpansThem(
      TrainedModel model, @TempDir Path folder) {
    int rows = model.report().path("rows").path("training").path("original").asInt();
    JsonNode result =
        SerRun.of(
                "train",
                "--features",
                model.features().toString(),
                "--output",
                folder.toString(),
                "--set",
                "ser.train.layers=conv 4 3x3,relu,global-average-pool",
                "--set",
                "ser.train.schedule=one-cycle",
                "--set",
                "ser.train.epochs=auto",
                "--set",
                "ser.train.least-epochs=1",
                "--set",
                "ser.train.least-rows-seen=" + (2 * rows + 1))
            .done()
            .result();

    assertThat(result.path("epochs").asInt()).isEqualTo(3);
    JsonNode epochs = TrainedModel.json(folder.resolve("report.json")).path("epochs");
    double peak = 0.001;
    assertThat(epochs.path(0).path("learning_rate").asDouble()).isBetween(peak / 2, peak);
    assertThat(epochs.path(2).path("learning_rate").asDouble()).isBetween(0.0, peak / 10);
  }

  @Test
  void givenEnoughToValidate_whenTrainedEvaluatedAndScored_thenProbabilitiesAreCalibrated(
      TrainedModel model, @TempDir Path folder) throws IOException, ModelFileException {
    SerRun.of(
            "train",
            "--features",
            model.features().toString(),
            "--output",
            folder.toString(),
            "--set",
            "ser.train.layers=conv 4 3x3,relu,global-average-pool",
            "--set",
            "ser.train.epochs=2",
            "--set",
            "ser.train.split=random",
            "--set",
            "ser.train.random-test-share=0.1",
            "--set",
            "ser.train.random-validation-share=0.7",
            "--set",
            "ser.train.abstain.target-accuracy=1",
            "--set",
            "ser.train.abstain.at-most=1")
        .done();
    Path file = folder.resolve("model.safetensors");

    JsonNode report = TrainedModel.json(folder.resolve("report.json"));
    JsonNode calibration = report.path("calibration");
    assertThat(calibration.path("fitted").asBoolean()).isTrue();
    assertThat(calibration.path("recordings").asInt()).isGreaterThanOrEqualTo(50);
    assertThat(calibration.path("temperature").asDouble()).isNotEqualTo(1).isPositive();
    assertThat(calibration.path("nll").asDouble())
        .isLessThan(calibration.path("nll_before").asDouble());
    double below = calibration.path("abstain_below").asDouble();
    assertThat(below).as("not all answers of such a network are right").isPositive();
    assertThat(ModelFile.read(Files.readAllBytes(file), "m").calibration())
        .isEqualTo(
            new ModelCalibration(
                calibration.path("temperature").asDouble(),
                below,
                calibration.path("recordings").asLong()));

    SerRun.of(
            "evaluate",
            "--model",
            file.toString(),
            "--features",
            model.features().toString(),
            "--output",
            folder.resolve("judged").toString())
        .done();
    JsonNode judged = TrainedModel.json(folder.resolve("judged/report.json"));
    // The same recordings by the file's weights as by the network that was divided in memory.
    for (String number : List.of("ece", "ece_before")) {
      assertThat(judged.path("test").path("calibration").path(number).asDouble(-1))
          .as(number)
          .isCloseTo(
              report.path("test").path("calibration").path(number).asDouble(-2), within(1e-5));
    }

    ScoredOutput scored = new ScoredOutput(folder.resolve("scored"));
    scored.scoreBy(file.toString(), model.recordings().resolve("Actor_01").toString()).done();
    assertThat(scored.windows())
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat(row.get("emotion") == null)
                    .isEqualTo((double) row.get("confidence") < below));
  }

  @Test
  void givenDryRun_whenTrained_thenTheSplitIsShownAndNothingIsWritten(
      TrainedModel model, @TempDir Path folder) {
    Path output = folder.resolve("out");
    SerRun run =
        SerRun.of(
                "train",
                "--dry-run",
                "--features",
                model.features().toString(),
                "--output",
                output.toString())
            .done();

    assertThat(run.result().path("status").asText()).isEqualTo("dry-run");
    assertThat(texts(run.result().path("test_speakers")))
        .containsExactlyElementsOf(TrainedModel.split().test());
    assertThat(output).doesNotExist();
  }

  @Test
  void givenFeaturesTable_whenTheTestSpeakersRowsAreCounted_thenNoneIsInTraining(
      TrainedModel model) {
    List<Map<String, Object>> rows = new ParquetTable(model.features()).rowsBy("recording");
    long test =
        rows.stream()
            .filter(row -> TrainedModel.split().test().contains(row.get("speaker")))
            .count();

    assertThat(model.report().path("test").path("recordings").asLong()).isEqualTo(test);
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
