package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;

/** From {@code ser extract --recipe} to a training on variants. */
class VariantsIT {
  private static final int RECORDINGS = TrainedModel.ACTORS * 8;

  @TempDir private static Path folder;
  private static SerRun extracted;
  private static List<Map<String, Object>> rows;

  @BeforeAll
  static void extract() {
    for (int actor = 1; actor <= TrainedModel.ACTORS; actor++) {
      for (Take take : TestRecordings.takesOf(actor, List.of(Emotion.NEUTRAL, Emotion.ANGRY))) {
        if (take.intensity() == 1) {
          TestRecordings.write(folder.resolve("recordings"), take, 0.5 + 0.1 * take.statement());
        }
      }
    }
    extracted = extract("out", 1, "--recipe", "mel-cnn4-gap").done();
    rows = rows("out");
  }

  @Test
  void givenARecipeWithVariants_whenExtracted_thenTheTableHasThemBesideEachOriginal() {
    Map<Object, Long> byVariant = counts(rows, "variant");

    assertThat(byVariant).containsOnlyKeys("original", "noise", "pitch", "stretch");
    assertThat(byVariant.get("original")).isEqualTo(RECORDINGS);
    // 2.1 copies per recording; the draw's deviation is 0.79 * sqrt(48) rows.
    assertThat((double) rows.size()).isCloseTo(3.1 * RECORDINGS, within(20.0));
    assertThat(extracted.result().path("rows").asInt()).isEqualTo(rows.size());
    assertThat(extracted.result().path("recordings").asInt()).isEqualTo(RECORDINGS);
    assertThat(extracted.result().path("audio_seconds").asDouble())
        .as("of the recordings")
        .isCloseTo(0.65 * RECORDINGS, within(0.1));
  }

  @Test
  void givenVariants_whenRead_thenEachHasTheHashOfItsOriginalAndItsOwnLength() {
    Map<Object, Map<String, Object>> originals =
        rows.stream()
            .filter(row -> row.get("variant").equals("original"))
            .collect(Collectors.toMap(row -> row.get("recording"), Function.identity()));

    assertThat(rows)
        .allSatisfy(
            row -> {
              Map<String, Object> original = originals.get(row.get("recording"));
              for (String same : List.of("audio_sha256", "speaker", "emotion", "corpus")) {
                assertThat(row.get(same)).as(same).isEqualTo(original.get(same));
              }
              String detail = (String) row.get("variant_detail");
              double durationS = (double) row.get("duration_s");
              double originalS = (double) original.get("duration_s");
              switch ((String) row.get("variant")) {
                case "original" -> assertThat(detail).isEmpty();
                case "noise" -> assertThat(valueOf(detail, "snr_db")).isBetween(10.0, 30.0);
                case "pitch" -> {
                  assertThat(valueOf(detail, "semitones")).isBetween(-4.0, 4.0);
                  assertThat(durationS).isEqualTo(originalS);
                }
                case "stretch" -> {
                  double rate = valueOf(detail, "rate");
                  assertThat(rate).isBetween(0.8, 1.25);
                  assertThat(durationS).isCloseTo(originalS / rate, within(0.001));
                }
                default -> throw new AssertionError("unexpected variant in " + row);
              }
              assertThat(row.get("variant").equals("original"))
                  .isEqualTo(row.get("log_mel").equals(original.get("log_mel")));
            });
  }

  @Test
  void givenOtherPartitions_whenExtracted_thenEveryRowIsTheSame() {
    extract("seven", 7, "--recipe", "mel-cnn4-gap").done();

    assertThat(rows("seven")).isEqualTo(rows);
  }

  @Test
  void givenNoRecipe_whenExtracted_thenThereAreOriginalsOnly() {
    extract("plain", 2).done();

    assertThat(counts(rows("plain"), "variant")).containsOnlyKeys("original");
  }

  @Test
  void givenCopiesOnTheCommandLine_whenExtracted_thenTheyAreNumbered() {
    extract(
            "copies",
            2,
            "--set",
            "ser.extract.augment.telephone.copies=1",
            "--set",
            "ser.extract.augment.speed.copies=2")
        .done();

    long each = RECORDINGS;
    assertThat(counts(rows("copies"), "variant"))
        .isEqualTo(Map.of("original", each, "telephone", each, "speed", each, "speed-2", each));
  }

  @Test
  void givenVariants_whenTrained_thenTheyAreInTrainingOnlyAndTheReportCountsThem() {
    Path output = folder.resolve("trained");
    SerRun trained = TrainedModel.train(folder.resolve("out/features"), output, 1).done();

    JsonNode report = TrainedModel.json(output.resolve("report.json"));
    Map<Object, Long> expected =
        counts(
            rows.stream()
                .filter(row -> TrainedModel.split().training().contains(row.get("speaker")))
                .toList(),
            "variant");
    JsonNode training = report.path("rows").path("training");
    expected.forEach(
        (variant, count) ->
            assertThat(training.path((String) variant).asLong())
                .as("%s", variant)
                .isEqualTo(count));
    assertThat(training).hasSize(expected.size());
    assertThat(report.path("rows").path("test").fieldNames())
        .toIterable()
        .containsExactly("original");
    assertThat(report.path("missing_variants")).isEmpty();
    assertThat(report.path("test").path("recordings").asInt())
        .isEqualTo(8 * TrainedModel.split().test().size());
    assertThat(trained.result().path("recordings").asInt()).isEqualTo(RECORDINGS);
    assertThat(trained.result().path("rows").asLong())
        .isEqualTo(expected.values().stream().mapToLong(Long::longValue).sum());
  }

  private static SerRun extract(String output, int partitions, String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "extract",
                "--input",
                folder.resolve("recordings").toString(),
                "--output",
                folder.resolve(output).toString(),
                "--set",
                "ser.extract.partitions=" + partitions));
    arguments.addAll(List.of(more));
    return SerRun.of(arguments.toArray(String[]::new));
  }

  private static List<Map<String, Object>> rows(String output) {
    return new ParquetTable(folder.resolve(output).resolve("features"))
        .rowsBy("recording", "variant");
  }

  private static Map<Object, Long> counts(List<Map<String, Object>> rows, String column) {
    return rows.stream()
        .collect(Collectors.groupingBy(row -> row.get(column), Collectors.counting()));
  }

  private static double valueOf(String detail, String name) {
    assertThat(detail).startsWith(name + "=");
    return Double.parseDouble(detail.substring(name.length() + 1));
  }
}
