package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;

/** {@code ser extract}: the same audio under two names is kept once. */
class DuplicatesIT {
  private static final Take HAPPY = new Take(1, Emotion.HAPPY, 1, 1, 1);
  private static final Take SAD = new Take(1, Emotion.SAD, 1, 1, 1);

  @TempDir Path folder;

  private Path input;
  private ExtractedOutput output;

  @BeforeEach
  void chooseFolders() {
    input = folder.resolve("in");
    output = new ExtractedOutput(folder.resolve("out"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  void givenADoubledCorpus_whenExtracted_thenEachRecordingIsKeptOnceAndTheJobSaysSo(
      int partitions) {
    List<Take> takes =
        TestRecordings.takesOf(1, List.of(Emotion.NEUTRAL, Emotion.HAPPY, Emotion.SAD));
    for (Take take : takes) {
      TestRecordings.write(input, take, 0.6);
      TestRecordings.write(input.resolve("audio_speech_actors_01-24"), take, 0.6);
    }
    TestRecordings.writeText(input.resolve("text.wav"));

    SerRun run = output.extract(input, "--set", "ser.extract.partitions=" + partitions).done();

    assertThat(output.recordings())
        .containsExactlyInAnyOrderElementsOf(takes.stream().map(Take::name).toList());
    assertThat(output.quarantine().stream().filter(row -> row.get("reason").equals("duplicate")))
        .hasSize(takes.size())
        .allSatisfy(
            row -> {
              String kept = (String) row.get("duplicate_of");
              assertThat(row.get("recording")).isEqualTo("audio_speech_actors_01-24/" + kept);
              assertThat((String) row.get("detail")).contains(kept);
              assertThat(row.get("size_bytes")).isEqualTo(Files.size(input.resolve(kept)));
            });
    JsonNode result = run.result();
    assertThat(result.path("duplicates").asInt()).isEqualTo(takes.size());
    assertThat(result.path("rows").asInt()).isEqualTo(takes.size());
    assertThat(result.path("quarantined").asInt()).isEqualTo(takes.size() + 1);
    assertThat(result.path("audio_seconds").asDouble()).isEqualTo(12.0);
    assertThat(result.path("warning").asText())
        .contains("20 of 41 recordings are copies", "RAVDESS", "tested on its own training data");
  }

  @Test
  void givenFewDuplicates_whenExtracted_thenTheyAreCountedWithoutAWarning() {
    for (Take take : TestRecordings.takesOf(1, List.of(Emotion.HAPPY, Emotion.SAD))) {
      TestRecordings.write(input, take, 0.6);
    }
    TestRecordings.write(input.resolve("copy"), HAPPY, 0.6);

    SerRun run = output.extract(input, "--set", "ser.extract.max-failed-share=0").done();

    assertThat(run.result().path("duplicates").asInt()).isEqualTo(1);
    assertThat(run.result().has("warning")).isFalse();
  }

  @Test
  void givenThreeCopies_whenExtracted_thenTheFirstNameInOrderIsKept() {
    for (String copy : List.of("b", "B", "é")) {
      TestRecordings.write(input.resolve(copy), HAPPY, 0.6);
    }

    output.extract(input).done();

    assertThat(output.recordings()).containsExactly("B/" + HAPPY.name());
    assertThat(output.quarantine().stream().map(row -> row.get("duplicate_of")))
        .containsExactly("B/" + HAPPY.name(), "B/" + HAPPY.name());
  }

  @Test
  void givenACopyOfAnEarlierRunsRecording_whenExtracted_thenTheStoredRowStays() {
    TestRecordings.write(input.resolve("b"), HAPPY, 0.6);
    output.extract(input).done();
    TestRecordings.write(input.resolve("a"), HAPPY, 0.6);
    TestRecordings.write(input.resolve("c"), SAD, 0.6);

    JsonNode result = output.extract(input).done().result();

    assertThat(output.recordings()).containsExactly("b/" + HAPPY.name(), "c/" + SAD.name());
    assertThat(output.reasons()).containsExactly("a/" + HAPPY.name() + " duplicate");
    assertThat(result.path("duplicates").asInt()).isEqualTo(1);
    assertThat(result.path("unchanged").asInt()).isEqualTo(1);
  }

  @Test
  void givenAnOriginalThatChanges_whenExtractedAgain_thenItsCopyTakesItsPlace() {
    TestRecordings.write(input.resolve("a"), HAPPY, 0.6);
    TestRecordings.write(input.resolve("b"), HAPPY, 0.6);
    output.extract(input).done();
    assertThat(output.recordings()).containsExactly("a/" + HAPPY.name());
    TestRecordings.write(input.resolve("a").resolve(HAPPY.name()), SAD.clip(0.9));

    JsonNode result = output.extract(input).done().result();

    assertThat(output.recordings()).containsExactly("a/" + HAPPY.name(), "b/" + HAPPY.name());
    assertThat(output.quarantine()).isEmpty();
    assertThat(result.path("unchanged").asInt()).isZero();
  }

  @Test
  void givenACopyThatGetsALabelAtLast_whenExtractedAgain_thenItIsKept() {
    TestRecordings.write(input.resolve("all/one.wav"), HAPPY.clip(0.6));
    TestRecordings.write(input.resolve("happy/one.wav"), HAPPY.clip(0.6));
    String share = "ser.extract.max-failed-share=1";
    output.extract(input, "--set", share).done();
    assertThat(output.reasons())
        .containsExactly("all/one.wav unlabelled", "happy/one.wav duplicate");

    output.extract(input, "--set", share, "--corpus", "folders").done();

    assertThat(output.recordings()).containsExactly("happy/one.wav");
    assertThat(output.reasons()).containsExactly("all/one.wav unlabelled");
    JsonNode third = output.extract(input, "--set", share, "--corpus", "folders").done().result();
    assertThat(third.path("unchanged").asInt()).isEqualTo(2);
  }

  @Test
  void givenAnUnlabelledCopyOfALabelledRecording_whenExtracted_thenTheLabelledOneIsKept() {
    TestRecordings.write(input.resolve("a.wav"), HAPPY.clip(0.6));
    TestRecordings.write(input.resolve("b"), HAPPY, 0.6);
    TestRecordings.write(input.resolve("c.wav"), SAD.clip(0.6));

    SerRun run = output.extract(input, "--set", "ser.extract.max-failed-share=0").done();

    assertThat(output.recordings()).containsExactly("b/" + HAPPY.name());
    assertThat(output.reasons()).containsExactly("a.wav duplicate", "c.wav unlabelled");
    Map<String, Object> copy = output.quarantine().get(0);
    assertThat(copy.get("duplicate_of")).isEqualTo("b/" + HAPPY.name());
    assertThat(run.result().path("duplicates").asInt()).isEqualTo(1);
  }
}
