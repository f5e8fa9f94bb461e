package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
  private static final String CALL = "date=2026-01-31/agent=Ann B/call-17_a.wav";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date=(?<date>[^/]+)/agent=(?<agent>[^/]+)/call-(?<call_id>[^/]+)\\.wav",
        "date=…/agent=…/call-(?<call_id>…).wav"
      })
  void givenNamedGroups_whenAPathHasThem_thenTheirValuesAreThere(String text) {
    PathPattern pattern = PathPattern.parse(text);

    assertThat(pattern.names()).containsExactly("date", "agent", "call_id");
    assertThat(pattern.valuesOf(CALL))
        .containsExactly(
            Map.entry("date", "2026-01-31"),
            Map.entry("agent", "Ann B"),
            Map.entry("call_id", "17_a"));
    assertThat(pattern.valuesOf("eu/" + CALL)).hasSize(3);
    assertThat(pattern.valuesOf("call-17.wav")).isEmpty();
  }

  @Test
  void givenAGroupThatMayBeMissing_whenItIs_thenThereIsNoValueOfIt() {
    PathPattern pattern = PathPattern.parse("call-(?<id>\\d+)(?:_ch(?<channel>\\d*))?\\.wav$");

    assertThat(pattern.valuesOf("call-17_ch1.wav")).containsEntry("channel", "1");
    assertThat(pattern.valuesOf("call-17_ch.wav")).containsOnly(Map.entry("id", "17"));
    assertThat(pattern.valuesOf("call-17.wav")).containsOnly(Map.entry("id", "17"));
  }

  @ParameterizedTest
  @CsvSource({
    "'(?<=/)(?<x_y>.)', a/b, b",
    "'\\Q(?<no>\\E(?<x_y>.)', (?<no>b, b",
    "'\\((?<x_y>.)', (b, b",
    "'[(?<no>](?<x_y>.)', nb, b"
  })
  void givenWhatLooksLikeAGroup_whenParsed_thenItStaysWhatItIs(
      String text, String path, String value) {
    assertThat(PathPattern.parse(text).valuesOf(path)).containsOnly(Map.entry("x_y", value));
  }

  @ParameterizedTest
  @CsvSource({
    "'(?<a>.', no regular expression",
    "'a(.)', no named group",
    "'(?<a>.)(?<a>.)', twice",
    "'(?<1>.)', no named group"
  })
  void givenNoPattern_whenParsed_thenTheMessageSaysWhat(String text, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathPattern.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining(why);
  }
}
