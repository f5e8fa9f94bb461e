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
    if (folds().isEmpty()) {
      sections.add(new LearningCurves(report).section());
    } else {
      sections.add(FoldsSection.of(report));
      sections.add(new FoldCurves(report).section());
    }
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

  private JsonNode folds() {
    return report.path("folds");
  }

  private List<Tile> tiles() {
    return List.of(
        new Tile(
            "Parameters",
            Numbers.count(report.path("parameters").asLong()),
            folds().isEmpty()
                ? "as they were after epoch %d of %d"
                    .formatted(report.path("best_epoch").asInt(), report.path("epochs").size())
                : "in each of %d models, one per fold".formatted(folds().size())));
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("Recipe", report.path("recipe").asText()));
    facts.add(Fact.of("Circumstances", Circumstances.of(report).inWords()));
    facts.addAll(protocol());
    if (!folds().isEmpty()) {
      facts.add(RunSection.speakers("Judged by", report.path("test").path("speakers")));
      return facts;
    }
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

  /** What else was settled, where a report says it. */
  private List<Fact> protocol() {
    List<Fact> facts = new ArrayList<>();
    JsonNode speaker = report.path("speaker_normalisation");
    if (speaker.isObject()) {
      facts.add(
          Fact.of(
              "By speaker",
              "prior of %s s, deviation %s, %s%s"
                  .formatted(
                      Numbers.plain(speaker.path("prior_s").asDouble()),
                      speaker.path("deviation").asText(),
                      Numbers.of(speaker.path("mixes").asLong(), "further mix", "further mixes"),
                      speaker.path("scores").asBoolean() ? ", scores too" : "")));
    }
    JsonNode leaks = report.path("leaks");
    if (leaks.isObject()) {
      List<String> known = new ArrayList<>();
      for (JsonNode leak : leaks.path("known")) {
        known.add(
            "%s (%s, such as %s)"
                .formatted(
                    leak.path("kind").asText(),
                    Cells.count(leak.path("count")),
                    leak.path("example").asText()));
      }
      facts.add(
          Fact.of("Leaks", known.isEmpty() ? "looked for, none found" : String.join("; ", known)));
    }
    JsonNode untested = report.path("test").path("untested");
    if (!untested.isEmpty()) {
      facts.add(Fact.of("Emotions without a test", String.join(", ", Cells.texts(untested))));
    }
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
