package ser.jobs.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ser.report.markup.Element;
import ser.report.page.Facts.Fact;
import ser.report.page.Page;
import ser.report.page.Section;
import ser.report.page.Tiles.Tile;
import ser.report.text.Numbers;

/** {@code report.html} of a training: what its report.json says, for people. */
public final class TrainPage {
  private final JsonNode report;
  private final Optional<JsonNode> leakGap;

  /**
   * @param report as report.json has it
   * @param leakGap report of {@code ser evaluate --leak-gap} on the same recipe and tables
   */
  public TrainPage(JsonNode report, Optional<JsonNode> leakGap) {
    this.report = report;
    this.leakGap = leakGap;
  }

  /**
   * @param configuration of the run, as JSON
   */
  public byte[] toBytes(String configuration) {
    Circumstances circumstances = Circumstances.of(report);
    ResultSections results = new ResultSections(report.path("test"), circumstances);
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("Overview", results.overview(tiles()), circumstances.note()));
    sections.add(results.emotions());
    sections.add(results.groups());
    sections.add(LeakGapSection.of(report, leakGap));
    sections.add(results.confidence());
    sections.add(results.mistakes());
    sections.add(new LearningCurves(report).section());
    sections.add(RunSection.of(report, facts(), configuration, List.of("features", "train")));
    return new Page(
            "ser train",
            "%s on %s"
                .formatted(
                    report.path("recipe").asText(),
                    String.join(", ", Cells.texts(report.path("corpora")))),
            results.inWords(),
            sections)
        .toBytes();
  }

  private List<Tile> tiles() {
    return List.of(
        new Tile("Parameters", Numbers.count(report.path("parameters").asLong()), "of the network"),
        new Tile(
            "Epochs",
            Integer.toString(report.path("epochs").size()),
            "the best one was " + report.path("best_epoch").asInt()));
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("Recipe", report.path("recipe").asText()));
    facts.add(Fact.of("Split", report.path("split").asText()));
    facts.add(Fact.of("Normalise", report.path("normalise").asText()));
    if (report.path("model_id").isTextual()) {
      facts.add(new Fact("Model", Element.of("code").text(report.path("model_id").asText())));
    }
    JsonNode speakers = report.path("speakers");
    facts.add(RunSection.speakers("Trained on", speakers.path("training")));
    facts.add(RunSection.speakers("Stopped by", speakers.path("validation")));
    facts.add(RunSection.speakers("Judged by", speakers.path("test")));
    facts.add(Fact.of("Rows", rows(report.path("rows"))));
    if (!report.path("missing_variants").isEmpty()) {
      facts.add(
          Fact.of(
              "Variants that the tables lack",
              String.join(", ", Cells.texts(report.path("missing_variants")))));
    }
    facts.add(Fact.of("Workers", report.path("workers").asText()));
    facts.add(Fact.of("Acceleration", report.path("acceleration").asText()));
    return facts;
  }

  /** {@code training: 1,200 original, 600 noise; ...}. */
  private static String rows(JsonNode sides) {
    List<String> texts = new ArrayList<>();
    sides
        .fields()
        .forEachRemaining(
            side -> {
              List<String> kinds = new ArrayList<>();
              side.getValue()
                  .fields()
                  .forEachRemaining(
                      kind -> kinds.add(Cells.count(kind.getValue()) + " " + kind.getKey()));
              texts.add(
                  side.getKey() + ": " + (kinds.isEmpty() ? "none" : String.join(", ", kinds)));
            });
    return String.join("; ", texts);
  }
}
