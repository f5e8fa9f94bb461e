package ser.jobs.score.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import ser.model.drift.Finding;
import ser.model.drift.InputLevels;
import ser.model.drift.MelRows;
import ser.model.file.ModelInput;
import ser.report.chart.LineChart;
import ser.report.chart.LineChart.Line;
import ser.report.chart.LineChart.Point;
import ser.report.markup.Markup;
import ser.report.page.Card;
import ser.report.page.Figure;
import ser.report.page.Section;
import ser.report.page.Table;
import ser.report.page.Table.Column;

/** Whether the run is like what its model was trained on, and in what it is not. */
final class DriftSection {
  private static final String TITLE = "Beside the training data";

  private final ModelInput input;
  private final ScoreFigures figures;

  DriftSection(ModelInput input, ScoreFigures figures) {
    this.input = input;
    this.figures = figures;
  }

  Section section() {
    List<Markup> parts = new ArrayList<>();
    parts.add(Card.of(table()));
    MelRows mel = MelRows.of(input);
    if (!mel.bands().isEmpty() && figures.heard().levels().frames() > 0) {
      parts.add(spectra(mel));
    }
    return new Section(TITLE, parts);
  }

  private Table table() {
    return new Table(
        "This run and the model's training data",
        List.of(
            Column.text("Measure"),
            Column.text("This run"),
            Column.text("Training data"),
            Column.text("Distance"),
            Column.text("Limit"),
            Column.text("Verdict")),
        figures.drift().findings().stream().map(DriftSection::row).toList());
  }

  private static List<Markup> row(Finding finding) {
    return Stream.of(
            finding.measure().label(),
            finding.run(),
            finding.training(),
            finding.distance(),
            finding.limit(),
            finding.verdict().label())
        .map(Markup::text)
        .toList();
  }

  private Markup spectra(MelRows mel) {
    float[] training = input.normaliser().mean();
    InputLevels run = figures.heard().levels();
    return Figure.of(
        "Mean spectrum of the speech",
        "Log-mel before it is normalised. Lines apart by the same everywhere are a matter of"
            + " loudness; a line that falls where the other does not is a narrower channel.",
        new LineChart(
            "Mean level by frequency, of this run and of the training data",
            "kHz",
            "dB",
            List.of(
                line("this run", mel, run::meanOf),
                line("training data", mel, row -> training[row]))));
  }

  private static Line line(String name, MelRows mel, IntToDoubleFunction levels) {
    return new Line(
        name,
        mel.bands().stream()
            .map(band -> new Point(band.centreHz() / 1000, levels.applyAsDouble(band.row())))
            .toList());
  }
}
