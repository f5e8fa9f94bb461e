package ser.jobs.score.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ser.model.Emotion;
import ser.report.chart.BarChart;
import ser.report.chart.BarChart.Bar;
import ser.report.chart.Colour;
import ser.report.chart.ShareColumns;
import ser.report.chart.ShareColumns.Series;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.page.Figure;
import ser.report.page.Grid;
import ser.report.page.Section;
import ser.report.page.Table;
import ser.report.page.Table.Column;
import ser.report.text.Numbers;

/** What the speech of a run's calls sounds like, together and over time. */
final class EmotionSection {
  private static final String TITLE = "Emotions";

  private final ScoreFigures figures;
  private final List<Emotion> emotions;
  private final boolean dated;

  /**
   * @param dated whether times are those that paths name, and not those of the files
   */
  EmotionSection(ScoreFigures figures, boolean dated) {
    this.figures = figures;
    this.emotions = List.copyOf(figures.totals().mix().shares().keySet());
    this.dated = dated;
  }

  Section section() {
    return figures.totals().mix().speechS() > 0
        ? Section.of(TITLE, new Grid(List.of(overall(), overTime())))
        : Section.of(TITLE, Element.of("p").text("No speech was heard."));
  }

  private Markup overall() {
    EmotionMix mix = figures.totals().mix();
    List<Bar> bars = new ArrayList<>();
    emotions.forEach(
        emotion -> bars.add(bar(emotion.label(), mix.shares().get(emotion), colourOf(emotion))));
    if (mix.abstained() > 0) {
      bars.add(bar("none (unsure)", mix.abstained(), Colour.NOBODY));
    }
    return Figure.of(
        "Share of speech",
        "Of %s of speech in %s. What the model hears, not what anybody felt."
            .formatted(Numbers.duration(mix.speechS()), Numbers.of(mix.calls(), "call", "calls")),
        BarChart.ofShares("Share of speech by emotion", bars));
  }

  /** Rounding may take a sum a little above its whole. */
  private static Bar bar(String name, double share, Colour colour) {
    return new Bar(name, Math.min(1, share), colour);
  }

  private static Colour colourOf(Emotion emotion) {
    return Colour.ofEmotion(emotion.label());
  }

  private Markup overTime() {
    List<CallSums.Period> periods = figures.periods();
    return Figure.withNumbers(
        "Share of speech over time",
        "By %s of %s, UTC. What is missing to 100%% was given no emotion."
            .formatted(
                figures.grain().label(),
                dated
                    ? "the date in the recording's path"
                    : "the last change of the recording's file"),
        new ShareColumns(
            "Share of speech by emotion, for each " + figures.grain().label(),
            emotions.stream().map(e -> new Series(e.label(), colourOf(e))).toList(),
            periods.stream().map(this::column).toList()),
        table(periods));
  }

  private ShareColumns.Column column(CallSums.Period period) {
    return new ShareColumns.Column(
        period.name(), emotions.stream().map(period.mix().shares()::get).toList());
  }

  private Table table(List<CallSums.Period> periods) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("From"));
    columns.add(Column.number("Calls"));
    columns.add(Column.number("Speech"));
    emotions.forEach(emotion -> columns.add(Column.number(emotion.label())));
    columns.add(Column.number("none"));
    return new Table(
        "Share of speech by emotion, for each " + figures.grain().label(),
        columns,
        periods.stream().map(this::row).toList());
  }

  private List<Markup> row(CallSums.Period period) {
    EmotionMix mix = period.mix();
    return Stream.of(
            Stream.of(period.name(), Numbers.count(mix.calls()), Numbers.duration(mix.speechS())),
            emotions.stream().map(emotion -> Numbers.share(mix.shares().get(emotion), 1)),
            Stream.of(Numbers.share(mix.abstained(), 1)))
        .flatMap(cells -> cells)
        .map(Markup::text)
        .toList();
  }
}
