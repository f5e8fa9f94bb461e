package ser.jobs.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import ser.report.markup.Markup;
import ser.report.page.Facts.Fact;
import ser.report.page.Grid;
import ser.report.page.Note;
import ser.report.page.Page;
import ser.report.page.Section;
import ser.report.page.Tiles;
import ser.report.page.Tiles.Tile;
import ser.report.text.Numbers;

/** {@code report.html} of {@code ser evaluate --leak-gap}. */
public final class LeakGapPage {
  private final JsonNode report;

  /**
   * @param report as report.json has it
   */
  public LeakGapPage(JsonNode report) {
    this.report = report;
  }

  /**
   * @param configuration of the run, as JSON
   */
  public byte[] toBytes(String configuration) {
    List<Section> sections = new ArrayList<>();
    sections.add(
        Section.of(
            "Side by side",
            new Tiles(tiles()),
            LeakGapSection.sideBySide(report),
            new Note(Note.Level.REMARK, "What this means.", meaning()),
            LeakGapSection.explanation()));
    for (JsonNode protocol : report.path("protocols")) {
      sections.add(details(protocol));
    }
    sections.add(
        RunSection.of(
            report,
            List.of(
                Fact.of("Recipe", report.path("recipe").asText()),
                Fact.of("Parameters", Numbers.count(report.path("parameters").asLong()))),
            configuration,
            List.of("features", "train", "evaluate")));
    return new Page(
            "ser evaluate",
            "Leak gap of " + report.path("recipe").asText(),
            LeakGapSection.inWords(report),
            sections)
        .toBytes();
  }

  private List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    for (JsonNode protocol : report.path("protocols")) {
      tiles.add(
          new Tile(
              "Accuracy, " + protocol.path("split").asText(),
              Cells.percent(protocol.path("accuracy")),
              "on %s; UAR %s; normalise %s"
                  .formatted(
                      Numbers.of(protocol.path("recordings").asLong(), "recording", "recordings"),
                      Cells.percent(protocol.path("uar")),
                      protocol.path("normalise").asText())));
    }
    return tiles;
  }

  /** In plain words, with the numbers of this run. */
  private String meaning() {
    List<String> sentences = new ArrayList<>();
    double honest = report.path("protocols").path(0).path("accuracy").asDouble();
    for (JsonNode protocol : report.path("protocols")) {
      Circumstances circumstances = Circumstances.of(protocol);
      double accuracy = protocol.path("accuracy").asDouble();
      if (circumstances.flattering()) {
        sentences.add(
            "Split %s shows %s where split speakers shows %s: %s."
                .formatted(
                    circumstances.split(),
                    Cells.percent(accuracy),
                    Cells.percent(honest),
                    difference(accuracy - honest)));
        JsonNode alone = protocol.path("without_twin");
        if (alone.isObject()) {
          sentences.add(
              "On those of its %s test recordings whose copy did not stand in the training, %s, it is %s."
                  .formatted(
                      Cells.count(protocol.path("recordings")),
                      Cells.count(alone.path("recordings")),
                      Cells.percent(alone.path("accuracy"))));
        }
      }
    }
    return String.join(" ", sentences);
  }

  private static String difference(double difference) {
    String points = Numbers.decimal(Math.abs(100 * difference), 1) + " points";
    return difference > 0 ? points + " that new voices do not give" : points + " less";
  }

  private static Section details(JsonNode protocol) {
    Circumstances circumstances = Circumstances.of(protocol);
    ResultSections results = new ResultSections(protocol, circumstances);
    List<Markup> parts = new ArrayList<>();
    parts.add(circumstances.note());
    parts.add(new Grid(List.of(results.confusion(), results.classes())));
    return new Section("Split " + circumstances.split(), parts);
  }
}
