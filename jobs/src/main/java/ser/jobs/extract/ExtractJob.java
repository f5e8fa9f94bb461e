package ser.jobs.extract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import ser.jobs.JobContext;
import ser.jobs.JobOutcome;
import ser.jobs.RecordingRun;
import ser.jobs.UserError;
import ser.jobs.config.ExtractConfig;
import ser.jobs.storage.PartialReads;
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
  private static final List<String> TABLES = List.of(FeatureTable.NAME, QuarantineTable.NAME);
  private static final String AUTO = "auto";

  private ExtractJob() {}

  public static JobOutcome run(JobContext context, ExtractConfig config) {
    List<CorpusNames> corpora = corpora(config.corpus());
    List<RecordingFile> recordings = context.storage().recordings(config.inputs());
    RecordingRun run = new RecordingRun("extract", config.recordings(), config.output());
    if (context.dryRun()) {
      return run.planned(recordings, TABLES, Map.of());
    }
    try (RunOutput output = RunOutput.begin(context.storage(), config.output(), TABLES)) {
      PartialReads partialReads = new PartialReads(context.spark().sparkContext());
      write(context, config, corpora, recordings, output, partialReads);
      Map<String, Object> counts = counts(context, config, output);
      counts.put("read_in_part", partialReads.count());
      JobOutcome outcome = run.done(context, output, recordings.size(), counts);
      output.finish(run.record(context, outcome));
      return outcome;
    }
  }

  private static void write(
      JobContext context,
      ExtractConfig config,
      List<CorpusNames> corpora,
      List<RecordingFile> recordings,
      RunOutput output,
      PartialReads partialReads) {
    RecordingExtractor extractor =
        new RecordingExtractor(
            config.spec(),
            config.limits(),
            corpora,
            output.runId(),
            partialReads,
            RecordingRun.hadoop(context));
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
  private static Map<String, Object> counts(
      JobContext context, ExtractConfig config, RunOutput output) {
    context.describe("Count the rows that were written");
    Row counts =
        EitherTable.read(
                context.spark(),
                output.written(FeatureTable.NAME),
                FeatureTable.schema(config.spec()))
            .agg(
                functions.count("recording"),
                functions.coalesce(functions.sum("duration_s"), functions.lit(0.0)))
            .first();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rows", counts.getLong(0));
    facts.put("audio_seconds", Math.round(counts.getDouble(1) * 10) / 10.0);
    return facts;
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
