package ser.jobs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.FeatureSpec;
import ser.features.audio.AudioHash;
import ser.features.audio.Clip;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;
import ser.model.file.FeatureSpecJson;

/** {@code ser extract}: what stands in its tables. */
class ExtractIT {
  private static final int RECORDINGS = 300;
  private static final List<String> QUARANTINE_REASONS =
      List.of("bad_header", "empty_file", "not_audio_container");

  @TempDir static Path folder;

  /** 300 recordings of which 10 are broken, and the run that extracted them. */
  private static Path archive;

  private static SerRun run;
  private static List<Map<String, Object>> features;

  @BeforeAll
  static void extractOnce() {
    archive = folder.resolve("archive");
    List<Take> takes =
        IntStream.rangeClosed(1, 5)
            .boxed()
            .flatMap(
                actor ->
                    TestRecordings.takesOf(actor, Arrays.asList(Emotion.values()).subList(0, 8))
                        .stream())
            .toList();
    assertThat(takes).hasSize(RECORDINGS);
    for (int i = 0; i < RECORDINGS; i++) {
      if (i % 30 == 7) {
        breakOne(i / 30, takes.get(i));
      } else {
        TestRecordings.write(archive, takes.get(i), 0.6 + 0.01 * (i % 50));
      }
    }
    run = extract(archive, folder.resolve("out")).done();
    features = features(folder.resolve("out"));
  }

  /** 4 truncated in the header, 3 empty, 3 of text. */
  private static void breakOne(int index, Take take) {
    Path file = archive.resolve(take.name());
    if (index < 4) {
      TestRecordings.writeTruncated(file, take.clip(0.6), new int[] {20, 28, 38, 42}[index]);
    } else if (index < 7) {
      TestRecordings.write(file, new byte[0]);
    } else {
      TestRecordings.writeText(file);
    }
  }

  @Test
  void givenTenBrokenOf300_whenExtracted_then290RowsAndTenInQuarantineWithTheirReasons() {
    assertThat(run.exitCode()).isZero();
    assertThat(features).hasSize(290);

    List<Map<String, Object>> quarantine = quarantine(folder.resolve("out"));
    assertThat(quarantine.stream().collect(groupingBy(row -> row.get("reason"), counting())))
        .isEqualTo(Map.of("bad_header", 4L, "empty_file", 3L, "not_audio_container", 3L));
    assertThat(quarantine)
        .allSatisfy(
            row -> {
              Path file = archive.resolve((String) row.get("recording"));
              assertThat(row.get("size_bytes")).isEqualTo(Files.size(file));
              assertThat((String) row.get("detail")).isNotBlank();
              assertThat(row.get("run_id")).isEqualTo(run.result().path("run_id").asText());
            });
    assertThat(Stream.concat(features.stream(), quarantine.stream()).map(r -> r.get("recording")))
        .doesNotHaveDuplicates()
        .hasSize(RECORDINGS);
  }

  @Test
  void givenFewerFailedThanAllowed_whenExtracted_thenStandardOutputIsOneJsonLine() {
    assertThat(run.out()).hasSize(1);
    JsonNode result = run.result();
    assertThat(result.path("job").asText()).isEqualTo("extract");
    assertThat(result.path("status").asText()).isEqualTo("done");
    assertThat(result.path("recordings").asInt()).isEqualTo(RECORDINGS);
    assertThat(result.path("quarantined").asInt()).isEqualTo(10);
    assertThat(result.path("rows").asInt()).isEqualTo(290);
    double audioSeconds =
        features.stream().mapToDouble(row -> (double) row.get("duration_s")).sum();
    assertThat(result.path("audio_seconds").asDouble())
        .isCloseTo(audioSeconds, org.assertj.core.data.Offset.offset(0.051));
    assertThat(result.path("seconds").asDouble()).isPositive();
    assertThat(result.path("output").asText()).isEqualTo(folder.resolve("out").toString());
  }

