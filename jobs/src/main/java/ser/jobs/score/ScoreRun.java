package ser.jobs.score;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.features.audio.RejectionReason;
import ser.jobs.config.ScoreConfig;
import ser.jobs.error.UserError;
import ser.jobs.listing.Listing;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.run.KnownInputs;
import ser.jobs.run.PendingRecordings;
import ser.jobs.run.ProgressListener;
import ser.jobs.run.RecordingRun;
import ser.jobs.run.RunMetrics;
import ser.jobs.score.report.ScoreReport;
import ser.jobs.storage.PartialReads;
import ser.jobs.storage.RecordingWalk;
import ser.jobs.storage.RunOutput;
import ser.jobs.storage.VanishedRecordings;
import ser.jobs.tables.HeldCommits;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.WindowTable;
import ser.model.file.ModelFile;
import ser.model.scoring.WindowPlan;

/**
 * One run, from the listing to the record.
 *
 * @param output where no other run is at work
 */
record ScoreRun(
    JobContext context,
    ScoreConfig config,
    ModelFile model,
    WindowPlan plan,
    RecordingRun run,
    RunOutput output) {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreRun.class);

  /**
   * @param walk read to its end
   */
  JobOutcome over(RecordingWalk walk) {
    Broadcast<SerializableConfiguration> hadoop = RecordingRun.hadoop(context);
    Listing listing = run.listing(context, walk, output, hadoop);
    context.describe("Compare the recordings with the tables");
    try (RecordingDetails details =
            RecordingDetails.of(context, config.details(), config.recordings().inputs());
        PendingRecordings pending =
            PendingScoring.among(
                context.spark(), listing, output, model.modelId(), rules().again())) {
      LOG.info(
          "{} of {} recordings are new to model {}, changed or to be tried again",
          pending.count(),
          listing.recordings(),
          model.modelId());
      inputs().requireSamePlaces(pending, config.output());
      return pending.count() == 0 ? nothing(listing) : score(listing, pending, details, hadoop);
    }
  }

  private JobOutcome score(
      Listing listing,
      PendingRecordings pending,
      RecordingDetails details,
      Broadcast<SerializableConfiguration> hadoop) {
    PartialReads partialReads = new PartialReads(context.spark().sparkContext());
    VanishedRecordings vanished = new VanishedRecordings(context.spark().sparkContext());
    RunMetrics metrics =
        RunMetrics.register(context.spark().sparkContext(), ScoreCounters.names(model.labels()));
    WindowTable.Origin origin = new WindowTable.Origin(model.modelId(), output.runId());
    RecordingScorer.Rules rules =
        new RecordingScorer.Rules(
            config.recordings().reader(),
            config.recordings().readAhead(),
            plan,
            config.speech(),
            config.customerChannel(),
            config.emotions().of(model).abstainBelow(),
            config.engine(),
            origin);
    RecordingScorer scorer =
        new RecordingScorer(
            context.javaSpark().broadcast(model), hadoop, rules, partialReads, vanished, metrics);
    try (RecordingSlices slices =
            slices(listing, details.recordings(pending.rows()), hadoop, rules);
        ScoredRows scored =
            ProgressListener.during(
                () ->
                    ScoredRows.of(
                        context.spark(),
                        tasks(slices, pending).mapPartitions(scorer::rows),
                        WindowTable.schema(model.labels())),
                context,
                metrics,
                pending);
        SummedRows summed =
            SummedRows.of(scored, config.emotions().of(model), origin, pending, output.started())) {
      Map<String, Object> facts = facts(listing.recordings() - pending.count(), scored.totals());
      facts.put("read_in_part", partialReads.count());
      context.describe("Look for recordings that only the manifest names");
      facts.putAll(details.facts(listing.rows()));
      context.describe("Count the quarantine");
      QuarantineTable.Counts quarantined = QuarantineTable.Counts.of(scored.quarantine());
      requireSomeChannelNamed(quarantined, listing.recordings());
      HeldCommits commits =
          new ScoreTables(context, model.labels(), output, pending, details).write(scored, summed);
      ScoreReport report =
          ScoreReport.of(
              context,
              config,
              model,
              output,
              new ScoreReport.Rows(
                  details.to(summed.calls()),
                  summed.segments(),
                  scored.quarantine(),
                  scored.heard()));
      facts.put("warnings", report.warnings());
      JobOutcome outcome =
          run.done(
              output, listing.recordings(), pending.count(), quarantined, vanished.count(), facts);
      report.write(outcome);
      ObjectNode record = run.record(context, outcome);
      record.set(RunOutput.RULES, rules().byModel());
      record.set(RunOutput.INPUTS, inputs().toJson());
      record.set("report", report.toJson());
      return finished(outcome, record, commits);
    }
  }

  /** The one moment in which readers of the plain folders may see half a run. */
  private JobOutcome finished(JobOutcome outcome, ObjectNode record, HeldCommits commits) {
    context.describe("Commit the tables");
    long start = System.nanoTime();
    commits.commit();
    output.finish(record);
    return outcome.with("commit_seconds", (System.nanoTime() - start) / 1_000_000 / 1000.0);
  }

  private RecordingSlices slices(
      Listing listing,
      Dataset<Row> recordings,
      Broadcast<SerializableConfiguration> hadoop,
      RecordingScorer.Rules rules) {
    RecordingSlices slices =
        RecordingSlices.of(
            context,
            recordings,
            listing.largestBytes(),
            new SlicePlanner(hadoop, plan, config.customerChannel(), config.splitBytesOf(model)));
    if (model.input().bySpeaker()) {
      slices.listen(new SpeakerPass(context.spark(), hadoop, rules), run.packing(context));
    }
    return slices;
  }

  private JavaRDD<RecordingSlice> tasks(RecordingSlices slices, PendingRecordings pending) {
    context.describe("Divide the recordings among tasks");
    JavaRDD<RecordingSlice> tasks = slices.tasks(run.packing(context));
    context.describe(
        "Score %d recordings, %d MB".formatted(pending.count(), pending.bytes() / 1_000_000));
    return tasks;
  }

  /** Neither a file nor a record is written. */
  private JobOutcome nothing(Listing listing) {
    Map<String, Object> facts = facts(listing.recordings(), ScoredRows.Totals.NONE);
    facts.put("read_in_part", 0);
    facts.put("warnings", List.of());
    return run.nothing(listing.recordings(), facts);
  }

  private Map<String, Object> facts(long unchanged, ScoredRows.Totals totals) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("unchanged", unchanged);
    facts.put("rows", totals.windows());
    facts.put("calls", totals.calls());
    facts.put("audio_seconds", Math.round(totals.audioSeconds() * 10) / 10.0);
    facts.put("model_id", model.modelId());
    return facts;
  }

  private KnownInputs inputs() {
    return KnownInputs.of(context.storage(), output, config.recordings().inputs());
  }

  private ScoringRules rules() {
    return new ScoringRules(config, model.modelId(), output);
  }

  private void requireSomeChannelNamed(QuarantineTable.Counts quarantined, long recordings) {
    if (quarantined.of(RejectionReason.CHANNEL_NOT_NAMED) == recordings) {
      throw new UserError(
          "Cannot score %s: every recording has several channels and no customer's among them is named. Set ser.score.customer-channel, or name it by ser.score.path-pattern or manifest; never an agent's, reading the emotions of people at work is unlawful in the EU."
              .formatted(config.recordings().inputs()));
    }
  }
}
