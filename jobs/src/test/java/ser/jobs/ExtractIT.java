package ser.jobs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
import ser.features.spec.FeatureSpec;
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
              assertThat(row.get("source_modified")).isEqualTo(modifiedMicros(file));
            });
    assertThat(Stream.concat(features.stream(), quarantine.stream()).map(r -> r.get("recording")))
        .doesNotHaveDuplicates()
        .hasSize(RECORDINGS);
  }

  @Test
  void givenFeaturesTable_whenRead_thenItSaysWhatTheFilesWere() {
    assertThat(features)
        .allSatisfy(
            row -> {
              Path file = archive.resolve((String) row.get("recording"));
              assertThat(row.get("source_bytes")).isEqualTo(Files.size(file));
              assertThat(row.get("source_modified")).isEqualTo(modifiedMicros(file));
            });
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
    assertThat(new ExtractedOutput(output).records()).hasSize(1);
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
            "intensity string",
            "licence string",
            "variant string",
            "variant_detail string",
            "audio_sha256 string",
            "source_sample_rate_hz int32",
            "source_bytes int64",
            "source_modified timestamp(micros,true)",
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
            "run_id string",
            "source_modified timestamp(micros,true)",
            "duplicate_of string");
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
    Map<String, Object> row = ExtractedOutput.row(features, take.name());

    assertThat(row)
        .containsEntry("corpus", "ravdess")
        .containsEntry("speaker", "ravdess-02")
        .containsEntry("gender", "female")
        .containsEntry("emotion", "fearful")
        .containsEntry("source_label", "06")
        .containsEntry("statement", "01")
        .containsEntry("intensity", "strong")
        .containsEntry("licence", "CC-BY-NC-SA-4.0")
        .containsEntry("variant", "original")
        .containsEntry("variant_detail", "")
        .containsEntry("source_sample_rate_hz", TestRecordings.RATE_HZ);
    assertThat(ExtractedOutput.row(features, new Take(3, Emotion.NEUTRAL, 1, 2, 1).name()))
        .containsEntry("gender", "male")
        .containsEntry("emotion", "neutral")
        .containsEntry("statement", "02");
  }

  @Test
  void givenAnyPartitions_whenExtracted_thenTheRowsAreTheSameBitForBit() {
    Path input = archive.resolve("Actor_01");
    List<Map<String, Object>> one = partitioned(input, 1);
    assertThat(one).hasSize(58);

    for (int partitions : new int[] {2, 7, 64}) {
      assertThat(partitioned(input, partitions)).as("of %d", partitions).isEqualTo(one);
      assertThat(ParquetTable.without(quarantine(folder.resolve("p" + partitions)), "run_id"))
          .hasSize(2)
          .isEqualTo(ParquetTable.without(quarantine(folder.resolve("p1")), "run_id"));
    }
  }

  @Test
  void givenASizeOfFiles_whenExtracted_thenFilesAreOfAboutThatSize() {
    Path input = archive.resolve("Actor_01");
    List<Map<String, Object>> one = partitioned(input, 1);
    long bytes = one.stream().mapToLong(ExtractIT::arrayBytes).sum();

    extract(
            input,
            folder.resolve("sized"),
            "--set",
            "ser.extract.partitions=20",
            "--set",
            "ser.extract.file-bytes=" + bytes / 5)
        .done();

    assertThat(features(folder.resolve("sized"))).isEqualTo(one);
    List<Path> files = new ExtractedOutput(folder.resolve("sized")).featuresTable().files();
    assertThat(files).hasSize(6);
    double mean = files.stream().mapToLong(file -> file.toFile().length()).average().orElseThrow();
    assertThat(files)
        .allSatisfy(file -> assertThat((double) Files.size(file)).isBetween(mean / 2, mean * 2));
  }

  private static List<Map<String, Object>> partitioned(Path input, int partitions) {
    Path output = folder.resolve("p" + partitions);
    if (!Files.exists(output)) {
      extract(input, output, "--set", "ser.extract.partitions=" + partitions).done();
    }
    return features(output);
  }

  private static long arrayBytes(Map<String, Object> row) {
    return row.values().stream()
        .filter(ByteBuffer.class::isInstance)
        .mapToLong(value -> ((ByteBuffer) value).remaining())
        .sum();
  }

  private static SerRun extract(Path input, Path output, String... more) {
    return new ExtractedOutput(output).extract(input, more);
  }

  private static List<Map<String, Object>> features(Path output) {
    return new ExtractedOutput(output).features();
  }

  private static List<Map<String, Object>> quarantine(Path output) {
    return new ExtractedOutput(output).quarantine();
  }

  /** To the millisecond. */
  private static long modifiedMicros(Path file) throws IOException {
    return 1000 * Files.getLastModifiedTime(file).toMillis();
  }

  private static float[] floats(Map<String, Object> row, String column) {
    ByteBuffer bytes = (ByteBuffer) row.get(column);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().asFloatBuffer().get(values);
    return values;
  }
}
