package ser.jobs.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import ser.features.audio.RejectionReason;
import ser.jobs.JobContext;
import ser.jobs.JobOutcome;
import ser.jobs.RecordingRun;
import ser.jobs.UserError;
import ser.jobs.config.ScoreConfig;
import ser.jobs.storage.PartialReads;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.RecordingSlices;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.CallTable;
import ser.jobs.tables.EitherTable;
import ser.jobs.tables.QuarantineTable;
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
    ModelFile model = model(context, config);
    WindowPlan plan = plan(model, config);
    List<RecordingFile> recordings = context.storage().recordings(config.recordings().inputs());
    RecordingRun run = new RecordingRun("score", config.recordings(), config.output());
    if (context.dryRun()) {
      return run.planned(recordings, TABLES, Map.of("model_id", model.modelId()));
    }
    try (RunOutput output = RunOutput.begin(context.storage(), config.output(), TABLES)) {
      PartialReads partialReads = new PartialReads(context.spark().sparkContext());
      write(context, config, model, plan, recordings, output, partialReads);
      Map<String, Object> counts = counts(context, model, output);
      counts.put("read_in_part", partialReads.count());
      JobOutcome outcome = run.done(context, output, recordings.size(), counts);
      output.finish(run.record(context, outcome));
      requireSomeChannelNamed(context, config, output, recordings.size());
      return outcome;
    }
  }

  private static void write(
      JobContext context,
      ScoreConfig config,
      ModelFile model,
      WindowPlan plan,
      List<RecordingFile> recordings,
      RunOutput output,
      PartialReads partialReads) {
    RecordingScorer scorer =
        new RecordingScorer(
            context.javaSpark().broadcast(model),
            RecordingRun.hadoop(context),
            new RecordingScorer.Rules(
                plan,
                new LevelGate(config.speechAboveDbfs()),
                config.customerChannel().orElse(RecordingScorer.NONE_NAMED),
                new WindowTable.Origin(model.modelId(), output.runId())),
            partialReads);
    JavaRDD<Row> rows =
        RecordingSlices.spread(
                context.javaSpark(), recordings, config.recordings().partitions(), context.slots())
            .mapPartitions(scorer::rows);
    try (EitherTable scored =
        EitherTable.of(context.spark(), rows, WindowTable.schema(model.labels()))) {
      context.describe("Score %d recordings".formatted(recordings.size()));
      EitherTable.write(scored.rows(), output.table(WindowTable.NAME));
      context.describe("Sum up calls");
      EitherTable.write(
          CallTable.of(scored.rows(), model.labels(), output.started()),
          output.table(CallTable.NAME));
      context.describe("Write the quarantine");
      EitherTable.write(scored.quarantine().coalesce(1), output.table(QuarantineTable.NAME));
    }
  }

  /** Counts what was written, by reading it back. */
  private static Map<String, Object> counts(JobContext context, ModelFile model, RunOutput output) {
    context.describe("Count the rows that were written");
    Row calls =
        EitherTable.read(
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
      JobContext context, ScoreConfig config, RunOutput output, long recordings) {
    long unnamed =
        RecordingRun.quarantine(context, output)
            .where(functions.col("reason").equalTo(RejectionReason.CHANNEL_NOT_NAMED.code()))
            .count();
    if (unnamed == recordings) {
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
