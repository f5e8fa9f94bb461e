package ser.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeaknessesTest {
  @Test
  void givenATest_whenJudged_thenTheWorstOfEachKindIsNamed() throws IOException {
    JsonNode test =
        new ObjectMapper()
            .readTree(
                """
                {"labels": ["sad", "angry", "happy"],
                 "confusion": [[6, 4, 0], [1, 9, 0], [0, 0, 0]],
                 "by_speaker": [{"accuracy": 0.5}, {"accuracy": 0.9}, {"accuracy": 0.7}]}
                """);

    assertThat(Weaknesses.of(Set.of("ravdess"), false, false, test))
        .anyMatch(sentence -> sentence.contains("actors in a studio (ravdess)"))
        .contains(
            "There was no happy recording in its test.",
            "It is worst at sad: it finds 60% of such recordings.",
            "It most often takes sad for angry: 40% of such recordings.",
            "It depends on who speaks: of the test speakers it had 50% right of one and 90% of another.");
  }

  @Test
  void givenNoTestAndNoData_whenJudged_thenThatIsSaid() throws IOException {
    List<String> sentences =
        Weaknesses.of(Set.of(), true, true, new ObjectMapper().readTree("{}").path("test"));

    assertThat(sentences)
        .hasSize(4)
        .anyMatch(sentence -> sentence.startsWith("It was not tested"))
        .anyMatch(sentence -> sentence.startsWith("The file does not say"))
        .anyMatch(sentence -> sentence.startsWith("It compares a voice with itself"))
        .anyMatch(sentence -> sentence.startsWith("It was tested on voices that it had heard"));
  }

  @Test
  void givenCorporaOfOthers_whenJudged_thenNobodySaysTheyAreActors() throws IOException {
    assertThat(
            Weaknesses.of(
                Set.of("ravdess", "calls"), false, false, new ObjectMapper().readTree("{}")))
        .noneMatch(sentence -> sentence.contains("actors"));
  }
}