  @Test
  void givenMoreFailedThanAllowed_whenExtracted_thenExitCode3AndTheTablesAreWritten() {
    Path output = folder.resolve("strict");

    SerRun strict = extract(archive, output, "--set", "ser.extract.max-failed-share=0.01");

    assertThat(strict.exitCode()).isEqualTo(3);
    assertThat(strict.result().path("status").asText()).isEqualTo("too-many-failed");
    assertThat(strict.result().path("rows").asInt()).isEqualTo(290);
    assertThat(features(output)).hasSize(290);
    assertThat(quarantine(output))
        .hasSize(10)
        .allSatisfy(row -> assertThat(row.get("reason")).isIn(QUARANTINE_REASONS));
    assertThat(records(output)).hasSize(1);
  }

  @Test
  void givenFeaturesTable_whenReadWithoutSpark_thenColumnsAreThoseOfTheContract() {
    assertThat(new ParquetTable(folder.resolve("out/features")).columns())
        .containsExactly(
            "recording string",
            "corpus string",
            "speaker string",
            "gender string",
            "emotion string",
            "source_label string",
            "statement string",
            "variant string",
            "audio_sha256 string",
            "source_sample_rate_hz int32",
            "duration_s double",
            "frames int32",
            "log_mel list of float",
            "mfcc list of float",
            "mfcc_delta list of float",
            "mfcc_delta2 list of float",
            "zcr list of float",
            "rms list of float");
    assertThat(new ParquetTable(folder.resolve("out/quarantine")).columns())
        .containsExactly(
            "recording string",
            "size_bytes int64",
            "reason string",
            "detail string",
            "run_id string");
  }

  @Test
  void givenFeaturesTable_whenRead_thenEachArrayHasCoefficientsTimesFramesFiniteValues() {
    Map<String, Integer> coefficients =
        Map.of("log_mel", 128, "mfcc", 40, "mfcc_delta", 40, "mfcc_delta2", 40, "zcr", 1, "rms", 1);
    assertThat(features)
        .allSatisfy(
            row -> {
              long samples = Math.round((double) row.get("duration_s") * 22_050);
              int frames = (int) row.get("frames");
              assertThat(frames).isBetween((int) (samples / 512), (int) (samples / 512) + 2);
              coefficients.forEach(
                  (column, count) -> {
                    float[] values = floats(row, column);
                    assertThat(values).as(column).hasSize(count * frames);
                    assertThat(IntStream.range(0, values.length))
                        .allMatch(i -> Float.isFinite(values[i]));
                  });
            });
  }

  @Test
  void givenFeaturesTable_whenRead_thenItsSettingsStandBesideTheFilesAndInEachOfThem()
      throws IOException {
    Path table = folder.resolve("out/features");
    String beside = Files.readString(table.resolve("_feature_spec.json"));

    assertThat(FeatureSpecJson.parse(beside)).isEqualTo(FeatureSpec.librosa());
    String compact = FeatureSpecJson.toJson(FeatureSpec.librosa()).toString().replace("\"", "\\\"");
    assertThat(new ParquetTable(table).files())
        .isNotEmpty()
        .allSatisfy(
            file ->
                assertThat(ParquetTable.metadata(file).getKeyValueMetaData().values())
                    .anySatisfy(value -> assertThat(value).contains(compact)));
  }

  @Test
  void givenRavdessNames_whenExtracted_thenLabelsAreThoseOfTheNames() {
    Take take = new Take(2, Emotion.FEARFUL, 2, 1, 2);
    Map<String, Object> row = row(features, take.name());

    assertThat(row)
        .containsEntry("corpus", "ravdess")
        .containsEntry("speaker", "ravdess-02")
        .containsEntry("gender", "female")
        .containsEntry("emotion", "fearful")
        .containsEntry("source_label", "06")
        .containsEntry("statement", "01")
        .containsEntry("variant", "original")
        .containsEntry("source_sample_rate_hz", TestRecordings.RATE_HZ);
    assertThat(row(features, new Take(3, Emotion.NEUTRAL, 1, 2, 1).name()))
        .containsEntry("gender", "male")
        .containsEntry("emotion", "neutral")
        .containsEntry("statement", "02");
  }

