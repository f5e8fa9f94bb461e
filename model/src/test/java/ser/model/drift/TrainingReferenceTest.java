package ser.model.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import ser.model.Emotion;

/** What model files say of their training data, those of all versions and damaged ones. */
class TrainingReferenceTest {
  private static final String TEST =
      """
      {"labels": ["sad", "angry"], "confusion": [[3, 1], [0, 4]],
       "calibration": {"bins": [{"recordings": 2, "confidence": 0.5},
                                {"recordings": 6, "confidence": 0.9}]}}
      """;

  @Test
  void givenAReport_whenRead_thenSharesAndConfidenceAreThoseOfTheTest()
      throws JsonProcessingException {
    TrainingReference reference = TrainingReference.of(metrics("{\"test\": " + TEST + "}"));

    TrainingReference.HeldOut heldOut = reference.heldOut().orElseThrow();
    assertThat(heldOut.recordings()).isEqualTo(8);
    assertThat(heldOut.confidence()).isEqualTo(0.8);
    // Predicted: three sad, five angry.
    assertThat(heldOut.predicted().of(Emotion.ANGRY)).isEqualTo(0.625);
    // The file is an old one.
    assertThat(reference.trained()).isEmpty();
    assertThat(reference.lowestRateHz()).isEmpty();
  }

  @Test
  void givenWhatTrainingWrites_whenRead_thenItIsTheSame() {
    ObjectNode metrics = new ObjectMapper().createObjectNode();
    metrics.set(
        TrainingReference.key(),
        TrainingReference.json(
            new TreeMap<>(Map.of(Emotion.SAD, 30L, Emotion.ANGRY, 10L)),
            new TreeMap<>(Map.of(48_000, 39L, 8_000, 1L))));

    TrainingReference reference = TrainingReference.of(metrics);

    assertThat(reference.trained().orElseThrow().of(Emotion.SAD)).isEqualTo(0.75);
    // One row in forty is an accident.
    assertThat(reference.lowestRateHz()).hasValue(48_000);
  }

  @Test
  void givenNonsense_whenRead_thenNothingIsKnown() throws JsonProcessingException {
    for (String text :
        new String[] {
          "{}",
          "{\"test\": {\"labels\": 3, \"confusion\": \"x\", \"calibration\": {\"bins\": [1]}}}",
          "{\"test\": {\"labels\": [\"sad\"], \"confusion\": [[-4]]}}",
          "{\"training\": {\"emotions\": {\"cross\": 1}, \"source_sample_rates_hz\": {\"fast\":"
              + " 1}}}"
        }) {
      TrainingReference reference = TrainingReference.of(metrics(text));

      assertThat(reference.heldOut()).isEmpty();
      assertThat(reference.trained()).isEmpty();
      assertThat(reference.sampleRatesHz()).isEmpty();
    }
  }

  private static ObjectNode metrics(String json) throws JsonProcessingException {
    return (ObjectNode) new ObjectMapper().readTree(json);
  }
}
