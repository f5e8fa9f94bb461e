package ser.jobs.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.features.audio.RejectionReason;
import ser.jobs.JobContext;
import ser.jobs.JobOutcome;
import ser.jobs.UserError;
import ser.jobs.config.ScoreConfig;
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
  private static final Logger LOG = LoggerFactory.getLogger(ScoreJob.class);
  private static final List<String> TABLES =
      List.of(WindowTable.NAME, CallTable.NAME, QuarantineTable.NAME);
  private static final long MODEL_LIMIT_BYTES = 1L << 30;

  private ScoreJob() {}

  public static JobOutcome run(JobContext context, ScoreConfig config) {
    ModelFile model = model(context, config);
    WindowPlan plan = plan(model, config);
    List<RecordingFile> recordings = context.storage().recordings(config.recordings().inputs());
    if (context.dryRun()) {
      return dryRun(config, model, recordings);
    }
    try (RunOutput output = RunOutput.begin(context.storage(), config.output(), TABLES)) {
      write(context, config, model, plan, recordings, output);
      JobOutcome outcome = outcome(context, config, model, recordings.size(), output);
      output.finish(record(context, outcome));
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
      RunOutput output) {
    RecordingScorer scorer =
        new RecordingScorer(
            context.javaSpark().broadcast(model),
            context
                .javaSpark()
                .broadcast(
                    new SerializableConfiguration(
                        context.spark().sparkContext().hadoopConfiguration())),
            new RecordingScorer.Rules(
                plan,
                new LevelGate(config.speechAboveDbfs()),
                config.customerChannel().orElse(RecordingScorer.NONE_NAMED),
                new WindowTable.Origin(model.modelId(), output.runId())));
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
  private static JobOutcome outcome(
      JobContext context, ScoreConfig config, ModelFile model, long recordings, RunOutput output) {
    context.describe("Count the rows that were written");
    Dataset<Row> windows =
        EitherTable.read(
            context.spark(), output.written(WindowTable.NAME), WindowTable.schema(model.labels()));
    Row calls =
        windows
            .groupBy("recording", "channel")
            .agg(functions.max("end_s").as("duration_s"), functions.count("start_s").as("windows"))
            .agg(
                functions.count("duration_s"),
                functions.coalesce(functions.sum("windows"), functions.lit(0L)),
                functions.coalesce(functions.sum("duration_s"), functions.lit(0.0)))
            .first();
    Dataset<Row> quarantine =
        EitherTable.read(
            context.spark(), output.written(QuarantineTable.NAME), QuarantineTable.SCHEMA);
    long quarantined = quarantine.count();
    if (quarantined > 0) {
      LOG.warn("Quarantined: {}", QuarantineTable.summary(quarantine));
    }
    double failedShare = (double) QuarantineTable.failed(quarantine) / recordings;
    boolean tooMany = failedShare > config.recordings().maxFailedShare();
    if (tooMany) {
      LOG.error(
          "{} of the recordings failed, more than ser.score.max-failed-share = {}; {}/quarantine says why",
          failedShare,
          config.recordings().maxFailedShare(),
          config.output());
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("run_id", output.runId());
    facts.put("recordings", recordings);
    facts.put("quarantined", quarantined);
    facts.put("rows", calls.getLong(1));
    facts.put("calls", calls.getLong(0));
    facts.put("audio_seconds", Math.round(calls.getDouble(2) * 10) / 10.0);
    facts.put("model_id", model.modelId());
    facts.put("output", config.output());
    return new JobOutcome(
        tooMany ? JobOutcome.Status.TOO_MANY_FAILED : JobOutcome.Status.DONE, facts);
  }

  private static void requireSomeChannelNamed(
      JobContext context, ScoreConfig config, RunOutput output, long recordings) {
    long unnamed =
        EitherTable.read(
                context.spark(), output.written(QuarantineTable.NAME), QuarantineTable.SCHEMA)
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

  private static JobOutcome dryRun(
      ScoreConfig config, ModelFile model, List<RecordingFile> recordings) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", recordings.size());
    facts.put("bytes", recordings.stream().mapToLong(RecordingFile::sizeBytes).sum());
    facts.put("model_id", model.modelId());
    facts.put("output", config.output());
    facts.put("tables", TABLES.stream().map(table -> config.output() + "/" + table).toList());
    return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
  }

  private static ObjectNode record(JobContext context, JobOutcome outcome) {
    return new ObjectMapper()
        .createObjectNode()
        .put("configuration", context.configuration())
        .set("outcome", outcome.toJson("score", 0).without("seconds"));
  }
}
