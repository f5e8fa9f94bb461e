package ser.jobs.results;

import static ser.jobs.results.Cells.each;
import static ser.jobs.results.Cells.percent;
import static ser.jobs.results.Cells.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ser.report.chart.BarChart;
import ser.report.chart.BarChart.Bar;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.page.Card;
import ser.report.page.Figure;
import ser.report.page.Section;
import ser.report.page.Stack;
import ser.report.page.Table;
import ser.report.page.Table.Column;

/** How much better a random split makes a network look, in plain words. */
final class LeakGapSection {
  private static final String TITLE = "Leak gap";

  private static final String EXPLANATION =
      "Most published numbers on these corpora come from recordings that were divided at random. Then the voices of the test have been heard in training, and a network that knows the voice needs to know little of the emotion. Where every file stands twice in the data, as in the popular copy of RAVDESS with 2,880 files, most test files have even been learnt by heart. Neither says how the network does on people whom it has never heard, and that is what it will meet.";

  private LeakGapSection() {}

  /**
   * For the page of one training.
   *
   * @param report of the training
   * @param measured report of {@code ser evaluate --leak-gap}, if there is one
   */
  static Section of(JsonNode report, Optional<JsonNode> measured) {
    return measured
        .map(gap -> Section.of(TITLE, paragraph(EXPLANATION), sideBySide(gap)))
        .orElseGet(() -> Section.of(TITLE, paragraph(EXPLANATION), published(), howTo(report)));
  }

  /** What the protocols say, in a sentence. */
  static String inWords(JsonNode gap) {
    return String.join(
            "; ",
            each(gap.path("protocols"))
                .map(
                    protocol ->
                        "%s: accuracy %s, UAR %s"
                            .formatted(
                                Circumstances.of(protocol).inWords(),
                                percent(protocol.path("accuracy")),
                                percent(protocol.path("uar"))))
                .toList())
        + ".";
  }

  static Markup explanation() {
    return paragraph(EXPLANATION);
  }

  /** Chart and table of all protocols. */
  static Markup sideBySide(JsonNode gap) {
    List<Bar> bars = new ArrayList<>();
    List<List<Markup>> rows = new ArrayList<>();
    for (JsonNode protocol : gap.path("protocols")) {
      String name = protocol.path("split").asText();
      bars.add(bar(name, protocol));
      rows.add(cells(name, protocol, protocol));
      JsonNode alone = protocol.path("without_twin");
      if (alone.isObject()) {
        bars.add(bar("… without a twin", alone));
        rows.add(cells("… those without a twin in training", protocol, alone));
      }
    }
    Circumstances any = Circumstances.of(gap.path("protocols").path(0));
    return Figure.of(
        "The same recipe under each split",
        "%sNormalise %s. Only the first bar says what to expect of people whom the network has never heard."
            .formatted(
                gap.path("recipe").isTextual() ? gap.path("recipe").asText() + ". " : "",
                any.normalise() + (any.transductive() ? " (transductive)" : "")),
        new Stack(
            List.of(
                BarChart.ofShares("Accuracy by split: " + inWords(gap), bars),
                new Table(
                    "Held-out recordings by split",
                    Cells.joined(
                        List.of(Column.text("Split"), Column.text("Normalise")),
                        Cells.SCORE_COLUMNS),
                    rows))));
  }

  private static Bar bar(String name, JsonNode scores) {
    return new Bar(name, List.of(scores.path("accuracy").asDouble()));
  }

  private static List<Markup> cells(String name, JsonNode protocol, JsonNode scores) {
    return row(
        Stream.concat(Stream.of(name, protocol.path("normalise").asText()), Cells.scores(scores)));
  }

  /** What repeating the tutorials showed, for those who have not measured it themselves. */
  private static Markup published() {
    return Card.of(
        new Table(
            "The published recipes, measured again (RAVDESS, where nothing else is said; normalise corpus, where nothing else is said)",
            List.of(
                Column.text("Recipe"),
                Column.text("Split"),
                Column.number("Claimed"),
                Column.number("Measured")),
            List.of(
                row("mfcc-cnn3", "random-with-duplicates", "96.9%", "93.4% accuracy"),
                row("mfcc-cnn3", "… test files without a twin", "–", "67–71% accuracy"),
                row("mfcc-cnn3", "random", "–", "70% accuracy"),
                row("mfcc-cnn3", "speakers", "–", "45% UAR"),
                row("mfcc-cnn3", "speakers, normalise speaker (transductive)", "–", "55% UAR"),
                row("mel-cnn4-gap", "random-with-duplicates", "89.9%", "93.4% accuracy"),
                row("mel-cnn4-gap", "… test files without a twin", "–", "66% accuracy"),
                row("mfcc-cnn1d, TESS", "random", "–", "99.6% accuracy"),
                row("mfcc-cnn1d, TESS", "speakers", "–", "26% accuracy"))),
        paragraph(
            "Source: the five tutorials that the recipes come from (conf/recipes names them), repeated by this project in PyTorch before it began; not by this training. They are other networks on other data than this page is about."));
  }

  private static Markup howTo(JsonNode report) {
    return Element.of("p")
        .text("For numbers of your own: ")
        .add(
            Element.of("code")
                .text(
                    "ser evaluate --leak-gap --recipe %s --features … --output OUTPUT/leak-gap"
                        .formatted(report.path("recipe").asText())))
        .text(
            " trains this recipe under the three splits. The page of a later training to the same OUTPUT has them here.");
  }

  private static Element paragraph(String text) {
    return Element.of("p").text(text);
  }
}
