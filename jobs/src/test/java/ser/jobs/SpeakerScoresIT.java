package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.model.file.Tensor;
import ser.model.output.ScoreNormalisation;
import ser.model.scoring.ChannelScores;

/** What becomes of a speaker's scores: the same in training, evaluation, scoring and prediction. */
@ExtendWith(TrainedModel.Provider.class)
class SpeakerScoresIT {
  /** Actors enough for a temperature. */
  private static final List<Integer> VALIDATION = List.of(2, 3, 4, 5);

  @TempDir static Path folder;

  private static TrainedModel corpus;
  private static ModelFile with;
  private static ModelFile without;

  @BeforeAll
  static void trainTwice(TrainedModel trained) throws IOException, ModelFileException {
    corpus = trained;
    with = train("with", "ser.train.speaker-scores=true");
    without = train("without", "ser.train.speaker-scores=false");
    // The same network, whose scores stay as they are.
    Files.createDirectories(folder.resolve("raw"));
    Files.write(file("raw"), with.with(new ScoreNormalisation.None()).toBytes());
  }

  private static ModelFile train(String name, String setting)
      throws IOException, ModelFileException {
    SerRun.of(
            "train",
            "--features",
            corpus.features().toString(),
            "--output",
            folder.resolve(name).toString(),
            "--set",
            "ser.train.layers=conv 4 3x3,relu,global-average-pool",
            "--set",
            "ser.train.input.channels=mfcc:13",
            "--set",
            "ser.train.input.frames=32",
            "--set",
            "ser.train.epochs=6",
            "--set",
            "ser.train.learning-rate=0.02",
            "--set",
            "ser.train.variants=none",
            "--set",
            "ser.train.normalise=speaker",
            "--set",
            "ser.train.speaker-prior-s=2",
            "--set",
            "ser.train.test-speakers=" + TrainedModel.speaker(1),
            "--set",
            "ser.train.validation-speakers="
                + String.join(",", VALIDATION.stream().map(TrainedModel::speaker).toList()),
            "--set",
            setting)
        .done();
    return ModelFile.read(Files.readAllBytes(file(name)), name);
  }

  private static Path file(String name) {
    return folder.resolve(name).resolve("model.safetensors");
  }

  private static ScoreNormalisation.BySpeaker rule() {
    return (ScoreNormalisation.BySpeaker) with.scores();
  }

  @Test
  void givenATraining_whenScoresAreNormalised_thenTheNetworkIsTheSameAndItsAnswersAreNot() {
    assertThat(hidden(with)).isNotEmpty().isEqualTo(hidden(without));
    assertThat(with.calibration().temperature())
        .as("what the scores in the file are divided by")
        .isNotEqualTo(1);
    assertThat(without.scores()).isEqualTo(new ScoreNormalisation.None());
    assertThat(rule().rule()).isEqualTo(with.input().normalisation());

    JsonNode report = TrainedModel.json(folder.resolve("with/report.json"));
    JsonNode plain = TrainedModel.json(folder.resolve("without/report.json"));
    assertThat(report.path("speaker_normalisation").path("scores").asBoolean(false)).isTrue();
    assertThat(plain.path("speaker_normalisation").path("scores").asBoolean(true)).isFalse();
    assertThat(report.path("test").path("hardest"))
        .isNotEqualTo(plain.path("test").path("hardest"));
  }

  /** Without the output's, which are divided by the temperature. */
  private static Map<String, Tensor> hidden(ModelFile model) {
    Map<String, Tensor> weights = new TreeMap<>(model.weights());
    weights.keySet().removeIf(name -> name.startsWith("output"));
    return weights;
  }

  @Test
  void givenTheTrainingsTable_whenEvaluated_thenTheResultIsThatOfTheTraining() {
    SerRun.of(
            "evaluate",
            "--model",
            file("with").toString(),
            "--features",
            corpus.features().toString(),
            "--output",
            folder.resolve("evaluated").toString())
        .done();

    ObjectNode test =
        TrainedModel.json(folder.resolve("evaluated/report.json")).path("test").deepCopy();
    ObjectNode trained =
        TrainedModel.json(folder.resolve("with/report.json")).path("test").deepCopy();
    trained.remove(List.of("split_detail", "transductive", "untested"));
    test.remove("by_standing");
    assertThat(test).isEqualTo(trained);
  }

  /** A temperature is found before it divides the weights, and the scores' statistics with them. */
  @Test
  void givenTheValidationRecordings_whenEvaluated_thenTheModelIsAsCalibratedAsTheTrainingSays() {
    SerRun.of(
            "extract",
            "--input",
            VALIDATION.stream()
                .map(actor -> corpus.recordings().resolve("Actor_%02d".formatted(actor)).toString())
                .collect(Collectors.joining(",")),
            "--output",
            folder.resolve("validation").toString())
        .done();
    SerRun.of(
            "evaluate",
            "--model",
            file("with").toString(),
            "--features",
            folder.resolve("validation/features").toString(),
            "--output",
            folder.resolve("calibrated").toString(),
            "--set",
            "ser.evaluate.rows=all")
        .done();

    JsonNode found = TrainedModel.json(folder.resolve("calibrated/report.json")).path("test");
    JsonNode said = TrainedModel.json(folder.resolve("with/report.json")).path("calibration");
    assertThat(found.path("recordings").asInt()).isEqualTo(said.path("recordings").asInt());
    assertThat(found.path("calibration").path("ece").asDouble())
        .isCloseTo(said.path("ece").asDouble(Double.NaN), within(1e-5));
    assertThat(said.path("ece_before").asDouble())
        .isNotCloseTo(said.path("ece").asDouble(), within(1e-3));
  }

