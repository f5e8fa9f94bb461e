package ser.jobs.results;

import static ser.jobs.results.Cells.count;
import static ser.jobs.results.Cells.each;
import static ser.jobs.results.Cells.percent;
import static ser.jobs.results.Cells.row;
import static ser.jobs.results.Cells.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import ser.report.chart.BarChart;
import ser.report.chart.BarChart.Bar;
import ser.report.chart.MatrixChart;
import ser.report.markup.Markup;
import ser.report.page.Figure;
import ser.report.page.Grid;
import ser.report.page.Section;
import ser.report.page.Stack;
import ser.report.page.Table;
import ser.report.page.Table.Column;
import ser.report.page.Tiles;
import ser.report.page.Tiles.Tile;
import ser.report.text.Numbers;

/** What the predictions on some recordings say: the sections that all pages about results share. */
final class ResultSections {
  private static final int MOST_BARS = 40;

  private final JsonNode test;
  private final Circumstances circumstances;

  /**
   * @param test as {@link ser.model.metrics.AssessmentJson} writes it
   */
  ResultSections(JsonNode test, Circumstances circumstances) {
    this.test = test;
    this.circumstances = circumstances;
  }

  /** The result in a sentence. */
  String inWords() {
    return "UAR %s%s, accuracy %s, macro F1 %s on %s; %s."
        .formatted(
            percent(test.path("uar")),
            range().map(range -> " (" + range + ")").orElse(""),
            percent(test.path("accuracy")),
            percent(test.path("macro_f1")),
            Numbers.of(test.path("recordings").asLong(), "recording", "recordings"),
            circumstances.inWords());
  }

  /** The most important numbers. */
  List<Tile> tiles() {
    long classes =
        each(test.path("classes")).filter(one -> one.path("support").asLong() > 0).count();
    String beside = circumstances.inWords();
    List<Tile> tiles = new ArrayList<>();
    tiles.add(
        new Tile(
            "UAR",
            percent(test.path("uar")),
            "%schance is %s; %s"
                .formatted(
                    range().map(range -> range + "; ").orElse(""),
                    percent(1.0 / Math.max(1, classes)),
                    beside)));
    tiles.add(new Tile("Accuracy", percent(test.path("accuracy")), beside));
    tiles.add(new Tile("Macro F1", percent(test.path("macro_f1")), beside));
    tiles.add(
        new Tile(
            "Most confident half",
            percent(half().path("accuracy")),
            "accuracy on %s; %s".formatted(count(half().path("recordings")), beside)));
    tiles.add(
        new Tile(
            "Calibration error",
            percent(test.path("calibration").path("ece")),
            "ECE of 15 bins, 0 is perfect; " + beside));
    tiles.add(
        new Tile(
            "Recordings",
            count(test.path("recordings")),
            "of %s".formatted(Numbers.of(test.path("by_speaker").size(), "speaker", "speakers"))));
    return tiles;
  }

  Markup overview(List<Tile> more) {
    return new Tiles(Cells.joined(tiles(), more));
  }

  /** Confusion matrix and classification report. */
  Section emotions() {
    return Section.of("Which emotions are recognised", new Grid(List.of(confusion(), classes())));
  }

  /** By speaker, gender, corpus and intensity. */
  Section groups() {
    return Section.of(
        "Whose emotions are recognised",
        new Grid(
            List.of(
                new Stack(
                    List.of(
                        group("by_gender", "By gender", "Gender", "As the corpus states it."),
                        group("by_corpus", "By corpus", "Corpus", ""),
                        group(
                            "by_intensity",
                            "By intensity",
                            "Intensity",
                            "As the corpus states it."))),
                group("by_speaker", "By speaker", "Speaker", remarkOnSpeakers()))));
  }

  /** Calibration curve, and accuracy against coverage. */
  Section confidence() {
    return new ConfidenceCharts(test, circumstances).section();
  }

  /** The most confused pairs and the hardest recordings. */
  Section mistakes() {
    return Section.of(
        "Where it fails",
        new Grid(
            List.of(
                Figure.of(
                    "Most confused pairs",
                    "Share of the recordings that are of the actual emotion.",
                    pairs()),
                Figure.of(
                    "Hardest recordings",
                    "Those whose own emotion got the lowest probabilities. Listen to them: some are mislabelled or broken.",
                    hardest()))));
  }

  private Optional<String> range() {
    JsonNode range = test.path("uar_range");
    return range.isObject()
        ? Optional.of(
            "95%% range over %d speakers %s to %s"
                .formatted(
                    range.path("speakers").asInt(),
                    percent(range.path("lower")),
                    percent(range.path("upper"))))
        : Optional.empty();
  }

