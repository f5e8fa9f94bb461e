package ser.jobs.extract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.features.audio.ClipReader;
import ser.jobs.config.ExtractConfig;
import ser.jobs.extract.report.ExtractReport;
import ser.jobs.label.Labeller;
import ser.jobs.listing.Listing;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.run.KnownInputs;
import ser.jobs.run.PendingRecordings;
import ser.jobs.run.RecordingRun;
import ser.jobs.storage.PartialReads;
import ser.jobs.storage.RecordingWalk;
import ser.jobs.storage.RunOutput;
import ser.jobs.storage.VanishedRecordings;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.TableFiles;

/**
 * One run, from the listing to the record.
 *
 * @param labeller gives recordings their labels
 * @param output where no other run is at work
 */
record ExtractRun(
    JobContext context,
    ExtractConfig config,
    Labeller labeller,
    RecordingRun run,
    RunOutput output) {
  private static final Logger LOG = LoggerFactory.getLogger(ExtractRun.class);

  /**
   * @param walk read to its end
   */
  JobOutcome over(RecordingWalk walk) {
    Broadcast<SerializableConfiguration> hadoop = RecordingRun.hadoop(context);
    Listing listing = run.listing(context, walk, output, hadoop);
    context.describe("Compare the recordings with the tables");
    StoredRecordings stored = new StoredRecordings(context.spark(), output);
    KnownInputs inputs = KnownInputs.of(context.storage(), output, config.inputs());
    try (PendingRecordings pending =
        new PendingExtraction(context.spark(), listing, labeller)
            .among(stored, PendingExtraction.Quarantined.of(config.reprocessQuarantine()))) {
      inputs.requireSamePlaces(pending, config.output());
      LOG.info(
          "{} of {} recordings are new, changed or to be tried again",
          pending.count(),
          listing.recordings());
      Map<String, Object> labels = labeller.facts(listing.rows().javaRDD().map(Listing::file));
      return pending.count() == 0
          ? nothing(listing, labels)
          : extract(listing, labels, stored, pending, inputs, hadoop);
    }
  }

  private JobOutcome extract(
      Listing listing,
      Map<String, Object> labels,
      StoredRecordings stored,
      PendingRecordings pending,
      KnownInputs inputs,
      Broadcast<SerializableConfiguration> hadoop) {
    PartialReads partialReads = new PartialReads(context.spark().sparkContext());
    VanishedRecordings vanished = new VanishedRecordings(context.spark().sparkContext());
    RecordingExtractor extractor =
        new RecordingExtractor(
            config.spec(),
            new ClipReader(config.limits(), config.recordings().reader()),
            config.augmentation(),
            output.runId(),
            config.recordings().readAhead(),
            partialReads,
            vanished,
            hadoop);
    JavaRDD<Row> rows =
        labeller
            .label(run.plan(context, pending.rows()).rows().map(Listing::file))
            .mapPartitions(extractor::rows);
    context.describe("Extract features of %d recordings".formatted(pending.count()));
    try (ExtractedRows extracted = ExtractedRows.of(context.spark(), rows, config.spec());
        Duplicates duplicates = Duplicates.among(extracted.index(), staying(stored, pending))) {
      ExtractTables.Written written =
          new ExtractTables(
                  context,
                  output,
                  config.spec(),
                  new TableFiles.FileSize(config.fileBytes(), context.slots()))
              .write(extracted, duplicates, pending);
      output.requireHeld();
      new ExtractSettings(config.spec(), config.augmentation())
          .write(context.storage(), output.table(FeatureTable.NAME));
      Map<String, Object> facts = facts(written, listing.recordings() - pending.count());
      facts.put("duplicates", duplicates.count());
      List<String> warnings =
          Stream.of(duplicates.warning(pending.count()), duplicates.moved(listing.rows()))
              .flatMap(Optional::stream)
              .toList();
      if (!warnings.isEmpty()) {
        warnings.forEach(LOG::warn);
        facts.put("warning", String.join(" ", warnings));
      }
      facts.put("read_in_part", partialReads.count());
      facts.putAll(labels);
      context.describe("Count the quarantine");
      JobOutcome outcome =
          run.done(
              output,
              listing.recordings(),
              pending.count(),
              QuarantineTable.Counts.of(RecordingRun.quarantine(context, output)),
              vanished.count(),
              facts);
      ExtractReport.write(context, config, output, outcome);
      ObjectNode record = run.record(context, outcome);
      record.set(RunOutput.INPUTS, inputs.toJson());
      output.finish(record);
      return outcome;
    }
  }

  /** Neither a file nor a record is written. */
  private JobOutcome nothing(Listing listing, Map<String, Object> labels) {
    Map<String, Object> facts = facts(new ExtractTables.Written(0, 0), listing.recordings());
    facts.put("duplicates", 0);
    facts.put("read_in_part", 0);
    facts.putAll(labels);
    return run.nothing(listing.recordings(), facts);
  }

  private static Map<String, Object> facts(ExtractTables.Written written, long unchanged) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("unchanged", unchanged);
    facts.put("rows", written.rows());
    facts.put("audio_seconds", Math.round(written.audioSeconds() * 10) / 10.0);
    return facts;
  }

  /** Hashes of recordings whose rows this run does not replace. */
  private static Dataset<Row> staying(StoredRecordings stored, PendingRecordings pending) {
    return pending.storedCount() == 0
        ? stored.hashes()
        : stored.hashes().join(pending.stored(), "recording", "left_anti");
  }
}