  @Test
  void givenCalls_whenScoredOrPredicted_thenAChannelIsOneSpeaker() throws IOException {
    Path archive = folder.resolve("archive");
    TestRecordings.write(
        archive.resolve("long.wav"),
        TestRecordings.joined(TestRecordings.voice(180, 0.05, 14, 1), TestRecordings.silence(6)));
    TestRecordings.write(archive.resolve("short.wav"), TestRecordings.voice(320, 0.2, 2, 2));
    TestRecordings.write(archive.resolve("silent.wav"), TestRecordings.silence(4));

    List<Map<String, Object>> scored = windows("with", archive, "whole");

    List<Map<String, Object>> byHand = windows("raw", archive, "plain");
    for (String recording : List.of("long.wav", "short.wav", "silent.wav")) {
      normaliseByHand(byHand.stream().filter(row -> of(row, recording)).toList());
    }
    requireClose(scored, byHand);
    requireClose(windows("with", archive, "onnx", "--set", "ser.score.engine=onnx"), byHand);
    requirePredicted(scored, archive);
  }

  @Test
  void givenALongCall_whenItMayBeSplit_thenOneTaskKnowsAllOfIt() {
    Path archive = folder.resolve("long");
    // Long enough for two of the stretches of 128 windows that slices begin with.
    TestRecordings.write(
        archive.resolve("long.wav"),
        TestRecordings.joined(
            TestRecordings.joined(
                TestRecordings.voice(150, 0.02, 7, 5), TestRecordings.silence(55)),
            TestRecordings.voice(210, 0.1, 10, 6)));

    String[] windows = {"--set", "ser.score.window-s=0.3", "--set", "ser.score.hop-s=0.3"};
    String[] split = {
      "--set",
      "ser.score.window-s=0.3",
      "--set",
      "ser.score.hop-s=0.3",
      "--set",
      "ser.score.split-bytes=1000000"
    };

    assertThat(windows("with", archive, "long-split", split))
        .isEqualTo(windows("with", archive, "long-whole", windows));
    assertThat(tasks("with", archive, split)).isOne();
    assertThat(tasks("without", archive, split)).isGreaterThan(1);
  }

  private static int tasks(String model, Path archive, String... more) {
    String[] dryRun = Stream.concat(Stream.of("--dry-run"), Stream.of(more)).toArray(String[]::new);
    return new ScoredOutput(folder.resolve("planned-" + model))
        .scoreBy(file(model).toString(), archive.toString(), dryRun)
        .done()
        .result()
        .path("tasks")
        .asInt();
  }

  private static boolean of(Map<String, Object> row, String recording) {
    return row.get("recording").equals(recording);
  }

  private static List<Map<String, Object>> windows(
      String model, Path archive, String name, String... more) {
    ScoredOutput output = new ScoredOutput(folder.resolve(name));
    output.scoreBy(file(model).toString(), archive.toString(), more).done();
    return ParquetTable.without(output.windows(), "run_id", "model_id");
  }

  private static void normaliseByHand(List<Map<String, Object>> windows) {
    List<Map<String, Object>> speech =
        windows.stream().filter(row -> row.get("speech").equals(true)).toList();
    ChannelScores channel = new ChannelScores();
    speech.forEach(
        row ->
            channel.add(
                (double) row.get("start_s"), (double) row.get("end_s"), probabilities(row)));
    Iterator<float[]> normalised = channel.normalised(rule()).iterator();
    for (Map<String, Object> row : speech) {
      float[] values = normalised.next();
      for (int i = 0; i < values.length; i++) {
        row.put("p_" + with.labels().get(i).label(), (double) values[i]);
      }
    }
  }

  private static float[] probabilities(Map<String, Object> row) {
    float[] values = new float[with.labels().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((Number) row.get("p_" + with.labels().get(i).label())).floatValue();
    }
    return values;
  }

  private static void requireClose(
      List<Map<String, Object>> rows, List<Map<String, Object>> expected) {
    assertThat(rows).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      requireClose(rows.get(i), expected.get(i));
    }
  }

  private static void requireClose(Map<String, Object> row, Map<String, Object> expected) {
    assertThat(row.get("recording")).isEqualTo(expected.get("recording"));
    assertThat(row.get("start_s")).isEqualTo(expected.get("start_s"));
    assertThat(row.get("speech")).isEqualTo(expected.get("speech"));
    if (row.get("speech").equals(true)) {
      float[] probabilities = probabilities(row);
      assertThat(probabilities).containsExactly(probabilities(expected), within(1e-5f));
      int best = 0;
      for (int i = 1; i < probabilities.length; i++) {
        best = probabilities[i] > probabilities[best] ? i : best;
      }
      assertThat(((Number) row.get("confidence")).floatValue()).isEqualTo(probabilities[best]);
      assertThat(row.get("emotion"))
          .isEqualTo(
              probabilities[best] < with.calibration().abstainBelow()
                  ? null
                  : with.labels().get(best).label());
    }
  }

  /** {@code ser predict} says the same of the windows. */
  private static void requirePredicted(List<Map<String, Object>> scored, Path archive)
      throws IOException {
    List<JsonNode> predicted =
        PredictedLines.of(file("with"), archive).stream()
            .filter(line -> line.has("start_s"))
            .toList();
    assertThat(predicted).hasSameSizeAs(scored);
    for (int i = 0; i < scored.size(); i++) {
      for (int label = 0; label < with.labels().size(); label++) {
        String name = with.labels().get(label).label();
        JsonNode probability = predicted.get(i).path("probabilities").path(name);
        if (scored.get(i).get("speech").equals(true)) {
          assertThat(probability.floatValue())
              .isCloseTo(probabilities(scored.get(i))[label], within(1e-5f));
        } else {
          assertThat(probability.isNumber()).isFalse();
        }
      }
    }
  }
}
