package ser.jobs.results;

import static ser.jobs.results.Cells.percent;
import static ser.jobs.results.Cells.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import ser.report.chart.BarChart;
import ser.report.chart.BarChart.Bar;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.page.Figure;
import ser.report.page.Grid;
import ser.report.page.Section;
import ser.report.page.Stack;
import ser.report.page.Table;
import ser.report.page.Table.Column;

/** The models of a cross-validation: how far luck with the speakers goes. */
final class FoldsSection {
  private FoldsSection() {}

  /**
   * @param report with {@code folds} and {@code over_folds}
   */
  static Section of(JsonNode report) {
    Circumstances circumstances = Circumstances.of(report);
    List<Bar> bars = new ArrayList<>();
    List<List<Markup>> rows = new ArrayList<>();
    for (JsonNode fold : report.path("folds")) {
      String name = fold.path("split_detail").asText();
      JsonNode test = fold.path("test");
      bars.add(new Bar(name, List.of(test.path("uar").asDouble())));
      rows.add(
          Cells.joined(
              List.of(page(fold)),
              row(
                  Stream.concat(
                      Cells.scores(test),
                      Stream.of(
                          fold.path("best_epoch").asText(),
                          String.join(", ", Cells.texts(test.path("speakers"))))))));
    }
    String label =
        "UAR by fold: "
            + String.join(
                ", ",
                bars.stream().map(bar -> bar.name() + " " + percent(bar.values().get(0))).toList());
    return Section.of(
        "Folds",
        Figure.of(
            "By fold",
            "Bars are UAR. " + spreadInWords(report),
            new Stack(
                List.of(
                    new Grid(List.of(BarChart.ofShares(label, bars), spread(report))),
                    new Table(
                        "Folds, " + circumstances.inWords(),
                        Cells.joined(
                            Cells.joined(List.of(Column.text("Fold")), Cells.SCORE_COLUMNS),
                            List.of(Column.number("Best epoch"), Column.text("Tested"))),
                        rows)))));
  }

  /** A fold's name, which leads to its own page, in a folder beside this one. */
  private static Element page(JsonNode fold) {
    return Element.of("a")
        .with("href", fold.path("folder").asText() + "/report.html")
        .text(fold.path("split_detail").asText());
  }

  private static String spreadInWords(JsonNode report) {
    JsonNode uar = report.path("over_folds").path("uar");
    return "Mean %s, deviation %s points, from %s to %s: each fold has other speakers, and few of them."
        .formatted(
            percent(uar.path("mean")),
            String.format(Locale.ROOT, "%.1f", 100 * uar.path("deviation").asDouble()),
            percent(uar.path("min")),
            percent(uar.path("max")));
  }

  private static Table spread(JsonNode report) {
    JsonNode over = report.path("over_folds");
    return new Table(
        "Over folds, " + Circumstances.of(report).inWords(),
        List.of(
            Column.text("Number"),
            Column.number("Mean"),
            Column.number("Deviation"),
            Column.number("Least"),
            Column.number("Most")),
        Stream.of("accuracy", "uar", "macro_f1")
            .map(
                metric ->
                    row(
                        metric.equals("uar")
                            ? "UAR"
                            : metric.equals("accuracy") ? "Accuracy" : "Macro F1",
                        percent(over.path(metric).path("mean")),
                        percent(over.path(metric).path("deviation")),
                        percent(over.path(metric).path("min")),
                        percent(over.path(metric).path("max"))))
            .toList());
  }
}
