package ser.jobs.tune;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.SearchPlan;
import ser.jobs.config.TuneConfig;
import ser.jobs.config.ValueRange;
import ser.jobs.run.BuildInfo;
import ser.jobs.run.JobContext;
import ser.jobs.storage.RunOutput;
import ser.jobs.train.PreparedInputs;
import ser.jobs.tune.TrialResult.Measures;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.page.Card;
import ser.report.page.Facts.Fact;
import ser.report.page.Fold;
import ser.report.page.Note;
import ser.report.page.Page;
import ser.report.page.Section;
import ser.report.page.Table;
import ser.report.page.Table.Column;
import ser.report.page.Tiles;
import ser.report.page.Tiles.Tile;
import ser.report.text.Numbers;

/** {@code OUTPUT/report.html}: how a search went, for people. */
final class TuneReport {
  private static final Logger LOG = LoggerFactory.getLogger(TuneReport.class);

  /** Below this many speakers a difference between trials may be that of a few recordings. */
  private static final int FEW_SPEAKERS = 4;

  private TuneReport() {}

  /**
   * What the page tells.
   *
   * @param recipe text of best.conf, if there is a best trial
   */
  record Facts(
      TuneConfig config, PreparedInputs.Sides sides, Search.Found found, Optional<String> recipe) {

    double score(TrialResult result) {
      return result.measures().orElseThrow().of(config.score());
    }

    String scoreName() {
      return switch (config.score()) {
        case MACRO_F1 -> "macro F1";
        case UAR -> "UAR";
      };
    }
  }

