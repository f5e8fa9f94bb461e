package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.model.input.Normalisation;
import ser.model.input.Normalisation.Speaker.Deviation;
import ser.model.split.HeldOut;
import ser.model.split.SpeakerSplit;

/** {@code ser train} by folds, by named speakers and across corpora, and by speaker. */
@ExtendWith(TrainedModel.Provider.class)
class ProtocolsIT {
  /** A network that trains in no time; what it learns is no matter here. */
  private static final List<String> TINY =
      List.of(
          "ser.train.layers=conv 2 3x3,relu,global-average-pool",
          "ser.train.input.channels=mfcc:13",
          "ser.train.input.frames=32",
          "ser.train.epochs=1",
          "ser.train.variants=none");

  @TempDir static Path folder;

  private static TrainedModel corpus;
  private static Path emodb;

  @BeforeAll
  static void extractAnotherCorpus(TrainedModel trained) {
    corpus = trained;
    Path recordings = folder.resolve("emodb-recordings");
    // Speakers 03 (a man) and 08 (a woman); happy, sad and bored.
    for (String speaker : List.of("03", "08")) {
      for (String emotion : List.of("F", "T", "L")) {
        int seed = (speaker + emotion).hashCode();
        TestRecordings.write(
            recordings.resolve("%sa01%sa.wav".formatted(speaker, emotion)),
            TestRecordings.voice(150 + seed % 50, 0.05, 0.7, seed));
      }
    }
    SerRun.of(
            "extract",
            "--input",
            recordings.toString(),
            "--output",
            folder.resolve("emodb").toString())
        .done();
    emodb = folder.resolve("emodb/features");
  }

