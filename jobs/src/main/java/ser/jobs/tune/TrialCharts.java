package ser.jobs.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ser.jobs.config.SearchPlan;
import ser.jobs.config.ValueRange;
import ser.report.chart.LineChart;
import ser.report.chart.ScatterChart;
import ser.report.chart.ScatterChart.Horizontal;
import ser.report.chart.ScatterChart.Point;
import ser.report.page.Figure;
import ser.report.page.Grid;
import ser.report.page.Section;

/** How scores grew, and what each parameter has to do with them. */
final class TrialCharts {

  private final TuneReport.Facts facts;
  private final List<TrialResult> judged;

  TrialCharts(TuneReport.Facts facts) {
    this.facts = facts;
    this.judged =
        facts.found().results().stream().filter(trial -> trial.measures().isPresent()).toList();
  }

  /** None where no trial has a score. */
  List<Section> sections() {
    if (judged.isEmpty()) {
      return List.of();
    }
    List<Figure> figures = new ArrayList<>();
    for (Map.Entry<String, ValueRange> parameter : facts.config().space().ranges().entrySet()) {
      figures.add(against(parameter.getKey(), parameter.getValue()));
    }
    return List.of(
        Section.of("Trial by trial", bestSoFar()),
        Section.of("Score against each parameter", new Grid(figures)));
  }

  private Figure bestSoFar() {
    List<LineChart.Point> each = new ArrayList<>();
    List<LineChart.Point> best = new ArrayList<>();
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < judged.size(); i++) {
      double score = facts.score(judged.get(i));
      highest = Math.max(highest, score);
      each.add(new LineChart.Point(i + 1, score));
      best.add(new LineChart.Point(i + 1, highest));
    }
    String name = facts.scoreName();
    return Figure.of(
        "Best so far",
        "Flat at its end: more trials of the same ranges would hardly help.",
        new LineChart(
            "The %s of each trial and the highest one until then".formatted(name),
            rounds() > 1 ? "trials, round after round" : "trials",
            name + " on the validation speakers",
            List.of(new LineChart.Line("best so far", best), new LineChart.Line("trial", each))));
  }

  private Figure against(String parameter, ValueRange range) {
    Horizontal axis = axis(parameter, range);
    List<ScatterChart.Series> series = new ArrayList<>();
    for (SearchPlan.Round round : facts.config().plan().rounds()) {
      List<Point> points = new ArrayList<>();
      for (TrialResult result : judged) {
        if (result.trial().round() == round.number()) {
          Object value = result.trial().parameters().get(parameter);
          points.add(
              new Point(
                  place(value, axis),
                  facts.score(result),
                  "trial %d, %s %s: %.3f"
                      .formatted(
                          result.trial().number(),
                          parameter,
                          TrialTable.text(value),
                          facts.score(result))));
        }
      }
      boolean drawn = facts.config().space().ranges().containsKey("epochs");
      series.add(
          new ScatterChart.Series(drawn ? "epochs as drawn" : round.epochs() + " epochs", points));
    }
    // The last ones stand for all in a very long search.
    List<ScatterChart.Series> shown = series.subList(Math.max(0, series.size() - 8), series.size());
    return Figure.of(
        parameter,
        "",
        new ScatterChart(
            "The %s of each trial against %s".formatted(facts.scoreName(), parameter),
            axis,
            facts.scoreName(),
            shown));
  }

  private static Horizontal axis(String parameter, ValueRange range) {
    if (range instanceof ValueRange.Between between) {
      return between.scale() == ValueRange.Scale.LOG
          ? new Horizontal.Logarithmic(parameter)
          : new Horizontal.Linear(parameter);
    }
    List<Object> values = ((ValueRange.OneOf) range).values();
    return new Horizontal.Named(parameter, values.stream().map(TrialTable::text).toList());
  }

  private static double place(Object value, Horizontal axis) {
    return axis instanceof Horizontal.Named named
        ? named.names().indexOf(TrialTable.text(value))
        : ((Number) value).doubleValue();
  }

  private int rounds() {
    return facts.config().plan().rounds().size();
  }
}
