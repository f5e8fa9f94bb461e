package ser.jobs;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.features.audio.Clip;
import ser.model.Emotion;

/** {@code ser score}: what stands in its tables. */
@ExtendWith(TrainedModel.Provider.class)
class ScoreIT {
  private static final String SHORT = "short.wav";
  private static final String LONG = "long.wav";
  private static final String SILENT = "silent.wav";
  private static final String HALF_SILENT = "half silent.wav";

  /** 129 hops of 512 samples at 22,050 Hz, and half of it. */
  private static final double WINDOW_S = 129 * 512 / 22_050.0;

  private static final double HOP_S = 129 * 256 / 22_050.0;
  private static final Offset<Double> ONE_SAMPLE = Offset.offset(1.01 / 22_050);
  private static final Offset<Double> ROUNDING = Offset.offset(1e-5);

  @TempDir static Path folder;

  private static TrainedModel model;
  private static Path archive;
  private static SerRun run;
  private static List<Map<String, Object>> windows;
  private static List<Map<String, Object>> calls;

  /** Scores the held-out actors' recordings, and some of every length. */
  @BeforeAll
  static void scoreOnce(TrainedModel trained) throws IOException {
    model = trained;
    archive = folder.resolve("archive");
    for (String speaker : TrainedModel.split().test()) {
      String actor = "Actor_" + speaker.substring(speaker.length() - 2);
      try (Stream<Path> files = Files.list(model.recordings().resolve(actor))) {
        for (Path file : files.toList()) {
          TestRecordings.write(
              archive.resolve(actor).resolve(file.getFileName()), Files.readAllBytes(file));
        }
      }
    }
    Clip voice = TestRecordings.voice(180, 0.05, 7.3, 1);
    TestRecordings.write(archive.resolve(SHORT), TestRecordings.voice(180, 0.05, 0.9, 2));
    TestRecordings.write(archive.resolve(LONG), voice);
    TestRecordings.write(archive.resolve(SILENT), TestRecordings.silence(4));
    TestRecordings.write(
        archive.resolve(HALF_SILENT), TestRecordings.joined(TestRecordings.silence(4.6), voice));
    TestRecordings.writeText(archive.resolve("text.wav"));
    run = score(archive, folder.resolve("out")).done();
    windows = windows(folder.resolve("out"));
    calls = calls(folder.resolve("out"));
  }

  @Test
  void givenWindowsTable_whenReadWithoutSpark_thenColumnsAreThoseOfTheContract() {
    assertThat(new ParquetTable(folder.resolve("out/windows")).columns())
        .containsExactly(
            "recording string",
            "channel int32",
            "start_s double",
            "end_s double",
            "speech boolean",
            "emotion string",
            "confidence double",
            "p_neutral double",
            "p_happy double",
            "p_sad double",
            "p_angry double",
            "model_id string",
            "run_id string");
    assertThat(new ParquetTable(folder.resolve("out/calls")).columns())
        .containsExactly(
            "recording string",
            "channel int32",
            "duration_s double",
            "speech_s double",
            "emotion string",
            "share_neutral double",
            "share_happy double",
            "share_sad double",
            "share_angry double",
            "p_neutral double",
            "p_happy double",
            "p_sad double",
            "p_angry double",
            "abstained_share double",
            "model_id string",
            "run_id string",
            "scored_at timestamp(micros,true)",
            "source_bytes int64",
            "source_modified timestamp(micros,true)");
    assertThat(new ParquetTable(folder.resolve("out/segments")).columns())
        .containsExactly(
            "recording string",
            "channel int32",
            "start_s double",
            "end_s double",
            "emotion string",
            "confidence double",
            "windows int64",
            "model_id string",
            "run_id string");
  }

  @Test
  void givenSpeech_whenScored_thenProbabilitiesSumToOneAndTheLargestIsTheEmotion() {
    List<Map<String, Object>> speech =
        windows.stream().filter(row -> (boolean) row.get("speech")).toList();

    assertThat(speech).hasSizeGreaterThan(16);
    assertThat(speech)
        .allSatisfy(
            row -> {
              double[] p = probabilities(row);
              assertThat(Arrays.stream(p)).allMatch(value -> value >= 0 && value <= 1);
              assertThat(Arrays.stream(p).sum()).isCloseTo(1, ROUNDING);
              assertThat((double) row.get("confidence"))
                  .isEqualTo(Arrays.stream(p).max().orElseThrow())
                  .isEqualTo(row.get("p_" + row.get("emotion")));
            });
  }

