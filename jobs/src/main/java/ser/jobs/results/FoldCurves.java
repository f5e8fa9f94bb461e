package ser.jobs.results;

import static ser.jobs.results.Cells.each;
import static ser.jobs.results.Cells.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

/** How the folds of a cross-validation learnt: mean, least and most of each epoch. */
final class FoldCurves {
  private static final String X = "epoch";

  private final Circumstances circumstances;
  private final String monitor;
  private final Map<Integer, DoubleSummaryStatistics> losses;
  private final Map<Integer, DoubleSummaryStatistics> validationLosses;
  private final Map<Integer, DoubleSummaryStatistics> scores;

  /**
   * @param report with {@code folds}, each with its {@code epochs}
   */
  FoldCurves(JsonNode report) {
    circumstances = Circumstances.of(report);
    monitor = LearningCurves.monitor(report);
    JsonNode folds = report.path("folds");
    losses = byEpoch(folds, "loss");
    validationLosses = byEpoch(folds, "validation_loss");
    scores = byEpoch(folds, "validation_macro_f1");
  }

  Section section() {
    return Section.of(
        "Learning curves", new Grid(charts()), Card.of(new Fold("Numbers of all epochs", table())));
  }

  private static Map<Integer, DoubleSummaryStatistics> byEpoch(JsonNode folds, String key) {
    Map<Integer, DoubleSummaryStatistics> byEpoch = new TreeMap<>();
    each(folds)
        .flatMap(fold -> each(fold.path("epochs")))
        .filter(epoch -> epoch.path(key).isNumber())
        .forEach(
            epoch ->
                byEpoch
                    .computeIfAbsent(epoch.path(X).asInt(), first -> new DoubleSummaryStatistics())
                    .accept(epoch.path(key).asDouble()));
    return byEpoch;
  }

  private List<Markup> charts() {
    List<Markup> charts = new ArrayList<>();
    charts.add(
        chart("Loss in training", "loss", note("Each fold's own curves are on its page."), losses));
    if (!validationLosses.isEmpty()) {
      charts.add(
          chart("Loss on the validation side", "loss", note(kept(Monitor.LOSS)), validationLosses));
    }
    if (!scores.isEmpty()) {
      charts.add(
          chart(
              "Macro F1 on the validation side", "macro F1", note(kept(Monitor.MACRO_F1)), scores));
    }
    return charts;
  }

  /** Under the curve that decides it. */
  private String kept(Monitor curve) {
    return monitor.equals(curve.label())
        ? "Each fold keeps the weights of its own best epoch, by this."
        : "";
  }

  private String note(String more) {
    return "%s Of the folds that were still trained: an epoch that few of them have is a mean of few. %s"
        .formatted(circumstances.asSentence(), more)
        .strip();
  }

  private static Markup chart(
      String title, String axis, String note, Map<Integer, DoubleSummaryStatistics> byEpoch) {
    List<Point> means = new ArrayList<>();
    List<Point> least = new ArrayList<>();
    List<Point> most = new ArrayList<>();
    byEpoch.forEach(
        (epoch, values) -> {
          means.add(new Point(epoch, values.getAverage()));
          least.add(new Point(epoch, values.getMin()));
          most.add(new Point(epoch, values.getMax()));
        });
    return Figure.of(
        title,
        note,
        new LineChart(
            title + " by epoch: mean, lowest and highest of the folds",
            X,
            axis,
            List.of(
                new Line("mean", means), new Line("lowest", least), new Line("highest", most))));
  }

  private Table table() {
    return new Table(
        "Epochs, means over folds, " + circumstances.inWords(),
        List.of(
            Column.number("Epoch"),
            Column.number("Folds"),
            Column.number("Loss"),
            Column.number("Validation loss"),
            Column.number("Validation macro F1")),
        losses.entrySet().stream()
            .map(
                epoch ->
                    row(
                        Integer.toString(epoch.getKey()),
                        Numbers.count(epoch.getValue().getCount()),
                        Numbers.decimal(epoch.getValue().getAverage(), 3),
                        mean(validationLosses, epoch.getKey())
                            .map(loss -> Numbers.decimal(loss, 3))
                            .orElse("–"),
                        mean(scores, epoch.getKey()).map(Cells::percent).orElse("–")))
            .toList());
  }

  private static Optional<Double> mean(Map<Integer, DoubleSummaryStatistics> byEpoch, int epoch) {
    return Optional.ofNullable(byEpoch.get(epoch)).map(DoubleSummaryStatistics::getAverage);
  }
}