  @Test
  void givenSameSamplesInTwoCodings_whenExtracted_thenHashAndFeaturesAreEqual() {
    Path input = folder.resolve("codings");
    Take take = new Take(1, Emotion.SAD, 1, 1, 1);
    Clip clip = take.clip(0.7);
    TestRecordings.write(input.resolve("pcm").resolve(take.name()), clip);
    TestRecordings.writeAsFloats(input.resolve("float").resolve(take.name()), clip);
    Clip other = new Clip(clip.samples(), 22_050);
    TestRecordings.write(input.resolve("other-rate").resolve(take.name()), other);

    extract(input, folder.resolve("codings-out")).done();

    List<Map<String, Object>> rows = features(folder.resolve("codings-out"));
    Map<String, Object> pcm = row(rows, "pcm/" + take.name());
    Map<String, Object> asFloats = row(rows, "float/" + take.name());
    assertThat(ParquetTable.without(List.of(asFloats), "recording"))
        .isEqualTo(ParquetTable.without(List.of(pcm), "recording"));
    assertThat(pcm.get("audio_sha256")).isEqualTo(AudioHash.of(decoded(clip)));
    assertThat(row(rows, "other-rate/" + take.name()).get("audio_sha256"))
        .isNotEqualTo(pcm.get("audio_sha256"));
  }

