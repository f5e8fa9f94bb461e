package ser.jobs.tune;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ser.jobs.config.TuneConfig;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.run.OutputOwner;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.HeldCommits;
import ser.jobs.train.PreparedInputs;
import ser.jobs.tune.TrialResult.Measures;

/** Features and ranges in; trials, a report and the best configuration out. */
public final class TuneJob {
  private TuneJob() {}

  public static JobOutcome run(JobContext context, TuneConfig config) {
    config.requireSpace();
    OutputOwner.requireNoTraining(context.storage(), config.output(), "a search", "search");
    context.describe("Read what the features tables hold");
    PreparedInputs.Sides sides = PreparedInputs.sides(context, config.base());
    if (context.dryRun()) {
      return dryRun(context, config, sides);
    }
    try (RunOutput output =
        RunOutput.begin(context.storage(), config.output(), List.of(TrialTable.NAME))) {
      SearchRecord.requireSame(context, config);
      FinishedTrials finished = FinishedTrials.read(context.storage(), config.output());
      Search.Found found = new Search(context, config, output.work(), finished).run();
      write(context, config, sides, found, output);
      JobOutcome outcome = outcome(config, sides, found);
      output.replaceAll();
      output.finish(record(context, outcome));
      requireSome(config, found);
      return outcome;
    }
  }

  private static void write(
      JobContext context,
      TuneConfig config,
      PreparedInputs.Sides sides,
      Search.Found found,
      RunOutput output) {
    context.describe("Write the table of trials");
    TrialTable table = new TrialTable(config.space());
    HeldCommits commits = new HeldCommits(context.spark(), output);
    commits.write(table.rows(context.spark(), found.results()), TrialTable.NAME, List.of());
    commits.commit();
    output.publish("trials.csv", table.csv(found.results()));
    Optional<String> recipe =
        found.best().map(best -> BestRecipe.of(config, best, config.plan().trials(), sides));
    recipe.ifPresent(text -> output.publish("best.conf", text.getBytes(StandardCharsets.UTF_8)));
    TuneReport.write(context, new TuneReport.Facts(config, sides, found, recipe), output);
  }

  /** After everything is written: what each trial says is in the table. */
  private static void requireSome(TuneConfig config, Search.Found found) {
    if (found.best().isEmpty()) {
      TrialResult first = found.results().get(0);
      throw new UserError(
          "None of the %d trials could be trained; of the first one: %s (%s). %s/trials.csv has the others. Change %s, or the recipe, and give another --output."
              .formatted(
                  found.results().size(),
                  first.detail(),
                  first.status().label(),
                  config.output(),
                  "ser.tune.space"));
    }
  }

  private static JobOutcome outcome(
      TuneConfig config, PreparedInputs.Sides sides, Search.Found found) {
    Map<String, Object> facts = facts(config, sides);
    facts.put("trained", found.trained());
    facts.put(
        "failed", found.results().stream().filter(trial -> trial.measures().isEmpty()).count());
    found.best().ifPresent(best -> facts.putAll(best(best)));
    facts.put("output", config.output());
    return new JobOutcome(JobOutcome.Status.DONE, facts);
  }

  private static Map<String, Object> best(TrialResult best) {
    Measures measures = best.measures().orElseThrow();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("best_trial", best.trial().number());
    facts.put("validation_macro_f1", rounded(measures.macroF1()));
    facts.put("validation_uar", rounded(measures.uar()));
    facts.put("parameters", best.trial().parameters());
    return facts;
  }

  private static JobOutcome dryRun(
      JobContext context, TuneConfig config, PreparedInputs.Sides sides) {
    Map<String, Object> facts = facts(config, sides);
    facts.put("rounds", config.plan().rounds());
    facts.put("parameters", config.space().ranges().keySet());
    facts.put("finished", context.storage().files(FinishedTrials.folder(config.output())).size());
    facts.put("output", config.output());
    return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
  }

  private static Map<String, Object> facts(TuneConfig config, PreparedInputs.Sides sides) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", sides.recordings());
    // What extract could not read is not in its table.
    facts.put("quarantined", 0);
    facts.put("rows", sides.rows());
    facts.put("validation_speakers", sides.validation());
    facts.put("test_speakers", sides.test());
    facts.put("trials", config.plan().trials());
    return facts;
  }

  private static ObjectNode record(JobContext context, JobOutcome outcome) {
    return new ObjectMapper()
        .createObjectNode()
        .put("configuration", context.configuration())
        .set("outcome", outcome.toJson("tune", 0).without("seconds"));
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
