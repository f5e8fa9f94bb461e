package ser.jobs.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.page.Card;
import ser.report.page.Facts.Fact;
import ser.report.page.Page;
import ser.report.page.Section;
import ser.report.page.Table;
import ser.report.page.Table.Column;

/** {@code report.html} of {@code ser evaluate --model}. */
public final class EvaluationPage {
  private static final Map<String, String> STANDINGS =
      Map.of(
          "new", "of speakers whom the model does not know",
          "test", "held out from its training",
          "training", "it learnt from them",
          "validation", "they decided when its training ended",
          "same_audio", "their audio, under another name, was learnt from",
          "unnamed", "of speakers who, some not being named, may be those it learnt from",
          "unknown_emotion", "of an emotion that the model cannot name");

  private final JsonNode report;

  /**
   * @param report as report.json has it
   */
  public EvaluationPage(JsonNode report) {
    this.report = report;
  }

  /**
   * @param configuration of the run, as JSON
   */
  public byte[] toBytes(String configuration) {
    Circumstances circumstances = Circumstances.of(report);
    ResultSections results = new ResultSections(report.path("test"), circumstances);
    return new Page(
            "ser evaluate",
            "%s on %s"
                .formatted(
                    report.path("recipe").asText(),
                    String.join(
                        ", ",
                        Cells.each(report.path("test").path("by_corpus"))
                            .map(corpus -> corpus.path("name").asText())
                            .toList())),
            results.inWords(),
            List.of(
                Section.of("Overview", results.overview(List.of()), circumstances.note()),
                standings(),
                results.emotions(),
                results.groups(),
                results.confidence(),
                results.mistakes(),
                RunSection.of(report, facts(), configuration, List.of("features", "evaluate"))))
        .toBytes();
  }

  private Section standings() {
    List<Markup> parts = new ArrayList<>();
    parts.add(Card.of(table()));
    JsonNode missing = report.path("audio_compared").path("not_found");
    if (!missing.isEmpty()) {
      parts.add(
          Element.of("p")
              .text(
                  "Copies of training recordings under other names could not be looked for in %s: that table is not there. The model was trained on it."
                      .formatted(String.join(", ", Cells.texts(missing)))));
    }
    return new Section("Which recordings", parts);
  }

  private Table table() {
    List<List<Markup>> rows = new ArrayList<>();
    report
        .path("standings")
        .fields()
        .forEachRemaining(
            standing -> {
              JsonNode scores =
                  Cells.each(report.path("test").path("by_standing"))
                      .filter(group -> group.path("name").asText().equals(standing.getKey()))
                      .findFirst()
                      .orElse(MissingNode.getInstance());
              rows.add(
                  Cells.row(
                      standing.getKey(),
                      STANDINGS.getOrDefault(standing.getKey(), ""),
                      Cells.count(standing.getValue()),
                      scores.isMissingNode() ? "no" : "yes",
                      Cells.percent(scores.path("accuracy")),
                      Cells.percent(scores.path("uar"))));
            });
    return new Table(
        "Recordings by what they are to the model, " + Circumstances.of(report).inWords(),
        List.of(
            Column.text("Standing"),
            Column.text("Meaning"),
            Column.number("Recordings"),
            Column.text("Judged by"),
            Column.number("Accuracy"),
            Column.number("UAR")),
        rows);
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Model", Markup.name(report.path("model").asText())));
    facts.add(new Fact("Model's id", Element.of("code").text(report.path("model_id").asText())));
    facts.add(Fact.of("Recipe", report.path("recipe").asText()));
    facts.add(Fact.of("Trained with split", report.path("trained_split").asText()));
    facts.add(Fact.of("Normalise", report.path("normalise").asText()));
    facts.add(
        new Fact(
            "Model's commit of ser",
            Element.of("code").text(report.path("provenance").path("model_commit").asText())));
    facts.add(RunSection.speakers("Judged by", report.path("test").path("speakers")));
    return facts;
  }
}