  @Test
  void givenUnusualFolderNames_whenExtracted_thenTheyStandInTheTableLiterally() {
    Path input = folder.resolve("odd");
    Take take = new Take(1, Emotion.HAPPY, 1, 1, 1);
    List<String> odd =
        List.of(
            "with space",
            "100%",
            "%20",
            "#1",
            "grün",
            "音声",
            "a+b",
            "c;d",
            "[e]",
            "{f}",
            "$g",
            "'h'",
            "i=j",
            "k*l?m",
            "n,o",
            "p&q",
            "r\"s\"");
    for (int i = 0; i < odd.size(); i++) {
      TestRecordings.write(
          input.resolve(odd.get(i)).resolve(take.name()), take.clip(0.6 + 0.001 * i));
    }

    extract(input, folder.resolve("odd-out")).done();

    assertThat(features(folder.resolve("odd-out")).stream().map(row -> row.get("recording")))
        .containsExactlyInAnyOrderElementsOf(
            odd.stream().map(name -> name + "/" + take.name()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 #2 %20 grün", "[e]", "{f}", "k*l?m", "r\"s\"", "//t"})
  void givenUnusualInputAndOutput_whenExtracted_thenTheyAreTakenLiterally(String odd) {
    Path input = folder.resolve("in" + odd);
    TestRecordings.write(input, new Take(1, Emotion.HAPPY, 1, 1, 1), 0.6);
    // As text, because a Path has no double slashes.
    String output = folder + "/out" + odd;

    SerRun run = SerRun.of("extract", "--input", folder + "/in" + odd, "--output", output).done();

    assertThat(run.result().path("output").asText()).isEqualTo(output);
    assertThat(features(Path.of(output)).stream().map(row -> row.get("recording")))
        .containsExactly("Actor_01/03-01-03-01-01-01-01.wav");
  }

  @Test
  void givenInputBehindSymbolicLink_whenExtracted_thenItIsRead() throws IOException {
    Path real = folder.resolve("real");
    TestRecordings.write(real, new Take(1, Emotion.HAPPY, 1, 1, 1), 0.6);
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);

    extract(link, folder.resolve("link-out")).done();

    assertThat(features(folder.resolve("link-out")).stream().map(row -> row.get("recording")))
        .containsExactly("Actor_01/03-01-03-01-01-01-01.wav");
  }

  @Test
  void givenTwoInputs_whenExtracted_thenOneTableHoldsBoth() {
    Path one = folder.resolve("two/one");
    Path other = folder.resolve("two/other");
    TestRecordings.write(one, new Take(1, Emotion.HAPPY, 1, 1, 1), 0.6);
    TestRecordings.write(other, new Take(2, Emotion.HAPPY, 1, 1, 1), 0.6);

    SerRun both =
        SerRun.of(
            "extract", "--input", one + "," + other, "--output", folder.resolve("two/out") + "/");

    assertThat(both.done().result().path("recordings").asInt()).isEqualTo(2);
    assertThat(features(folder.resolve("two/out")).stream().map(row -> row.get("speaker")))
        .containsExactly("ravdess-01", "ravdess-02");
  }

  @Test
  void givenARecordingThatBreaksOff_whenExtracted_thenWhatIsThereIsKeptAndItIsCounted() {
    Path input = folder.resolve("cut");
    Clip whole = TestRecordings.voice(200, 0.1, 1.0, 1);
    TestRecordings.write(input.resolve("03-01-03-01-01-01-01.wav"), whole);
    TestRecordings.writeTruncated(
        input.resolve("03-01-04-01-01-01-01.wav"), whole, 44 + whole.samples().length);
    Path output = folder.resolve("cut-out");

    SerRun cut = extract(input, output);

    assertThat(cut.done().result().path("read_in_part").asInt()).isEqualTo(1);
    assertThat(features(output).stream().map(row -> (double) row.get("duration_s")))
        .containsExactly(1.0, 0.5);
  }

  @Test
  void givenNamesOfNoCorpus_whenExtracted_thenTheyAreQuarantinedButDoNotCountAsFailed() {
    Path input = folder.resolve("unlabelled");
    TestRecordings.write(input, new Take(1, Emotion.HAPPY, 1, 1, 1), 0.6);
    TestRecordings.write(input.resolve("notes.wav"), TestRecordings.voice(200, 0.1, 0.6, 1));
    TestRecordings.write(input.resolve("silent.wav"), TestRecordings.silence(0.6));
    TestRecordings.write(input.resolve("short.wav"), TestRecordings.voice(200, 0.1, 0.03, 1));
    Path output = folder.resolve("unlabelled-out");

    SerRun run = extract(input, output, "--set", "ser.extract.max-failed-share=0.5");

    assertThat(run.exitCode()).isZero();
    assertThat(
            quarantine(output).stream().map(row -> row.get("recording") + " " + row.get("reason")))
        .containsExactly("notes.wav unlabelled", "short.wav too_short", "silent.wav silent");
  }

  @Test
  void givenOneTwoAndSevenPartitions_whenExtracted_thenTheRowsAreTheSameBitForBit() {
    Path input = archive.resolve("Actor_01");
    List<Map<String, Object>> one = partitioned(input, 1);
    assertThat(one).hasSize(58);

    assertThat(partitioned(input, 2)).isEqualTo(one);
    assertThat(partitioned(input, 7)).isEqualTo(one);
    assertThat(new ParquetTable(folder.resolve("p1/features")).files()).hasSize(1);
    assertThat(new ParquetTable(folder.resolve("p7/features")).files()).hasSize(7);
    assertThat(ParquetTable.without(quarantine(folder.resolve("p7")), "run_id"))
        .hasSize(2)
        .isEqualTo(ParquetTable.without(quarantine(folder.resolve("p1")), "run_id"));
  }

  private static List<Map<String, Object>> partitioned(Path input, int partitions) {
    Path output = folder.resolve("p" + partitions);
    extract(input, output, "--set", "ser.extract.partitions=" + partitions).done();
    return features(output);
  }

  private static SerRun extract(Path input, Path output, String... more) {
    String[] fixed = {"extract", "--input", input.toString(), "--output", output.toString()};
    return SerRun.of(
        Stream.concat(Arrays.stream(fixed), Arrays.stream(more)).toArray(String[]::new));
  }

  private static List<Map<String, Object>> features(Path output) {
    return new ParquetTable(output.resolve("features")).rowsBy("recording");
  }

  private static List<Map<String, Object>> quarantine(Path output) {
    return new ParquetTable(output.resolve("quarantine")).rowsBy("recording");
  }

  private static List<Path> records(Path output) {
    try (Stream<Path> files = Files.list(output.resolve("runs"))) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> row(List<Map<String, Object>> rows, String recording) {
    return rows.stream()
        .filter(row -> row.get("recording").equals(recording))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no row of " + recording));
  }

  private static float[] floats(Map<String, Object> row, String column) {
    ByteBuffer bytes = (ByteBuffer) row.get(column);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().asFloatBuffer().get(values);
    return values;
  }

  /** The samples that 16 bits leave of a clip. */
  private static Clip decoded(Clip clip) {
    float[] samples = new float[clip.samples().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          Math.max(-32768, Math.min(32767, Math.round(clip.samples()[i] * 32768.0))) / 32768f;
    }
    return new Clip(samples, clip.sampleRateHz());
  }
}