  static void write(JobContext context, Facts facts, RunOutput output) {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("Overview", overview(facts), heldOut(facts), luck(facts)));
    facts.found().best().ifPresent(best -> sections.add(best(facts, best)));
    sections.addAll(new TrialCharts(facts).sections());
    sections.add(Section.of("All trials", Card.of(table(facts))));
    sections.add(thisRun(context, facts, output));
    Page page =
        new Page(
            "ser tune",
            "Search over recipe " + facts.config().config().getString("ser.train.recipe"),
            inWords(facts),
            sections);
    LOG.info("The report is {}", output.publish(RunOutput.REPORT, page.toBytes()));
  }

  private static String inWords(Facts facts) {
    long failed = failed(facts);
    String trials =
        Numbers.of(facts.config().plan().trials(), "trial", "trials")
            + (failed > 0 ? ", of which %s failed".formatted(Numbers.count(failed)) : "");
    return facts
        .found()
        .best()
        .map(
            best ->
                "%s; the best is trial %d with %s %s on the validation speakers."
                    .formatted(
                        trials,
                        best.trial().number(),
                        facts.scoreName(),
                        Numbers.decimal(facts.score(best), 3)))
        .orElse(trials + "; none has a result.");
  }

  private static Markup overview(Facts facts) {
    List<Tile> tiles = new ArrayList<>();
    SearchPlan plan = facts.config().plan();
    facts
        .found()
        .best()
        .ifPresent(
            best ->
                tiles.add(
                    new Tile(
                        "Best " + facts.scoreName(),
                        Numbers.decimal(facts.score(best), 3),
                        "validation, trial %d".formatted(best.trial().number()))));
    tiles.add(
        new Tile(
            "Trials",
            Numbers.count(plan.trials()),
            plan.rounds().size() == 1
                ? "at random"
                : "halving, in %d rounds".formatted(plan.rounds().size())));
    tiles.add(new Tile("Failed", Numbers.count(failed(facts)), "their rows say why"));
    int epochs =
        facts.found().results().stream()
            .mapToInt(result -> result.trial().epochs())
            .max()
            .orElse(plan.epochs());
    tiles.add(new Tile("Epochs", Numbers.count(epochs), "of a trial, at most"));
    tiles.add(
        new Tile(
            "Training rows",
            Numbers.count(facts.sides().rows()),
            "of " + Numbers.of(facts.sides().training().size(), "speaker", "speakers")));
    double seconds = facts.found().results().stream().mapToDouble(TrialResult::seconds).sum();
    tiles.add(new Tile("Task time", Numbers.duration(seconds), "of all trials together"));
    return new Tiles(tiles);
  }

  private static Markup heldOut(Facts facts) {
    return new Note(
        Note.Level.REMARK,
        "Who is judged.",
        "Every score here is of the validation speakers (%s), who were not trained on. The test speakers (%s) are held out of the search altogether: their rows were neither trained on, nor judged by, nor normalised with."
            .formatted(
                String.join(", ", facts.sides().validation()),
                String.join(", ", facts.sides().test())));
  }

  private static Markup luck(Facts facts) {
    int speakers = facts.sides().validation().size();
    return new Note(
        speakers < FEW_SPEAKERS ? Note.Level.WARNING : Note.Level.REMARK,
        "The best is in part the luckiest.",
        "The highest of %s on %s is higher than what the same settings give on others. 'ser train' with best.conf measures that on the test speakers."
            .formatted(
                Numbers.of(facts.config().plan().trials(), "number", "numbers"),
                Numbers.of(speakers, "speaker", "speakers")));
  }

  private static Section best(Facts facts, TrialResult best) {
    List<List<Markup>> rows = new ArrayList<>();
    best.trial()
        .parameters()
        .forEach(
            (name, value) ->
                rows.add(List.of(Markup.text(name), Markup.text(TrialTable.text(value)))));
    Table values =
        new Table(
            "What trial %d drew".formatted(best.trial().number()),
            List.of(Column.text("Parameter"), Column.number("Value")),
            rows);
    Markup recipe = Element.of("pre").add(Element.of("code").text(facts.recipe().orElse("")));
    return Section.of("Best configuration", Card.of(values, new Fold("best.conf", recipe)));
  }

  private static Table table(Facts facts) {
    List<Column> columns = new ArrayList<>();
    boolean rounds = facts.config().plan().rounds().size() > 1;
    columns.add(Column.number("Trial"));
    if (rounds) {
      columns.add(Column.number("Epochs"));
    }
    List.of("Macro F1", "UAR", "Loss", "Best epoch", "Weights", "Time")
        .forEach(name -> columns.add(Column.number(name)));
    facts.config().space().ranges().keySet().forEach(name -> columns.add(Column.number(name)));
    columns.add(Column.text("Status"));
    List<TrialResult> order = new ArrayList<>(facts.found().results());
    order.sort(
        (one, other) ->
            Double.compare(
                other.measures().map(m -> m.of(facts.config().score())).orElse(-1.0),
                one.measures().map(m -> m.of(facts.config().score())).orElse(-1.0)));
    List<List<Markup>> rows = new ArrayList<>();
    for (TrialResult result : order) {
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(result.trial().number()));
      if (rounds) {
        cells.add(Integer.toString(result.trial().epochs()));
      }
      cells.addAll(result.measures().map(TuneReport::cells).orElse(List.of("", "", "", "", "")));
      cells.add(Numbers.duration(result.seconds()));
      for (String name : facts.config().space().ranges().keySet()) {
        cells.add(TrialTable.text(result.trial().parameters().get(name)));
      }
      cells.add(
          result.detail().isEmpty()
              ? result.status().label()
              : result.status().label() + ": " + result.detail());
      rows.add(cells.stream().map(Markup::text).toList());
    }
    return new Table("Trials, the best first", columns, rows);
  }

  private static List<String> cells(Measures measures) {
    return List.of(
        Numbers.decimal(measures.macroF1(), 3),
        Numbers.decimal(measures.uar(), 3),
        Numbers.decimal(measures.loss(), 3),
        "%d of %d".formatted(measures.bestEpoch(), measures.epochs()),
        Numbers.count(measures.weights()));
  }

  private static Section thisRun(JobContext context, Facts facts, RunOutput output) {
    TuneConfig config = facts.config();
    List<Fact> lines = new ArrayList<>();
    lines.add(new Fact("Written by run", Element.of("code").text(output.runId())));
    lines.add(Fact.of("Began", output.started().truncatedTo(ChronoUnit.SECONDS).toString()));
    lines.add(
        Fact.of(
            "Took until this page",
            Numbers.duration(
                Duration.between(output.started(), Instant.now()).toMillis() / 1000.0)));
    lines.add(
        Fact.of(
            "Trained by this run",
            "%s of %s; the others by earlier ones"
                .formatted(
                    Numbers.count(facts.found().trained()),
                    Numbers.of(facts.found().results().size(), "training", "trainings"))));
    Element tables = Element.of("div");
    config.base().features().forEach(t -> tables.add(Element.of("div").add(Markup.name(t))));
    lines.add(new Fact("Features from", tables));
    lines.add(Fact.of("Seed", Long.toString(config.seed())));
    lines.add(new Fact("Commit of ser", Element.of("code").text(BuildInfo.commit())));
    lines.add(Fact.of("Spark", context.spark().version()));
    Element space = Element.of("div");
    for (Map.Entry<String, ValueRange> range : config.space().ranges().entrySet()) {
      space.add(Element.of("div").text(range.getKey() + ": " + range.getValue().description()));
    }
    lines.add(new Fact("Space", space));
    return Section.of("This run", Card.of(new ser.report.page.Facts(lines)));
  }

  private static long failed(Facts facts) {
    return facts.found().results().stream().filter(trial -> trial.measures().isEmpty()).count();
  }
}
