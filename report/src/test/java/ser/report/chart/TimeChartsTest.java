package ser.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ser.report.WellFormed.elements;
import static ser.report.WellFormed.parse;
import static ser.report.WellFormed.texts;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import ser.report.chart.ShareColumns.Column;
import ser.report.chart.ShareColumns.Series;
import ser.report.chart.Timeline.Lane;
import ser.report.chart.Timeline.Piece;

/** Charts over time: what happened when, and how a whole was divided when. */
class TimeChartsTest {
  private static final double LEFT = 76;
  private static final double WIDTH = 460 - 76 - 14;

  @Test
  void givenSegments_whenDrawn_thenEachStandsAtItsTimeInItsLane() {
    Document svg =
        parse(
            new Timeline(
                    "l",
                    100,
                    List.of(
                        new Lane(
                            "angry", Colour.ofEmotion("angry"), List.of(new Piece(25, 50, "sure"))),
                        new Lane(
                            "sad",
                            Colour.numbered(1),
                            List.of(new Piece(0, 10, ""), new Piece(90, 120, "")))))
                .html());

    List<Element> bars = elements(svg, "rect");
    assertThat(bars.stream().map(bar -> bar.getAttribute("class")))
        .containsExactly("fill-emotion emotion-angry", "fill-1", "fill-1");
    assertThat(number(bars.get(0), "x")).isEqualTo(LEFT + WIDTH / 4);
    assertThat(number(bars.get(0), "width")).isEqualTo(WIDTH / 4);
    assertThat(number(bars.get(1), "x")).isEqualTo(LEFT);
    // No further than the recording's end.
    assertThat(number(bars.get(2), "width")).isEqualTo(WIDTH / 10);
    assertThat(number(bars.get(0), "y")).isLessThan(number(bars.get(1), "y"));
    assertThat(texts(svg, "title")).contains("angry, 25.0 to 50.0 s, sure", "sad, 0.0 to 10.0 s");
    assertThat(texts(svg, "text")).contains("angry", "sad", "seconds");
  }

  @Test
  void givenALongRecording_whenDrawn_thenItsAxisIsInMinutesAndShortPiecesCanBeSeen() {
    Document svg =
        parse(
            new Timeline(
                    "l",
                    36_000,
                    List.of(new Lane("sad", Colour.numbered(1), List.of(new Piece(1, 2, "")))))
                .html());

    assertThat(texts(svg, "text")).contains("minutes", "600").doesNotContain("seconds");
    assertThat(number(elements(svg, "rect").get(0), "width")).isEqualTo(1);
  }

  @Test
  void givenWhatIsNoTimeline_whenMade_thenItIsRefused() {
    assertThatThrownBy(
            () -> new Timeline("l", 0, List.of(new Lane("a", Colour.numbered(1), List.of()))))
        .hasMessageContaining("no timeline");
    assertThatThrownBy(() -> new Piece(2, 2, "")).hasMessageContaining("no length");
    assertThatThrownBy(() -> Colour.numbered(10)).hasMessageContaining("no 10");
    assertThatThrownBy(() -> Colour.ofEmotion("red;")).hasMessageContaining("no colour");
  }

  @Test
  void givenShares_whenDrawn_thenColumnsAreStackedFromTheBottom() {
    Document svg =
        parse(
            new ShareColumns(
                    "l",
                    List.of(
                        new Series("calm", Colour.numbered(7)),
                        new Series("angry", Colour.numbered(2))),
                    List.of(
                        new Column("Monday", List.of(0.5, 0.25)),
                        new Column("Tuesday", List.of(0.0, 1.0))))
                .html());

    List<Element> parts =
        elements(svg, "rect").stream().filter(part -> part.getFirstChild() != null).toList();
    assertThat(texts(svg, "title"))
        .containsExactly("Monday, calm: 50%", "Monday, angry: 25%", "Tuesday, angry: 100%");
    assertThat(parts.stream().map(part -> part.getAttribute("height")))
        .containsExactly("90", "45", "180");
    assertThat(number(parts.get(1), "y") + 45).isEqualTo(number(parts.get(0), "y"));
    assertThat(texts(svg, "text")).contains("calm", "angry", "Monday", "Tuesday", "100%");
  }

  @Test
  void givenMoreColumnsThanNamesHaveRoom_whenDrawn_thenSomeNamesAreLeftOutAndAllHints() {
    Document svg =
        parse(
            new ShareColumns(
                    "l",
                    List.of(new Series("calm", Colour.numbered(7))),
                    IntStream.range(0, 60)
                        .mapToObj(day -> new Column("2026-01-%02d".formatted(day), List.of(1.0)))
                        .toList())
                .html());

    assertThat(texts(svg, "text").stream().filter(text -> text.startsWith("2026")))
        .hasSizeBetween(3, 6);
    assertThat(texts(svg, "title")).hasSize(60);
  }

  @Test
  void givenNineSeries_whenDrawn_thenTheLegendWrapsInsideThePicture() {
    List<Series> series =
        IntStream.rangeClosed(1, 9)
            .mapToObj(colour -> new Series("emotion " + colour, Colour.numbered(colour)))
            .toList();

    Document svg =
        parse(
            new ShareColumns(
                    "l",
                    series,
                    List.of(new Column("c", List.of(0., 0., 0., 0., 0., 0., 0., 0., 1.))))
                .html());

    List<Element> swatches =
        elements(svg, "rect").stream().filter(part -> part.getFirstChild() == null).toList();
    assertThat(swatches)
        .hasSize(9)
        .allSatisfy(one -> assertThat(number(one, "x")).isBetween(0., 400.));
    assertThat(swatches.stream().map(one -> one.getAttribute("y")).distinct())
        .hasSizeGreaterThan(1);
  }

  @Test
  void givenSharesAboveTheWhole_whenMade_thenTheyAreRefused() {
    assertThatThrownBy(() -> new Column("c", List.of(0.6, 0.5))).hasMessageContaining("parts of 1");
    assertThatThrownBy(
            () ->
                new ShareColumns(
                    "l",
                    List.of(new Series("a", Colour.numbered(1))),
                    List.of(new Column("c", List.of(0.1, 0.2)))))
        .hasMessageContaining("2 shares for 1 series");
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
