package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ser.model.Emotion;

/** {@code ser predict} beside {@code ser score}. */
@ExtendWith(TrainedModel.Provider.class)
class PredictIT {
  private static final Offset<Double> SAME = within(1e-6);

  @TempDir private Path folder;

  @Test
  void givenRecordings_whenPredictedAndScored_thenBothSayTheSame(TrainedModel model)
      throws IOException {
    Path archive = folder.resolve("archive");
    TestRecordings.write(archive.resolve("short.wav"), TestRecordings.voice(180, 0.05, 0.9, 2));
    TestRecordings.write(archive.resolve("silent.wav"), TestRecordings.silence(4));
    TestRecordings.write(
        archive.resolve("half silent.wav"),
        TestRecordings.joined(TestRecordings.silence(4.6), TestRecordings.voice(220, 0.1, 7.3, 1)));
    ScoredOutput scored = new ScoredOutput(folder.resolve("out"));
    scored.score(model, archive).done();
    List<JsonNode> predicted = PredictedLines.of(model.file(), archive);

    List<JsonNode> windows = predicted.stream().filter(line -> line.has("start_s")).toList();
    assertThat(windows).hasSameSizeAs(scored.windows());
    for (int i = 0; i < windows.size(); i++) {
      requireSame(archive, windows.get(i), scored.windows().get(i), "start_s", "end_s");
    }
    List<JsonNode> recordings = predicted.stream().filter(line -> !line.has("start_s")).toList();
    assertThat(recordings).hasSameSizeAs(scored.calls()).hasSize(3);
    for (int i = 0; i < recordings.size(); i++) {
      requireSame(archive, recordings.get(i), scored.calls().get(i), "duration_s", "speech_s");
      assertThat(recordings.get(i).path("model_id").asText())
          .isEqualTo(scored.calls().get(i).get("model_id"));
    }
  }

  private static void requireSame(
      Path archive, JsonNode predicted, Map<String, Object> row, String... times) {
    assertThat(predicted.path("recording").asText())
        .isEqualTo(archive.resolve((String) row.get("recording")).toString());
    for (String time : times) {
      assertThat(predicted.path(time).asDouble()).isCloseTo((double) row.get(time), SAME);
    }
    if (row.get("emotion") == null) {
      assertThat(predicted.path("emotion").isNull()).isTrue();
      return;
    }
    assertThat(predicted.path("emotion").asText()).isEqualTo(row.get("emotion"));
    for (Emotion emotion : TrainedModel.EMOTIONS) {
      assertThat(predicted.path("probabilities").path(emotion.label()).asDouble())
          .isCloseTo((double) row.get("p_" + emotion.label()), SAME);
    }
  }
}
