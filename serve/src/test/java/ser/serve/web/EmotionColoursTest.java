package ser.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ser.model.Emotion;
import ser.report.chart.BarChart;
import ser.report.chart.BarChart.Bar;
import ser.report.chart.Colour;
import ser.report.page.Page;
import ser.report.page.Section;

/** The page and the reports show an emotion in one colour, which stands in one place. */
class EmotionColoursTest {
  private static final Pattern COLOUR = Pattern.compile("--emotion-([a-z]+): (#[0-9a-f]{6});");

  private final Assets assets = new Assets();
  private final String styles = text("report.css");

  @ParameterizedTest
  @EnumSource
  void givenAnEmotion_whenThePageAndAReportShowIt_thenInTheSameColour(Emotion emotion) {
    String label = emotion.label();
    String report =
        new String(
            new Page(
                    "ser score",
                    "t",
                    "s",
                    List.of(
                        Section.of(
                            "s",
                            BarChart.of("l", List.of(new Bar(label, 1, Colour.ofEmotion(label)))))))
                .toBytes(),
            StandardCharsets.UTF_8);

    assertThat(report)
        .contains(styles)
        .contains("<rect class=\"fill-emotion emotion-%s\"".formatted(label));
    assertThat(styles)
        .contains(".fill-emotion { fill: var(--emotion); }")
        .contains(".emotion-%1$s { --emotion: var(--emotion-%1$s);".formatted(label));
    assertThat(text("page.css")).doesNotContain(".emotion-", "--emotion-%s:".formatted(label));
    for (String script : List.of("draw.js", "elements.js", "result.js")) {
      assertThat(text(script)).contains(".emotion-${");
    }
  }

  @Test
  void givenTheStyleSheet_whenRead_thenEachEmotionHasOneColourAndNoOtherHasIt() {
    List<MatchResult> colours = COLOUR.matcher(styles).results().toList();

    assertThat(colours.stream().map(colour -> colour.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Emotion.values()).map(Emotion::label).toList());
    assertThat(colours.stream().map(colour -> colour.group(2))).doesNotHaveDuplicates();
  }

  private String text(String name) {
    return new String(assets.named(name).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }
}