  @Test
  void givenEachWindow_whenScored_thenItNamesTheModelFileAndTheRun()
      throws IOException, NoSuchAlgorithmException {
    String sha256 =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(model.file())));

    assertThat(Stream.concat(windows.stream(), calls.stream()))
        .allSatisfy(
            row ->
                assertThat(row)
                    .containsEntry("channel", 0)
                    .containsEntry("model_id", sha256.substring(0, 16))
                    .containsEntry("run_id", run.result().path("run_id").asText()));
  }

  @Test
  void givenRecordingShorterThanAWindow_whenScored_thenOneWindowEndsAtItsRealEnd() {
    assertThat(of(windows, SHORT))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get("start_s")).isEqualTo(0.0);
              assertThat((double) row.get("end_s")).isCloseTo(0.9, ONE_SAMPLE);
              assertThat(row.get("speech")).isEqualTo(true);
            });
  }

  @Test
  void givenLongRecording_whenScored_thenTheLastWindowEndsAtItsEnd() {
    List<Map<String, Object>> rows = of(windows, LONG);

    assertThat(rows).hasSize(4);
    for (int i = 0; i < 3; i++) {
      assertThat((double) rows.get(i).get("start_s")).isCloseTo(i * HOP_S, Offset.offset(1e-9));
      assertThat((double) rows.get(i).get("end_s"))
          .isCloseTo(i * HOP_S + WINDOW_S, Offset.offset(1e-9));
    }
    assertThat((double) rows.get(3).get("start_s")).isCloseTo(7.3 - WINDOW_S, ONE_SAMPLE);
    assertThat((double) rows.get(3).get("end_s")).isCloseTo(7.3, ONE_SAMPLE);
  }

  @Test
  void givenSilence_whenScored_thenItsWindowsHaveNeitherEmotionNorProbabilities() {
    assertThat(of(windows, SILENT))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.get("speech")).isEqualTo(false);
              assertThat(row.get("emotion")).isNull();
              assertThat(row.get("confidence")).isNull();
              TrainedModel.EMOTIONS.forEach(
                  emotion -> assertThat(row.get("p_" + emotion.label())).isNull());
            });
    assertThat(of(calls, SILENT))
        .singleElement()
        .satisfies(
            row -> {
              assertThat((double) row.get("duration_s")).isCloseTo(4, ONE_SAMPLE);
              assertThat(row.get("speech_s")).isEqualTo(0.0);
              assertThat(row.get("emotion")).isNull();
              assertThat(row.get("share_happy")).isNull();
              assertThat(row.get("p_happy")).isNull();
            });
  }

  @Test
  void givenRecordingThatBeginsSilent_whenScored_thenOnlyItsSilentWindowsAreWithoutSpeech() {
    // Windows end at 3.0, 4.5, 6.0 s …; the voice sets in at 4.6 s.
    assertThat(of(windows, HALF_SILENT).stream().map(row -> row.get("speech")))
        .startsWith(false, false, true)
        .filteredOn(speech -> speech.equals(false))
        .hasSize(2);
    Map<String, Object> call = of(calls, HALF_SILENT).get(0);
    assertThat((double) call.get("speech_s")).isCloseTo(11.9 - 2 * HOP_S, ONE_SAMPLE);
  }

  @Test
  void givenWindows_whenSummedUp_thenEachCallIsTheMeanOfItsWindows() {
    Map<Object, List<Map<String, Object>>> byRecording =
        windows.stream()
            .collect(
                groupingBy(
                    row -> row.get("recording"),
                    TreeMap::new,
                    java.util.stream.Collectors.toList()));

    assertThat(calls.stream().map(row -> row.get("recording")))
        .containsExactlyElementsOf(byRecording.keySet());
    for (Map<String, Object> call : calls) {
      List<Map<String, Object>> own = byRecording.get(call.get("recording"));
      assertThat((double) call.get("duration_s"))
          .isEqualTo(
              own.stream().mapToDouble(row -> (double) row.get("end_s")).max().orElseThrow());
      List<Map<String, Object>> speech =
          own.stream().filter(row -> (boolean) row.get("speech")).toList();
      if (!speech.isEmpty()) {
        double best = -1;
        for (Emotion emotion : TrainedModel.EMOTIONS) {
          String p = "p_" + emotion.label();
          double mean =
              speech.stream().mapToDouble(row -> (double) row.get(p)).average().orElseThrow();
          double share =
              speech.stream().filter(row -> emotion.label().equals(row.get("emotion"))).count()
                  / (double) speech.size();
          assertThat((double) call.get(p)).isCloseTo(mean, Offset.offset(1e-12));
          assertThat((double) call.get("share_" + emotion.label()))
              .isCloseTo(share, Offset.offset(1e-12));
          best = Math.max(best, mean);
        }
        assertThat((double) call.get("p_" + call.get("emotion")))
            .isCloseTo(best, Offset.offset(1e-12));
      }
      Instant scoredAt = Instant.EPOCH.plusNanos(1000 * (long) call.get("scored_at"));
      assertThat(scoredAt).isBetween(Instant.now().minusSeconds(3600), Instant.now());
    }
  }

  @Test
  void givenWindowsOfOneEmotion_whenJoined_thenSegmentsLieInSpeechAndCountItsWindows() {
    List<Map<String, Object>> segments = segments(folder.resolve("out"));

    assertThat(of(segments, SILENT)).isEmpty();
    assertThat(of(segments, SHORT))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get("start_s")).isEqualTo(0.0);
              assertThat((double) row.get("end_s")).isCloseTo(0.9, ONE_SAMPLE);
            });
    for (String recording : List.of(LONG, HALF_SILENT)) {
      List<Map<String, Object>> own = of(segments, recording);
      long speech =
          of(windows, recording).stream().filter(row -> (boolean) row.get("speech")).count();
      assertThat(own.stream().mapToLong(row -> (long) row.get("windows")).sum()).isEqualTo(speech);
      assertThat((double) own.get(own.size() - 1).get("end_s"))
          .isEqualTo((double) of(calls, recording).get(0).get("duration_s"));
      for (int i = 1; i < own.size(); i++) {
        assertThat(own.get(i).get("start_s")).isEqualTo(own.get(i - 1).get("end_s"));
        assertThat(own.get(i).get("emotion")).isNotEqualTo(own.get(i - 1).get("emotion"));
      }
    }
    // Between the last silent window's centre and that of the first one with speech.
    assertThat((double) of(segments, HALF_SILENT).get(0).get("start_s"))
        .isCloseTo(1.5 * HOP_S + WINDOW_S / 2, Offset.offset(1e-9));
  }

  @Test
  void givenHeldOutRecordings_whenScored_thenPredictionsAreThoseOfTheTrainingReport() {
    int[][] confusion = new int[4][4];
    List<String> labels = TrainedModel.EMOTIONS.stream().map(Emotion::label).toList();
    for (Map<String, Object> row : windows) {
      String recording = (String) row.get("recording");
      if (recording.startsWith("Actor_")) {
        int code =
            Integer.parseInt(recording.substring(recording.indexOf('/') + 7).substring(0, 2));
        int actual = TrainedModel.EMOTIONS.indexOf(Emotion.values()[code - 1]);
        confusion[actual][labels.indexOf(row.get("emotion"))]++;
      }
    }

    JsonNode reported = model.report().path("test").path("confusion");
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(confusion[i][j])
            .as("%s taken for %s", labels.get(i), labels.get(j))
            .isEqualTo(reported.get(i).get(j).asInt());
      }
    }
  }

  @Test
  void givenBrokenRecordingAmongGoodOnes_whenScored_thenItIsQuarantinedAndCounted() {
    assertThat(new ParquetTable(folder.resolve("out/quarantine")).rowsBy("recording"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("recording", "text.wav")
                    .containsEntry("reason", "not_audio_container"));
    assertThat(run.out()).hasSize(1);
    JsonNode result = run.result();
    assertThat(result.path("job").asText()).isEqualTo("score");
    assertThat(result.path("status").asText()).isEqualTo("done");
    assertThat(result.path("recordings").asInt()).isEqualTo(16 + 5);
    assertThat(result.path("quarantined").asInt()).isEqualTo(1);
    assertThat(result.path("rows").asInt()).isEqualTo(windows.size());
    assertThat(result.path("calls").asInt()).isEqualTo(calls.size()).isEqualTo(20);
    assertThat(result.path("audio_seconds").asDouble())
        .isCloseTo(
            calls.stream().mapToDouble(row -> (double) row.get("duration_s")).sum(),
            Offset.offset(0.051));
    assertThat(result.path("output").asText()).isEqualTo(folder.resolve("out").toString());
  }

  @Test
  void givenOneTwoAndSevenPartitions_whenScored_thenTheRowsAreTheSameBitForBit() {
    List<List<Map<String, Object>>> one = partitioned(1);
    assertThat(one).allSatisfy(rows -> assertThat(rows).isNotEmpty());

    assertThat(partitioned(2)).isEqualTo(one);
    assertThat(partitioned(7)).isEqualTo(one);
  }

  /** Windows, segments, calls and quarantine. */
  private static List<List<Map<String, Object>>> partitioned(int partitions) {
    Path output = folder.resolve("p" + partitions);
    score(archive, output, "--set", "ser.score.partitions=" + partitions).done();
    List<List<Map<String, Object>>> tables = new ArrayList<>();
    tables.add(ParquetTable.without(windows(output), "run_id"));
    tables.add(ParquetTable.without(segments(output), "run_id"));
    tables.add(ParquetTable.without(calls(output), "run_id", "scored_at"));
    tables.add(
        ParquetTable.without(
            new ParquetTable(output.resolve("quarantine")).rowsBy("recording"), "run_id"));
    return tables;
  }

  private static SerRun score(Path input, Path output, String... more) {
    return new ScoredOutput(output).score(model, input, more);
  }

  private static List<Map<String, Object>> windows(Path output) {
    return new ScoredOutput(output).windows();
  }

  private static List<Map<String, Object>> segments(Path output) {
    return new ScoredOutput(output).segments();
  }

  private static List<Map<String, Object>> calls(Path output) {
    return new ScoredOutput(output).calls();
  }

  private static List<Map<String, Object>> of(List<Map<String, Object>> rows, String recording) {
    return rows.stream().filter(row -> row.get("recording").equals(recording)).toList();
  }

  private static double[] probabilities(Map<String, Object> row) {
    return TrainedModel.EMOTIONS.stream()
        .mapToDouble(emotion -> (double) row.get("p_" + emotion.label()))
        .toArray();
  }
}
