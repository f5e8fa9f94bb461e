package ser.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import ser.report.chart.ScatterChart.Horizontal;
import ser.report.chart.ScatterChart.Point;
import ser.report.chart.ScatterChart.Series;

class ScatterChartTest {
  private static final Pattern PLACE = Pattern.compile("cx=\"([0-9.]+)\" cy=\"([0-9.]+)\"");

  @Test
  void givenPointsOnALinearAxis_whenDrawn_thenEqualStepsAreEquallyFar() {
    List<Double> x = across(chart(new Horizontal.Linear("x"), 1, 2, 3));

    assertThat(x.get(1) - x.get(0)).isCloseTo(x.get(2) - x.get(1), within());
  }

  @Test
  void givenPointsOnALogarithmicAxis_whenDrawn_thenEqualRatiosAreEquallyFar() {
    ScatterChart chart = chart(new Horizontal.Logarithmic("x"), 0.001, 0.01, 0.1);
    List<Double> x = across(chart);

    assertThat(x.get(1) - x.get(0)).isCloseTo(x.get(2) - x.get(1), within());
    assertThat(html(chart)).contains(">0.001<", ">0.01<", ">0.1<");
  }

  @Test
  void givenNoRoundNumberOnALogarithmicAxis_whenDrawn_thenItsEndsAreNamed() {
    assertThat(html(chart(new Horizontal.Logarithmic("x"), 0.0023, 0.003, 0.0044)))
        .contains(">0.0022<", ">0.0045<");
    assertThat(html(chart(new Horizontal.Logarithmic("x"), 2.3e-6, 3e-6, 4.4e-6)))
        .contains(">2.2e-06<", ">4.5e-06<");
  }

  @Test
  void givenNames_whenDrawn_thenEachStandsUnderItsPoints() {
    ScatterChart chart = chart(new Horizontal.Named("x", List.of("none", "balanced")), 0, 1, 1);
    List<Double> x = across(chart);

    assertThat(html(chart)).contains(">none<", ">balanced<");
    assertThat(x.get(1)).isEqualTo(x.get(2)).isGreaterThan(x.get(0));
  }

  @Test
  void givenAHigherValue_whenDrawn_thenItStandsHigher() {
    List<MatchResult> places = places(chart(new Horizontal.Linear("x"), 1, 2, 3));

    assertThat(Double.parseDouble(places.get(1).group(2)))
        .isLessThan(Double.parseDouble(places.get(0).group(2)));
  }

  @Test
  void givenHintsWithMarkup_whenDrawn_thenTheyAreText() {
    ScatterChart chart =
        new ScatterChart(
            "label",
            new Horizontal.Linear("x"),
            "y",
            List.of(new Series("a", List.of(new Point(1, 1, "<b>\"&")))));

    assertThat(html(chart)).contains("&lt;b&gt;").doesNotContain("<b>");
  }

  @Test
  void givenSeries_whenDrawn_thenEachHasItsColourAndName() {
    ScatterChart chart =
        new ScatterChart(
            "label",
            new Horizontal.Linear("x"),
            "y",
            List.of(
                new Series("early", List.of(new Point(1, 1, ""))),
                new Series("late", List.of(new Point(1, 2, "")))));

    assertThat(html(chart)).contains(">early<", ">late<", "circle class=\"fill-2\"");
  }

  @Test
  void givenZeroOnALogarithmicAxis_whenMade_thenItIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> chart(new Horizontal.Logarithmic("x"), 0, 1, 2))
        .withMessageContaining("no place for 0");
  }

  @Test
  void givenNoPoint_whenMade_thenItIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                new ScatterChart(
                    "label", new Horizontal.Linear("x"), "y", List.of(new Series("a", List.of()))))
        .withMessageContaining("needs a point");
  }

  private static ScatterChart chart(Horizontal axis, double... x) {
    return new ScatterChart(
        "label",
        axis,
        "y",
        List.of(
            new Series(
                "a",
                List.of(
                    new Point(x[0], 0.1, "one"),
                    new Point(x[1], 0.4, "two"),
                    new Point(x[2], 0.2, "three")))));
  }

  private static List<Double> across(ScatterChart chart) {
    return places(chart).stream().map(place -> Double.valueOf(place.group(1))).toList();
  }

  private static List<MatchResult> places(ScatterChart chart) {
    return PLACE.matcher(html(chart)).results().toList();
  }

  private static String html(ScatterChart chart) {
    StringBuilder html = new StringBuilder();
    chart.appendTo(html);
    return html.toString();
  }

  /** Coordinates are written to a hundredth. */
  private static Offset<Double> within() {
    return Offset.offset(0.03);
  }
}
