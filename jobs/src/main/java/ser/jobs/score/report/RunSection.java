package ser.jobs.score.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import ser.jobs.config.ScoreConfig;
import ser.jobs.run.BuildInfo;
import ser.jobs.run.JobContext;
import ser.jobs.storage.RunOutput;
import ser.model.file.ModelFile;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.page.Card;
import ser.report.page.Facts;
import ser.report.page.Facts.Fact;
import ser.report.page.Fold;
import ser.report.page.Section;
import ser.report.text.Numbers;

/** What was scored by what. */
final class RunSection {
  private RunSection() {}

  static Section of(JobContext context, ScoreConfig config, ModelFile model, RunOutput output) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Written by run", Element.of("code").text(output.runId())));
    facts.add(Fact.of("Began", output.started().truncatedTo(ChronoUnit.SECONDS).toString()));
    facts.add(
        Fact.of(
            "Took until this page",
            Numbers.duration(
                Duration.between(output.started(), Instant.now()).toMillis() / 1000.0)));
    facts.add(new Fact("Recordings from", Markup.names(config.recordings().inputs())));
    facts.add(new Fact("Tables in", Markup.name(config.output())));
    facts.add(new Fact("Model", Markup.name(config.model())));
    facts.add(
        Fact.of("Model id and recipe", model.modelId() + ", " + model.architecture().recipe()));
    facts.add(Fact.of("Trained on", corpora(model)));
    facts.add(Fact.of("Tested", tested(model)));
    facts.add(
        Fact.of(
            "Rules",
            config.rules().entrySet().stream()
                .map(rule -> rule.getKey() + " " + rule.getValue())
                .collect(Collectors.joining(", "))));
    facts.add(Fact.of("Engine", config.engine().label()));
    facts.add(new Fact("Commit of ser", Element.of("code").text(BuildInfo.commit())));
    facts.add(Fact.of("Spark", context.spark().version()));
    Markup configuration =
        Element.of("pre").add(Element.of("code").text(context.configurationOf("audio", "score")));
    return Section.of(
        "This run", Card.of(new Facts(facts), new Fold("Configuration", configuration)));
  }

  /** The names of the training corpora, with their licences. */
  private static String corpora(ModelFile model) {
    return model.provenance().data().licences().entrySet().stream()
        .map(licence -> licence.getKey() + " (" + licence.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String tested(ModelFile model) {
    ObjectNode metrics = model.provenance().metrics();
    return metrics.at("/test/uar").isNumber()
        ? "UAR %s on held-out recordings, split %s"
            .formatted(
                Numbers.share(metrics.at("/test/uar").asDouble(), 1),
                model.provenance().split().protocol())
        : "the model file does not say how well it does";
  }
}
