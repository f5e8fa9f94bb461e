package ser.jobs.score.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.ScoreConfig;
import ser.jobs.extract.report.QuarantineCounts;
import ser.jobs.extract.report.QuarantineSection;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.storage.RunOutput;
import ser.model.drift.Drift;
import ser.model.drift.Heard;
import ser.model.drift.TrainingReference;
import ser.model.file.ModelFile;
import ser.model.file.ModelInput;
import ser.report.markup.Markup;
import ser.report.page.Note;
import ser.report.page.Page;
import ser.report.page.Section;
import ser.report.page.Tiles;
import ser.report.page.Tiles.Tile;
import ser.report.text.Numbers;

/**
 * {@code OUTPUT/report.html}: what a run has scored, for people. Of that run alone: the tables hold
 * the rest.
 */
public final class ScoreReport {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreReport.class);

  private final JobContext context;
  private final ScoreConfig config;
  private final ModelFile model;
  private final RunOutput output;
  private final CallSums calls;
  private final ScoreFigures figures;

  private ScoreReport(
      JobContext context, ScoreConfig config, ModelFile model, RunOutput output, Rows rows) {
    this.context = context;
    this.config = config;
    this.model = model;
    this.output = output;
    this.calls = new CallSums(rows.calls(), model.labels());
    this.figures = figures(rows);
  }

  /**
   * What a run has made. Its tables are not visible yet.
   *
   * @param calls rows of {@link ser.jobs.tables.CallTable}
   * @param segments rows of {@link ser.jobs.tables.SegmentTable}
   * @param quarantine rows of {@link ser.jobs.tables.QuarantineTable}
   * @param heard rows of {@link HeardSums}
   */
  public record Rows(
      Dataset<Row> calls, Dataset<Row> segments, Dataset<Row> quarantine, Dataset<Row> heard) {}

  /** Sums a run up. */
  public static ScoreReport of(
      JobContext context, ScoreConfig config, ModelFile model, RunOutput output, Rows rows) {
    context.describe("Sum up the run for its report");
    ScoreReport report = new ScoreReport(context, config, model, output, rows);
    report.warnings().forEach(warning -> LOG.warn("Drift: {}", warning));
    return report;
  }

  /** What makes this run other than the model's training data, in sentences. */
  public List<String> warnings() {
    return figures.drift().warnings();
  }

  /** The figures, for the run's record. */
  public ObjectNode toJson() {
    return figures.toJson();
  }

  /**
   * Writes the page, which replaces the one before it as a whole.
   *
   * @param outcome of the run
   */
  public void write(JobOutcome outcome) {
    LOG.info("The report is {}", output.publish(RunOutput.REPORT, page(outcome).toBytes()));
  }

  private ScoreFigures figures(Rows rows) {
    CallSums.Totals totals = calls.totals();
    Grain grain = Grain.of(totals.first(), totals.last(), calls.dated() ? Grain.DAY : Grain.HOUR);
    boolean speech = totals.mix().speechS() > 0;
    ModelInput input = model.input();
    Heard heard =
        HeardSums.of(rows.heard(), input.inputSpec().allRows(), model.labels().size())
            .heard(totals.withSpeech(), model.labels());
    return new ScoreFigures(
        totals,
        grain,
        speech ? calls.periods(grain) : List.of(),
        speech && config.report().worstCalls() > 0
            ? calls.worst(config.report(), rows.segments())
            : List.of(),
        QuarantineCounts.of(rows.quarantine()),
        heard,
        Drift.of(TrainingReference.of(model), input, heard, config.drift()));
  }

  private Page page(JobOutcome outcome) {
    long scored = figures.totals().mix().calls();
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("Overview", overview(outcome)));
    sections.add(new EmotionSection(figures, calls.dated()).section());
    sections.add(new DriftSection(model.input(), figures).section());
    sections.add(WorstSection.of(figures.worst(), config.report()));
    sections.add(QuarantineSection.of(figures.quarantine(), scored));
    sections.add(RunSection.of(context, config, model, output));
    return new Page(
        "ser score",
        "Emotions in " + Numbers.of(scored, "call", "calls"),
        "%s of audio scored by one run; %s in quarantine. What earlier runs have scored is in the tables."
            .formatted(
                Numbers.duration(figures.totals().audioS()),
                Numbers.count(figures.quarantine().recordings())),
        sections);
  }

  private List<Markup> overview(JobOutcome outcome) {
    EmotionMix mix = figures.totals().mix();
    long tried = mix.calls() + figures.quarantine().recordings();
    List<Tile> tiles =
        List.of(
            new Tile(
                "Calls",
                Numbers.count(mix.calls()),
                "of %s found; %s were scored before"
                    .formatted(count(outcome, "recordings"), count(outcome, "unchanged"))),
            new Tile("Audio", Numbers.duration(figures.totals().audioS()), ""),
            new Tile(
                "Speech",
                Numbers.share(mix.speechS(), figures.totals().audioS()),
                Numbers.duration(mix.speechS())),
            new Tile(
                "Without an emotion",
                Numbers.share(mix.abstained(), 1),
                "of the speech: the model was unsure"),
            new Tile(
                "In quarantine",
                Numbers.count(figures.quarantine().recordings()),
                Numbers.share(figures.quarantine().recordings(), tried)
                    + " of those that were read"),
            new Tile(
                "Read in part", count(outcome, "read_in_part"), "they break off in their middle"));
    List<Markup> parts = new ArrayList<>();
    parts.add(
        new Note(
            Note.Level.WARNING,
            "Acted studio speech is not spontaneous telephone speech.",
            "Models learn from actors who were asked to play emotions. What sounds angry to a model"
                + " is no evidence that a caller was, and its accuracy on calls is unknown until"
                + " people have judged some of them. Do not decide anything about a person by"
                + " it."));
    if (!warnings().isEmpty()) {
      parts.add(
          new Note(
              Note.Level.WARNING,
              "These calls are not like what the model was trained on.",
              String.join(". ", warnings())
                  + ". The section on the training data has the numbers."));
    }
    parts.add(new Tiles(tiles));
    return parts;
  }

  private static String count(JobOutcome outcome, String fact) {
    return Numbers.count(((Number) outcome.facts().get(fact)).longValue());
  }
}
