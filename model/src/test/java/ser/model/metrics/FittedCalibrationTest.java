package ser.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import ser.model.Emotion;
import ser.model.Gender;

class FittedCalibrationTest {
  private static final Predictions TEST = predictions(10);

  @Test
  void givenTooFewRecordings_whenReported_thenNothingIsSaidOfATemperature() {
    ObjectNode report = reported(predictions(49));

    assertThat(report.path("calibration").has("ece_before")).isFalse();
  }

  @Test
  void givenRecordingsEnough_whenReported_thenTheErrorWithoutTheTemperatureIs() {
    FittedCalibration calibration = fitted(predictions(50));

    assertThat(calibration.scaling().temperature()).isNotEqualTo(1);
    assertThat(reported(predictions(50)).path("calibration").path("ece_before").asDouble())
        .isEqualTo(Calibration.of(calibration.scaling().inverse().of(TEST)).ece());
  }

  @Test
  void givenSeveralInputsOfARecording_whenCalibrated_thenOnlyTheLimitIsFound() {
    FittedCalibration calibration =
        FittedCalibration.undivided(predictions(50), new AbstentionRule(0.8, 0.6));

    assertThat(calibration.scaling()).isEqualTo(TemperatureScaling.none());
    assertThat(calibration.limit()).isEqualTo(new AbstentionRule(0.8, 0.6).limit(predictions(50)));
    assertThat(calibration.toJson().path("ece")).isEqualTo(calibration.toJson().path("ece_before"));
  }

  private static ObjectNode reported(Predictions validation) {
    FittedCalibration calibration = fitted(validation);
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    FittedCalibration.addBefore(report, TEST, calibration.scaling(), validation.size());
    return report;
  }

  private static FittedCalibration fitted(Predictions validation) {
    return FittedCalibration.of(validation, new AbstentionRule(0.8, 0.6));
  }

  /** Half of them wrong. */
  private static Predictions predictions(int count) {
    List<Emotion> labels = List.of(Emotion.ANGRY, Emotion.HAPPY);
    Subject subject = new Subject("a.wav", "ravdess", "ravdess-01", Gender.MALE, "normal");
    List<Prediction> all = new ArrayList<>();
    all.addAll(
        Collections.nCopies(
            count / 2, new Prediction(subject, Emotion.ANGRY, new float[] {0.9f, 0.1f})));
    all.addAll(
        Collections.nCopies(
            count - count / 2, new Prediction(subject, Emotion.ANGRY, new float[] {0.3f, 0.7f})));
    return new Predictions(labels, all);
  }
}
