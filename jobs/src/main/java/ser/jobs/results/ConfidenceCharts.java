package ser.jobs.results;

import static ser.jobs.results.Cells.count;
import static ser.jobs.results.Cells.each;
import static ser.jobs.results.Cells.percent;
import static ser.jobs.results.Cells.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import ser.report.chart.LineChart;
import ser.report.chart.LineChart.Line;
import ser.report.chart.LineChart.Point;
import ser.report.markup.Markup;
import ser.report.page.Figure;
import ser.report.page.Grid;
import ser.report.page.Section;
import ser.report.page.Table;
import ser.report.page.Table.Column;

/** What the probabilities are worth: are they true, and do the sure answers deserve more trust? */
final class ConfidenceCharts {
  private final JsonNode test;
  private final Circumstances circumstances;

  ConfidenceCharts(JsonNode test, Circumstances circumstances) {
    this.test = test;
    this.circumstances = circumstances;
  }

  Section section() {
    return Section.of(
        "How sure it is, and rightly so", new Grid(List.of(calibration(), coverage())));
  }

  private Markup calibration() {
    JsonNode bins = test.path("calibration").path("bins");
    List<Point> points =
        each(bins)
            .map(
                bin ->
                    new Point(bin.path("confidence").asDouble(), bin.path("accuracy").asDouble()))
            .toList();
    return Figure.withNumbers(
        "Calibration",
        "%s Expected calibration error %s (15 bins of equal width)%s. Below the diagonal the network is surer than it should be, above it less."
            .formatted(
                circumstances.asSentence(),
                percent(test.path("calibration").path("ece")),
                uncalibrated()),
        new LineChart(
            "Accuracy by confidence, beside the diagonal on which confidences are true, "
                + circumstances.inWords(),
            "confidence (probability of the answer)",
            "accuracy",
            List.of(
                new Line("perfect", List.of(new Point(0, 0), new Point(1, 1))),
                new Line("measured", points))),
        new Table(
            "Calibration, " + circumstances.inWords(),
            List.of(
                Column.text("Confidence"),
                Column.number("Recordings"),
                Column.number("Mean confidence"),
                Column.number("Accuracy")),
            each(bins)
                .map(
                    bin ->
                        row(
                            percent(bin.path("from")) + " to " + percent(bin.path("to")),
                            count(bin.path("recordings")),
                            percent(bin.path("confidence")),
                            percent(bin.path("accuracy"))))
                .toList()));
  }

  /** Reports where none was fitted, of earlier versions and of several models do not say it. */
  private String uncalibrated() {
    JsonNode before = test.path("calibration").path("ece_before");
    return before.isMissingNode()
        ? ""
        : "; without the temperature that was fitted on the validation recordings it was "
            + percent(before);
  }

  private Markup coverage() {
    JsonNode coverage = test.path("coverage");
    double all = test.path("accuracy").asDouble();
    double first = coverage.path(0).path("share").asDouble();
    return Figure.withNumbers(
        "Accuracy against coverage",
        circumstances.asSentence()
            + " If only the most confident share of the recordings is answered, so many of these answers are right.",
        new LineChart(
            "Accuracy by share of recordings that are answered, " + circumstances.inWords(),
            "share of recordings that are answered",
            "accuracy",
            List.of(
                new Line(
                    "most confident",
                    each(coverage)
                        .map(
                            point ->
                                new Point(
                                    point.path("share").asDouble(),
                                    point.path("accuracy").asDouble()))
                        .toList()),
                new Line("all", List.of(new Point(first, all), new Point(1, all))))),
        new Table(
            "Accuracy against coverage, " + circumstances.inWords(),
            List.of(
                Column.number("Answered"),
                Column.number("Recordings"),
                Column.number("Accuracy"),
                Column.number("Lowest confidence")),
            each(coverage)
                .map(
                    point ->
                        row(
                            percent(point.path("share")),
                            count(point.path("recordings")),
                            percent(point.path("accuracy")),
                            percent(point.path("confidence"))))
                .toList()));
  }
}
