package ser.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Offset;

/** What the server's answers must be like, whatever was sent. */
final class Answers {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Answers() {}

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }

  /** 200 with a result, or 4xx with a reason and a sentence that names no class of ours. */
  static void requirePredictionOrSentence(
      SoftAssertions softly, String what, HttpResponse<String> answer) {
    if (answer.statusCode() == 200) {
      softly.assertThat(json(answer).path("results").size()).as(what).isPositive();
    } else {
      softly.assertThat(answer.statusCode()).as(what + ": " + answer.body()).isBetween(400, 499);
      requireSentence(softly, what, answer.body());
    }
  }

  static void requireSentence(SoftAssertions softly, String what, String body) {
    JsonNode error;
    try {
      error = MAPPER.readTree(body).path("error");
    } catch (IOException e) {
      softly.fail("%s: no JSON: %s", what, body);
      return;
    }
    softly.assertThat(error.path("reason").asText()).as(what).matches("[a-z]+(_[a-z]+)*");
    softly
        .assertThat(error.path("message").asText())
        .as(what)
        .matches("(?s)\\w.{8,400}\\.")
        .doesNotContain("Exception", "\n", "ser.serve", "java.");
  }

  static void requireSameProbabilities(SoftAssertions softly, JsonNode some, JsonNode expected) {
    softly.assertThat(some.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      JsonNode of = some.path(i).path("probabilities");
      for (Map.Entry<String, JsonNode> entry :
          expected.path(i).path("probabilities").properties()) {
        softly
            .assertThat(of.path(entry.getKey()).asDouble(-1))
            .as(entry.getKey())
            .isCloseTo(entry.getValue().asDouble(), Offset.offset(1e-6));
      }
    }
  }
}