  private JsonNode half() {
    return each(test.path("coverage"))
        .filter(point -> point.path("share").asDouble() == 0.5)
        .findFirst()
        .orElse(test.path("coverage").path(0));
  }

  Markup confusion() {
    List<String> labels = texts(test.path("labels"));
    long[][] counts =
        each(test.path("confusion"))
            .map(cells -> each(cells).mapToLong(JsonNode::asLong).toArray())
            .toArray(long[][]::new);
    List<Column> columns = new ArrayList<>(List.of(Column.text("Actual")));
    labels.forEach(label -> columns.add(Column.number(label)));
    List<List<Markup>> rows = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      rows.add(
          row(
              Stream.concat(
                  Stream.of(labels.get(i)), Arrays.stream(counts[i]).mapToObj(Numbers::count))));
    }
    return Figure.withNumbers(
        "Confusion matrix",
        circumstances.asSentence()
            + " Recordings; a shade is the share of the row, so rare emotions read like frequent ones.",
        new MatrixChart(
            "Confusion matrix: actual emotion by row, recognised emotion by column, %s"
                .formatted(circumstances.inWords()),
            "Actual",
            "Recognised as",
            labels,
            counts),
        new Table("Confusion matrix, " + circumstances.inWords(), columns, rows));
  }

  Markup classes() {
    List<List<Markup>> rows =
        each(test.path("classes"))
            .map(
                one ->
                    row(
                        one.path("label").asText(),
                        percent(one.path("precision")),
                        percent(one.path("recall")),
                        percent(one.path("f1")),
                        count(one.path("support"))))
            .toList();
    return Figure.of(
        "Classification report",
        "Recall is the share of an emotion's recordings that are recognised; their mean is the UAR. Precision is the share of answers that are right. A share of nothing counts as 0.",
        new Table(
            "Classification report, " + circumstances.inWords(),
            List.of(
                Column.text("Emotion"),
                Column.number("Precision"),
                Column.number("Recall"),
                Column.number("F1"),
                Column.number("Recordings")),
            rows));
  }

  private String remarkOnSpeakers() {
    return each(test.path("by_speaker")).count() > MOST_BARS
        ? "The chart shows the first %d, the table all that report.json lists.".formatted(MOST_BARS)
        : "";
  }

  private Markup group(String key, String title, String name, String remark) {
    List<JsonNode> groups = each(test.path(key)).toList();
    List<Bar> bars =
        groups.stream()
            .limit(MOST_BARS)
            .map(
                group ->
                    new Bar(group.path("name").asText(), List.of(group.path("uar").asDouble())))
            .toList();
    Table table =
        new Table(
            "%s, %s".formatted(title, circumstances.inWords()),
            Cells.joined(List.of(Column.text(name)), Cells.SCORE_COLUMNS),
            groups.stream()
                .map(
                    group ->
                        row(
                            Stream.concat(
                                Stream.of(group.path("name").asText()), Cells.scores(group))))
                .toList());
    String label =
        "UAR %s: %s"
            .formatted(
                title.toLowerCase(Locale.ROOT),
                String.join(
                    ", ",
                    groups.stream()
                        .limit(MOST_BARS)
                        .map(
                            group -> group.path("name").asText() + " " + percent(group.path("uar")))
                        .toList()));
    return new Figure(
        title,
        ("Bars are UAR. " + remark).strip(),
        new Stack(List.of(BarChart.ofShares(label, bars), table)),
        Optional.empty());
  }

  private Table pairs() {
    return new Table(
        "Most confused pairs, " + circumstances.inWords(),
        List.of(
            Column.text("Actual"),
            Column.text("Recognised as"),
            Column.number("Recordings"),
            Column.number("Share")),
        each(test.path("confused"))
            .map(
                pair ->
                    row(
                        pair.path("actual").asText(),
                        pair.path("predicted").asText(),
                        count(pair.path("recordings")),
                        percent(pair.path("share"))))
            .toList());
  }

  private Table hardest() {
    return new Table(
        "Hardest recordings, " + circumstances.inWords(),
        List.of(
            Column.text("Recording"),
            Column.text("Actual"),
            Column.text("Recognised as"),
            Column.number("Given to the actual")),
        each(test.path("hardest"))
            .map(
                hard ->
                    List.of(
                        Markup.name(hard.path("recording").asText()),
                        Markup.text(hard.path("actual").asText()),
                        Markup.text(
                            "%s (%s)"
                                .formatted(
                                    hard.path("predicted").asText(),
                                    percent(hard.path("confidence")))),
                        Markup.text(percent(hard.path("probability")))))
            .toList());
  }
}
