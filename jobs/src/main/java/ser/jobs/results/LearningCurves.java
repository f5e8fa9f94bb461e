package ser.jobs.results;

import static ser.jobs.results.Cells.each;
import static ser.jobs.results.Cells.percent;
import static ser.jobs.results.Cells.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import ser.jobs.config.EarlyStopping.Monitor;
import ser.report.chart.LineChart;
import ser.report.chart.LineChart.Line;
import ser.report.chart.LineChart.Point;
import ser.report.markup.Markup;
import ser.report.page.Card;
import ser.report.page.Figure;
import ser.report.page.Fold;
import ser.report.page.Grid;
import ser.report.page.Section;
import ser.report.page.Table;
import ser.report.page.Table.Column;
import ser.report.text.Numbers;

/** Loss, macro F1 and learning rate by epoch. */
final class LearningCurves {
  private static final String X = "epoch";

  private final JsonNode report;
  private final JsonNode epochs;
  private final Circumstances circumstances;

  /**
   * @param report of a training
   */
  LearningCurves(JsonNode report) {
    this.report = report;
    this.epochs = report.path("epochs");
    this.circumstances = Circumstances.of(report);
  }

  Section section() {
    return Section.of(
        "Learning curves", new Grid(charts()), Card.of(new Fold("Numbers of all epochs", table())));
  }

  /** By what the best epoch was chosen. Models of earlier builds do not say it. */
  static String monitor(JsonNode report) {
    return report.path("monitor").asText(Monitor.MACRO_F1.label());
  }

  /** Under the curve that decides it. */
  private String kept(Monitor curve, String best) {
    return monitor(report).equals(curve.label())
        ? " The %s on the validation side decides which epoch's weights are kept: epoch %d."
            .formatted(best, report.path("best_epoch").asInt())
        : "";
  }

  private List<Markup> charts() {
    List<Markup> charts = new ArrayList<>();
    charts.add(
        Figure.of(
            "Loss",
            circumstances.asSentence()
                + " Mean cross-entropy; in training with what the recipe asks for there: dropout, variants, class weights, smoothed labels, mixed or masked rows."
                + kept(Monitor.LOSS, "least"),
            new LineChart("Loss by epoch", X, "loss", losses())));
    List<Point> scores = points("validation_macro_f1");
    if (!scores.isEmpty()) {
      charts.add(
          Figure.of(
              "Macro F1 on the validation side",
              circumstances.asSentence() + kept(Monitor.MACRO_F1, "highest"),
              new LineChart(
                  "Macro F1 by epoch", X, "macro F1", List.of(new Line("validation", scores)))));
    }
    charts.add(
        Figure.of(
            "Learning rate",
            "Of each epoch's last step.",
            new LineChart(
                "Learning rate by epoch",
                X,
                "learning rate",
                List.of(new Line("learning rate", points("learning_rate"))))));
    return charts;
  }

  private List<Line> losses() {
    List<Line> lines = new ArrayList<>(List.of(new Line("training", points("loss"))));
    List<Point> validation = points("validation_loss");
    if (!validation.isEmpty()) {
      lines.add(new Line("validation", validation));
    }
    return lines;
  }

  private List<Point> points(String key) {
    return each(epochs)
        .filter(epoch -> epoch.path(key).isNumber())
        .map(epoch -> new Point(epoch.path(X).asDouble(), epoch.path(key).asDouble()))
        .toList();
  }

  private Table table() {
    return new Table(
        "Epochs, " + circumstances.inWords(),
        List.of(
            Column.number("Epoch"),
            Column.number("Loss"),
            Column.number("Validation loss"),
            Column.number("Validation macro F1"),
            Column.number("Learning rate"),
            Column.number("Seconds")),
        each(epochs)
            .map(
                epoch ->
                    row(
                        epoch.path(X).asText(),
                        decimal(epoch.path("loss")),
                        decimal(epoch.path("validation_loss")),
                        percent(epoch.path("validation_macro_f1")),
                        rate(epoch.path("learning_rate").asDouble()),
                        Numbers.decimal(epoch.path("seconds").asDouble(), 1)))
            .toList());
  }

  private static String decimal(JsonNode number) {
    return number.isNumber() ? Numbers.decimal(number.asDouble(), 3) : "–";
  }

  private static String rate(double rate) {
    return new BigDecimal(rate, new MathContext(3)).stripTrailingZeros().toString();
  }
}
