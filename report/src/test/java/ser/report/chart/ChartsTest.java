package ser.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static ser.report.WellFormed.elements;
import static ser.report.WellFormed.parse;
import static ser.report.WellFormed.texts;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import ser.report.chart.BarChart.Bar;
import ser.report.chart.DistributionChart.Group;
import ser.report.chart.HeatMap.Colours;
import ser.report.chart.LineChart.Line;
import ser.report.chart.LineChart.Point;
import ser.report.image.ColourMap;
import ser.report.image.Matrix;

/** Charts as a browser sees them: what is in the SVG, and where. */
class ChartsTest {

  @Test
  void givenBars_whenDrawn_thenLengthsAreProportionalAndNumbersStandBesideThem() {
    Document svg =
        parse(
            BarChart.of(
                    "Recordings per emotion",
                    List.of(bar("sad", 1200), bar("<angry>", 300), bar("bored", 0)))
                .html());

    List<Element> bars = elements(svg, "rect");
    assertThat(bars).as("a bar of 0 is not drawn").hasSize(2);
    assertThat(number(bars.get(0), "width") / number(bars.get(1), "width"))
        .isCloseTo(4, org.assertj.core.data.Offset.offset(0.01));
    assertThat(texts(svg, "text")).contains("1,200", "300", "0");
    assertThat(texts(svg, "title")).contains("<angry>");
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(svg.getDocumentElement().getAttribute("aria-label"))
        .isEqualTo("Recordings per emotion");
  }

  @Test
  void givenStackedBars_whenDrawn_thenPartsFollowEachOtherAndALegendNamesThem() {
    Document svg =
        parse(
            new BarChart("l", List.of("female", "male"), List.of(new Bar("a", List.of(30.0, 10.0))))
                .html());

    List<Element> rectangles = elements(svg, "rect");
    Element female = rectangles.get(2);
    Element male = rectangles.get(3);
    assertThat(number(male, "x")).isEqualTo(number(female, "x") + number(female, "width"));
    assertThat(number(female, "width") / number(male, "width"))
        .isCloseTo(3, org.assertj.core.data.Offset.offset(0.01));
    assertThat(female.getAttribute("class")).isNotEqualTo(male.getAttribute("class"));
    assertThat(texts(svg, "text")).contains("female", "male", "40");
  }

  @Test
  void givenOnlyZeroes_whenDrawn_thenThereAreNoBars() {
    assertThat(elements(parse(BarChart.of("l", List.of(bar("a", 0))).html()), "rect")).isEmpty();
  }

  @Test
  void givenALongName_whenDrawn_thenItIsShortenedAndWholeInTheHint() {
    String name = "speaker-with-a-very-long-name-indeed-0123456789";

    Document svg = parse(BarChart.of("l", List.of(bar(name, 1))).html());

    assertThat(texts(svg, "title")).contains(name);
    assertThat(elements(svg, "text").get(0).getFirstChild().getTextContent())
        .endsWith("…")
        .hasSizeLessThan(30);
  }

  @Test
  void givenBarsOfTheirOwnColours_whenDrawn_thenEachHasIts() {
    Bar angry = new Bar("angry", 2, Colour.ofEmotion("angry"));
    Bar none = new Bar("none", 1, Colour.NOBODY);

    assertThat(
            elements(parse(BarChart.of("l", List.of(angry, none, bar("a", 1))).html()), "rect")
                .stream()
                .map(rect -> rect.getAttribute("class")))
        .containsExactly("fill-emotion emotion-angry", "fill-nobody", "fill-1");
    assertThatThrownBy(() -> new Bar("b", List.of(1.0, 2.0), Optional.of(Colour.numbered(1))))
        .hasMessageContaining("2 parts");
  }

