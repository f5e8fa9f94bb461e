package ser.jobs.extract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.JobContext;
import ser.jobs.JobOutcome;
import ser.jobs.UserError;
import ser.jobs.config.ExtractConfig;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.RecordingSlices;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.EitherTable;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.QuarantineTable;
import ser.model.corpus.Corpora;
import ser.model.corpus.CorpusNames;

/** Recordings in, features and quarantine out. */
public final class ExtractJob {
  private static final Logger LOG = LoggerFactory.getLogger(ExtractJob.class);
  private static final List<String> TABLES = List.of(FeatureTable.NAME, QuarantineTable.NAME);
  private static final String AUTO = "auto";

  private ExtractJob() {}

  public static JobOutcome run(JobContext context, ExtractConfig config) {
    List<CorpusNames> corpora = corpora(config.corpus());
    List<RecordingFile> recordings = context.storage().recordings(config.inputs());
    if (context.dryRun()) {
      return dryRun(config, recordings);
    }
    try (RunOutput output = RunOutput.begin(context.storage(), config.output(), TABLES)) {
      write(context, config, corpora, recordings, output);
      JobOutcome outcome = outcome(context, config, recordings.size(), output);
      output.finish(record(context, outcome));
      return outcome;
    }
  }

  private static void write(
      JobContext context,
      ExtractConfig config,
      List<CorpusNames> corpora,
      List<RecordingFile> recordings,
      RunOutput output) {
    RecordingExtractor extractor =
        new RecordingExtractor(
            config.spec(),
            config.limits(),
            corpora,
            output.runId(),
            context
                .javaSpark()
                .broadcast(
                    new SerializableConfiguration(
                        context.spark().sparkContext().hadoopConfiguration())));
    JavaRDD<Row> rows =
        RecordingSlices.spread(
                context.javaSpark(), recordings, config.recordings().partitions(), context.slots())
            .mapPartitions(extractor::rows);
    StructType schema = FeatureTable.schema(config.spec());
    try (EitherTable extracted = EitherTable.of(context.spark(), rows, schema)) {
      context.describe("Extract features of %d recordings".formatted(recordings.size()));
      EitherTable.write(extracted.rows(), output.table(FeatureTable.NAME));
      context.describe("Write the quarantine");
      EitherTable.write(extracted.quarantine().coalesce(1), output.table(QuarantineTable.NAME));
      FeatureTable.writeSpec(context.storage(), output.table(FeatureTable.NAME), config.spec());
    }
  }

  /** Counts what was written, by reading it back. */
  private static JobOutcome outcome(
      JobContext context, ExtractConfig config, long recordings, RunOutput output) {
    context.describe("Count the rows that were written");
    Dataset<Row> features =
        EitherTable.read(
            context.spark(), output.written(FeatureTable.NAME), FeatureTable.schema(config.spec()));
    Row counts =
        features
            .agg(
                functions.count("recording"),
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
          "{} of the recordings failed, more than ser.extract.max-failed-share = {}; {}/quarantine says why",
          failedShare,
          config.recordings().maxFailedShare(),
          config.output());
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("run_id", output.runId());
    facts.put("recordings", recordings);
    facts.put("quarantined", quarantined);
    facts.put("rows", counts.getLong(0));
    facts.put("audio_seconds", Math.round(counts.getDouble(1) * 10) / 10.0);
    facts.put("output", config.output());
    return new JobOutcome(
        tooMany ? JobOutcome.Status.TOO_MANY_FAILED : JobOutcome.Status.DONE, facts);
  }

  private static JobOutcome dryRun(ExtractConfig config, List<RecordingFile> recordings) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", recordings.size());
    facts.put("bytes", recordings.stream().mapToLong(RecordingFile::sizeBytes).sum());
    facts.put("output", config.output());
    facts.put("tables", TABLES.stream().map(table -> config.output() + "/" + table).toList());
    return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
  }

  private static ObjectNode record(JobContext context, JobOutcome outcome) {
    return new ObjectMapper()
        .createObjectNode()
        .put("configuration", context.configuration())
        .set("outcome", outcome.toJson("extract", 0).without("seconds"));
  }

  private static List<CorpusNames> corpora(String name) {
    try {
      return name.equals(AUTO)
          ? Corpora.names().stream().map(Corpora::named).toList()
          : List.of(Corpora.named(name));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot use --corpus %s: %s; or auto, which tries each.".formatted(name, e.getMessage()),
          e);
    }
  }
}
