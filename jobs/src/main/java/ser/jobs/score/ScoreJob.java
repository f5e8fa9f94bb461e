package ser.jobs.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;
import ser.features.audio.RejectionReason;
import ser.jobs.config.ScoreConfig;
import ser.jobs.error.UserError;
import ser.jobs.listing.Listing;
import ser.jobs.listing.TaskPlan;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.run.RecordingRun;
import ser.jobs.storage.PartialReads;
import ser.jobs.storage.RecordingWalk;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.CallTable;
import ser.jobs.tables.EitherTable;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.TableFiles;
import ser.jobs.tables.WindowTable;
import ser.model.file.FeatureSpecJson;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.model.scoring.LevelGate;
import ser.model.scoring.WindowPlan;

/** Recordings and a model in, windows, calls and quarantine out. */
public final class ScoreJob {
  private static final List<String> TABLES =
      List.of(WindowTable.NAME, CallTable.NAME, QuarantineTable.NAME);
  private static final long MODEL_LIMIT_BYTES = 1L << 30;

  private ScoreJob() {}

  public static JobOutcome run(JobContext context, ScoreConfig config) {
    config.recordings().requireReader();
    ModelFile model = model(context, config);
    WindowPlan plan = plan(model, config);
    RecordingRun run = new RecordingRun("score", config.recordings(), config.output());
    try (RecordingWalk walk = run.walk(context)) {
      if (context.dryRun()) {
        return run.planned(walk, TABLES, Map.of("model_id", model.modelId()));
      }
      try (RunOutput output = RunOutput.begin(context.storage(), config.output(), TABLES)) {
        Broadcast<SerializableConfiguration> hadoop = RecordingRun.hadoop(context);
        TaskPlan recordings = run.plan(context, run.listing(context, walk, output, hadoop).rows());
        PartialReads partialReads = new PartialReads(context.spark().sparkContext());
        RecordingScorer scorer =
            new RecordingScorer(
                context.javaSpark().broadcast(model),
                hadoop,
                new RecordingScorer.Rules(
                    config.recordings().reader(),
                    plan,
                    new LevelGate(config.speechAboveDbfs()),
                    config.customerChannel().orElse(RecordingScorer.NONE_NAMED),
                    new WindowTable.Origin(model.modelId(), output.runId())),
                partialReads);
        write(context, model, recordings, scorer, output);
        Map<String, Object> counts = counts(context, model, output);
        counts.put("read_in_part", partialReads.count());
        QuarantineTable.Counts quarantined =
            QuarantineTable.Counts.of(RecordingRun.quarantine(context, output));
        long found = recordings.recordings();
        JobOutcome outcome = run.done(output, found, found, quarantined, counts);
        output.replaceAll();
        output.finish(run.record(context, outcome));
        requireSomeChannelNamed(config, quarantined, found);
        return outcome;
      }
    }
  }

  private static void write(
      JobContext context,
      ModelFile model,
      TaskPlan recordings,
      RecordingScorer scorer,
      RunOutput output) {
    JavaRDD<Row> rows = recordings.rows().map(Listing::file).mapPartitions(scorer::rows);
    try (EitherTable scored =
        EitherTable.of(context.spark(), rows, WindowTable.schema(model.labels()))) {
      context.describe("Score %d recordings".formatted(recordings.recordings()));
      TableFiles.write(scored.rows(), output.table(WindowTable.NAME));
      context.describe("Sum up calls");
      TableFiles.write(
          CallTable.of(scored.rows(), model.labels(), output.started()),
          output.table(CallTable.NAME));
      context.describe("Write the quarantine");
      TableFiles.write(scored.quarantine().coalesce(1), output.table(QuarantineTable.NAME));
    }
  }

  /** Counts what was written, by reading it back. */
  private static Map<String, Object> counts(JobContext context, ModelFile model, RunOutput output) {
    context.describe("Count the rows that were written");
    Row calls =
        TableFiles.read(
                context.spark(),
                output.written(WindowTable.NAME),
                WindowTable.schema(model.labels()))
            .groupBy("recording", "channel")
            .agg(functions.max("end_s").as("duration_s"), functions.count("start_s").as("windows"))
            .agg(
                functions.count("duration_s"),
                functions.coalesce(functions.sum("windows"), functions.lit(0L)),
                functions.coalesce(functions.sum("duration_s"), functions.lit(0.0)))
            .first();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rows", calls.getLong(1));
    facts.put("calls", calls.getLong(0));
    facts.put("audio_seconds", Math.round(calls.getDouble(2) * 10) / 10.0);
    facts.put("model_id", model.modelId());
    return facts;
  }

  private static void requireSomeChannelNamed(
      ScoreConfig config, QuarantineTable.Counts quarantined, long recordings) {
    if (quarantined.of(RejectionReason.CHANNEL_NOT_NAMED) == recordings) {
      throw new UserError(
          "Cannot score %s: every recording has several channels and no customer's among them is named. Set ser.score.customer-channel; never an agent's, reading the emotions of people at work is unlawful in the EU."
              .formatted(config.recordings().inputs()));
    }
  }

  private static ModelFile model(JobContext context, ScoreConfig config) {
    byte[] bytes = context.storage().read(config.model(), MODEL_LIMIT_BYTES);
    try {
      ModelFile model = ModelFile.read(bytes, config.model());
      config
          .askedFeatures()
          .flatMap(asked -> FeatureSpecJson.differences(model.input().featureSpec(), asked))
          .ifPresent(
              differences -> {
                throw new UserError(
                    "Cannot score with %s: it was made with other feature settings than ser.features asks for (%s). Remove ser.features from the configuration, or train a model with these settings."
                        .formatted(config.model(), differences));
              });
      return model;
    } catch (ModelFileException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static WindowPlan plan(ModelFile model, ScoreConfig config) {
    WindowPlan plan =
        WindowPlan.of(model.input(), config.windows().windowS(), config.windows().hopS());
    try {
      plan.windowingAt(model.input().featureSpec().rateFor(8_000));
      return plan;
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot cut recordings by ser.score.window-s and hop-s: %s.".formatted(e.getMessage()),
          e);
    }
  }
}