  @Test
  void givenBadBars_whenMade_thenTheyAreRefused() {
    assertThatThrownBy(() -> BarChart.of("l", List.of())).hasMessageContaining("needs a bar");
    assertThatThrownBy(() -> bar("a", -1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new BarChart("l", List.of("x", "y"), List.of(bar("a", 1))))
        .hasMessageContaining("1 values for 2 series");
  }

  @Test
  void givenHistograms_whenDrawn_thenBarsRiseAtTheirBinsAndTheMedianIsMarked() {
    // Two bins from 0 to 10: half of the row is at full height, half at a third of it.
    Document svg =
        parse(
            new DistributionChart(
                    "l",
                    "seconds",
                    0,
                    10,
                    List.of(new Group("sad", Colour.ofEmotion("sad"), new long[] {1, 3}, 7.5)))
                .html());

    Element path = elements(svg, "path").get(0);
    assertThat(path.getTextContent()).isEqualTo("sad: [1, 3]");
    assertThat(path.getAttribute("class")).isEqualTo("fill-emotion emotion-sad");
    assertThat(path.getAttribute("d")).isEqualTo("M84 34L84 25L243 25L243 7L402 7L402 34Z");
    Element median =
        elements(svg, "line").stream()
            .filter(line -> line.getAttribute("class").equals("median"))
            .findFirst()
            .orElseThrow();
    assertThat(number(median, "x1")).isEqualTo(84 + 0.75 * 318);
    assertThat(texts(svg, "text")).contains("sad", "7.50", "seconds", "10");
  }

  @Test
  void givenLines_whenDrawn_thenEachRunsThroughItsPointsInItsOwnStyle() {
    Document svg =
        parse(
            new LineChart(
                    "l",
                    "epoch",
                    "loss",
                    List.of(
                        new Line("training", List.of(new Point(1, 2), new Point(3, 0))),
                        new Line("validation", List.of(new Point(2, 1)))))
                .html());

    List<Element> paths = elements(svg, "path");
    assertThat(paths).hasSize(2);
    assertThat(paths.get(0).getAttribute("d")).isEqualTo("M56 50L446 250");
    assertThat(paths.get(1).getAttribute("d")).isEqualTo("M251 150z");
    assertThat(paths.get(0).getAttribute("class")).isNotEqualTo(paths.get(1).getAttribute("class"));
    assertThat(texts(svg, "text")).contains("training", "validation", "epoch", "loss");
  }

  @Test
  void givenAConfusionMatrix_whenDrawn_thenCellsHoldTheirCountsAndShares() {
    Document svg =
        parse(
            new MatrixChart(
                    "l",
                    "spoken",
                    "recognised",
                    List.of("sad", "surprised"),
                    new long[][] {{9, 1}, {0, 4}})
                .html());

    assertThat(texts(svg, "title"))
        .contains(
            "sad as sad: 9, 90%",
            "sad as surprised: 1, 10%",
            "surprised as sad: 0, 0%",
            "surprised as surprised: 4, 100%");
    assertThat(elements(svg, "rect").stream().map(cell -> cell.getAttribute("class")))
        .containsExactly("cell shade-9", "cell shade-1", "cell shade-0", "cell shade-10");
    assertThatThrownBy(() -> new MatrixChart("l", "r", "c", List.of("a"), new long[][] {{1, 2}}))
        .hasMessageContaining("matrix of 1 names");
  }

  @Test
  void givenEightClasses_whenDrawn_thenLongNamesStandOnTwoLevelsInFull() {
    List<String> names =
        List.of("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised");
    Document svg =
        parse(new MatrixChart("l", "actual", "recognised", names, new long[8][8]).html());

    List<Element> columns =
        elements(svg, "text").stream()
            .filter(text -> text.getAttribute("class").equals("small middle"))
            .toList();
    assertThat(columns.stream().map(text -> text.getFirstChild().getTextContent()))
        .containsExactlyElementsOf(names);
    assertThat(columns.stream().map(text -> text.getAttribute("y")).distinct()).hasSize(2);
    assertThat(columns.get(0).getAttribute("y")).isEqualTo(columns.get(2).getAttribute("y"));
  }

  @Test
  void givenShares_whenDrawnAsBars_thenTheyAreOfTheSameWholeAndInPercent() {
    Document svg =
        parse(
            BarChart.ofShares("l", List.of(new Bar("a", List.of(0.25)), new Bar("b", List.of(0.5))))
                .html());

    assertThat(texts(svg, "text")).contains("25.0%", "50.0%");
    List<Double> widths =
        elements(svg, "rect").stream()
            .map(bar -> Double.valueOf(bar.getAttribute("width")))
            .toList();
    assertThat(widths.get(1)).isCloseTo(2 * widths.get(0), within(0.02));
    assertThat(widths.get(1)).as("half of what 100% would be").isLessThan(460 / 2.0);
    assertThatThrownBy(() -> BarChart.ofShares("l", List.of(new Bar("a", List.of(1.5)))))
        .hasMessageContaining("above 1");
  }

  @Test
  void givenALearningRateThatStays_whenDrawn_thenTheAxisIsAroundIt() {
    Document svg =
        parse(
            new LineChart(
                    "l",
                    "epoch",
                    "rate",
                    List.of(new Line("r", List.of(new Point(1, 0.0005), new Point(3, 0.0005)))))
                .html());

    assertThat(texts(svg, "text")).contains("0.0003", "0.0007", "1", "2", "3");
    assertThat(texts(svg, "text")).as("no half epochs").doesNotContain("1.5", "-0.5");
  }

  @Test
  void givenAMatrix_whenDrawnAsAPicture_thenItStandsInThePageWithAxesAndScale() {
    Matrix matrix = new Matrix(2, 2, new float[] {-80, -60, -40, 0});
    Document svg =
        parse(
            new HeatMap(
                    "Log-mel of <a>",
                    matrix,
                    Colours.over(matrix, ColourMap.MAGMA, "dB"),
                    Axis.linear("seconds", 0, 2, 2),
                    new Axis("Hz", List.of(new Axis.Tick(0.5, "1k"))))
                .html());

    List<Element> pictures = elements(svg, "image");
    assertThat(pictures).as("the picture and its scale").hasSize(2);
    assertThat(pictures)
        .allSatisfy(
            picture ->
                assertThat(picture.getAttribute("href")).startsWith("data:image/png;base64,"));
    assertThat(texts(svg, "text")).contains("seconds", "Hz", "1k", "dB", "-80", "0", "2");
    assertThat(svg.getDocumentElement().getAttribute("aria-label")).isEqualTo("Log-mel of <a>");
  }

  @Test
  void givenAFlatMatrix_whenScaled_thenTheScaleHasALength() {
    Colours colours = Colours.over(new Matrix(1, 2, new float[] {3, 3}), ColourMap.VIRIDIS, "");

    assertThat(colours.from()).isEqualTo(2.5);
    assertThat(colours.to()).isEqualTo(3.5);
  }

  @Test
  void givenSamples_whenDrawn_thenTheBandReachesFromTheLowestToTheHighest() {
    Document svg =
        parse(new Waveform("l", new float[] {-0.5f, 0}, new float[] {0, 0.5f}, 2).html());

    // The frame is 352 wide from 44 and 90 high from 24: its middle is 69.
    assertThat(elements(svg, "path").get(0).getAttribute("d"))
        .isEqualTo("M132 69L308 24L308 69L132 114Z");
    assertThatThrownBy(() -> new Waveform("l", new float[0], new float[0], 1))
        .hasMessageContaining("no waveform");
  }

  private static Bar bar(String name, double value) {
    return new Bar(name, List.of(value));
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