  @Test
  void givenAllFoldsBySpeaker_whenTrained_thenEverybodyIsTestedOnceAndTheModelScores()
      throws Exception {
    Path output = folder.resolve("folds");
    Files.createDirectories(output.resolve("fold-3"));
    Files.writeString(output.resolve("fold-3/model.safetensors"), "of an earlier run");
    SerRun run =
        train(
                corpus.features().toString(),
                output,
                "ser.train.folds=2",
                "ser.train.fold=all",
                "ser.train.normalise=speaker",
                "ser.train.speaker-prior-s=4",
                "ser.train.speaker-deviation=corpus",
                "ser.train.speaker-mixes=2")
            .done();

    JsonNode report = TrainedModel.json(output.resolve("report.json"));
    assertThat(texts(report.path("test").path("speakers")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(1, 2, 3, 4, 5, 6).map(TrainedModel::speaker).toList());
    assertThat(report.path("test").path("recordings").asInt())
        .isEqualTo(corpus.extracted().result().path("rows").asInt());
    assertThat(report.path("folds")).hasSize(2);
    assertThat(run.result().path("folds").asInt()).isEqualTo(2);
    assertThat(run.result().path("test_uar").asDouble(-1)).isBetween(0.0, 1.0);

    JsonNode second = TrainedModel.json(output.resolve("fold-2/report.json"));
    assertThat(second.path("split_detail").asText()).isEqualTo("fold 2 of 2");
    assertThat(second.path("normalise").asText()).isEqualTo("speaker");
    assertThat(second.path("test").path("normalise").asText()).isEqualTo("speaker");
    assertThat(second.path("test").path("transductive").asBoolean()).isTrue();
    assertThat(second.path("speaker_normalisation").path("prior_s").asDouble()).isEqualTo(4);
    assertThat(second.path("leaks").path("known")).isEmpty();
    assertThat(second.path("leaks").path("rows").path("normaliser").asText())
        .startsWith(second.path("rows").path("training").path("original").asText() + " rows, ")
        .isEqualTo(second.path("leaks").path("rows").path("training").asText());

    assertThat(output.resolve("fold-3")).doesNotExist();

    Path file = output.resolve("fold-2/model.safetensors");
    ModelFile model = read(file);
    assertThat(model.input().normalisation())
        .isEqualTo(new Normalisation.Speaker(4, Deviation.CORPUS));
    assertThat(((SpeakerSplit) model.provenance().split()).heldOut())
        .isEqualTo(new HeldOut.Fold(2, 2));
    scoreWith(file);
  }

  /** A speaker's own recordings move his probabilities; the training set's alone do not. */
  private static void scoreWith(Path model) throws IOException {
    Path archive = folder.resolve("archive");
    TestRecordings.write(archive.resolve("a.wav"), TestRecordings.voice(180, 0.05, 5, 1));
    TestRecordings.write(
        archive.resolve("b.wav"),
        TestRecordings.joined(
            TestRecordings.voice(180, 0.05, 5, 1), TestRecordings.voice(320, 0.2, 15, 2)));
    SerRun.of(
            "score",
            "--model",
            model.toString(),
            "--input",
            archive.toString(),
            "--output",
            folder.resolve("scored").toString())
        .done();

    List<Map<String, Object>> rows =
        new ParquetTable(folder.resolve("scored/windows")).rowsBy("recording");
    List<Object> first = new ArrayList<>();
    rows.stream()
        .filter(row -> row.get("start_s").equals(0.0))
        .forEach(row -> first.add(row.get("p_happy")));
    assertThat(first).hasSize(2).doesNotContainNull();
    assertThat(first.get(0))
        .as("the same window of somebody who says other things later")
        .isNotEqualTo(first.get(1));
  }

  @Test
  void givenAnotherCorpus_whenItIsTheTest_thenClassesThatOnlyItHasAreAnErrorOrLeftOut()
      throws Exception {
    String tables = corpus.features() + "," + emodb;

    assertRefused(
        train(tables, folder.resolve("refused"), "ser.train.test-corpora=emodb"),
        "(corpora emodb)",
        "no recording of bored",
        "ser.train.emotions = common");

    Path output = folder.resolve("across");
    train(
            tables,
            output,
            "ser.train.test-corpora=emodb",
            "ser.train.emotions=neutral,happy,sad,angry")
        .done();
    JsonNode report = TrainedModel.json(output.resolve("report.json"));
    assertThat(texts(report.path("test").path("speakers"))).containsExactly("emodb-03", "emodb-08");
    assertThat(texts(report.path("test").path("untested"))).containsExactly("neutral", "angry");
    assertThat(report.path("test").path("recordings").asInt()).isEqualTo(4);
    assertThat(texts(report.path("speakers").path("training")))
        .allMatch(speaker -> speaker.startsWith("ravdess-"));

    JsonNode common =
        train(
                tables,
                folder.resolve("common"),
                "--dry-run",
                "ser.train.test-corpora=emodb",
                "ser.train.emotions=common")
            .done()
            .result();
    assertThat(texts(common.path("labels"))).containsExactly("happy", "sad");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ser.train.test-speakers=ravdess-77 | ravdess-77",
        "ser.train.test-corpora=tess | [ravdess]",
        "ser.train.folds=7 | 7 folds of 6 speakers",
        "ser.train.emotions=happy,bored | no recording of bored",
        "ser.train.validation-speakers=ravdess-88 | ravdess-88"
      })
  void givenWhatTheTableDoesNotHave_whenTrained_thenItIsTheUsersMistake(
      String setting, String named) {
    assertRefused(
        train(corpus.features().toString(), folder.resolve("refused"), "--dry-run", setting),
        named);
  }

  @Test
  void givenRecordingsAtRandom_whenTrained_thenTheReportSaysWhichVoicesWereHeard() {
    Path output = folder.resolve("random");
    train(corpus.features().toString(), output, "ser.train.split=random").done();

    JsonNode report = TrainedModel.json(output.resolve("report.json"));
    assertThat(report.path("split_detail").asText()).isEqualTo("10% test, 10% validation");
    JsonNode known = report.path("leaks").path("known");
    assertThat(known.findValuesAsText("kind")).containsExactly("speaker");
    assertThat(known.get(0).path("count").asInt()).isEqualTo(TrainedModel.ACTORS);
    assertThat(report.path("test").path("transductive").asBoolean(true)).isFalse();
  }

  private static void assertRefused(SerRun run, String... named) {
    assertThat(run.exitCode()).as("exit code, of %s", run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasSize(1);
    assertThat(run.complaint()).startsWith("ser: ").contains(named);
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  /** Settings, and flags among them. */
  private static SerRun train(String features, Path output, String... settings) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--features", features, "--output", output.toString()));
    Stream.concat(TINY.stream(), Stream.of(settings))
        .forEach(
            setting -> {
              if (!setting.startsWith("--")) {
                arguments.add("--set");
              }
              arguments.add(setting);
            });
    return SerRun.of(arguments.toArray(String[]::new));
  }

  private static ModelFile read(Path file) throws IOException, ModelFileException {
    return ModelFile.read(Files.readAllBytes(file), file.toString());
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
