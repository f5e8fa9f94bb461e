package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.features.audio.AudioHash;
import ser.features.audio.Clip;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;

/** {@code ser extract}: what single recordings become. */
class ExtractRowsIT {
  @TempDir static Path folder;

  @Test
  void givenSameSamplesInTwoCodings_whenExtracted_thenHashAndFeaturesAreEqual() {
    Take take = new Take(1, Emotion.SAD, 1, 1, 1);
    Clip clip = take.clip(0.7);
    TestRecordings.write(folder.resolve("pcm").resolve(take.name()), clip);
    TestRecordings.writeAsFloats(folder.resolve("float").resolve(take.name()), clip);
    Clip other = new Clip(clip.samples(), 22_050);
    TestRecordings.write(folder.resolve("other-rate").resolve(take.name()), other);

    Map<String, Object> pcm = onlyRow("pcm");

    assertThat(ParquetTable.without(List.of(onlyRow("float")), "source_bytes", "source_modified"))
        .isEqualTo(ParquetTable.without(List.of(pcm), "source_bytes", "source_modified"));
    assertThat(pcm.get("audio_sha256")).isEqualTo(AudioHash.of(decoded(clip)));
    assertThat(onlyRow("other-rate").get("audio_sha256")).isNotEqualTo(pcm.get("audio_sha256"));
  }

  private static Map<String, Object> onlyRow(String input) {
    Path output = folder.resolve(input + "-out");
    extract(folder.resolve(input), output).done();
    List<Map<String, Object>> rows = features(output);
    assertThat(rows).hasSize(1);
    return rows.get(0);
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
  void givenARecordingThatIsGoneWhenItIsRead_whenExtracted_thenTheOthersAreThereAndItIsCounted() {
    Path input = folder.resolve("moved");
    TestRecordings.write(
        input.resolve("03-01-03-01-01-01-01.wav"), TestRecordings.voice(200, 0.1, 1.0, 1));
    TestRecordings.write(
        input.resolve("vanishing/03-01-04-01-01-01-01.wav"),
        TestRecordings.voice(210, 0.1, 1.0, 2));
    Path output = folder.resolve("moved-out");

    SerRun run =
        SerRun.of(
                "extract",
                "--input",
                "faulty://" + input,
                "--output",
                output.toString(),
                "--set",
                "ser.extract.max-failed-share=0.5")
            .done();

    assertThat(run.result().path("vanished").asInt()).isOne();
    assertThat(run.result().path("quarantined").asInt()).isZero();
    assertThat(features(output)).hasSize(1);
  }

  @Test
  void givenALinkToNothing_whenExtracted_thenItIsQuarantined() throws IOException {
    Path input = folder.resolve("links");
    TestRecordings.write(input, new Take(1, Emotion.HAPPY, 1, 1, 1), 0.6);
    Files.createSymbolicLink(input.resolve("03-01-04-01-01-01-01.wav"), input.resolve("nowhere"));
    ExtractedOutput output = new ExtractedOutput(folder.resolve("links-out"));

    SerRun run = output.extract(input, "--set", "ser.extract.max-failed-share=0.5").done();

    assertThat(run.result().path("recordings").asInt()).isEqualTo(2);
    assertThat(output.recordings()).hasSize(1);
    assertThat(output.reasons()).containsExactly("03-01-04-01-01-01-01.wav empty_file");
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
    assertThat(new ExtractedOutput(output).reasons())
        .containsExactly("notes.wav unlabelled", "short.wav too_short", "silent.wav silent");
  }

  private static SerRun extract(Path input, Path output, String... more) {
    return new ExtractedOutput(output).extract(input, more);
  }

  private static List<Map<String, Object>> features(Path output) {
    return new ExtractedOutput(output).features();
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
