package ser.jobs.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
import ser.jobs.run.PendingRecordings;
import ser.jobs.run.RecordingRun;
import ser.jobs.storage.PartialReads;
import ser.jobs.storage.RecordingWalk;
import ser.jobs.storage.RunOutput;
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
  private static final ObjectMapper JSON = new ObjectMapper();

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
            PendingScoring.among(context.spark(), listing, output, model.modelId(), again())) {
      LOG.info(
          "{} of {} recordings are new to model {}, changed or to be tried again",
          pending.count(),
          listing.recordings(),
          model.modelId());
      return pending.count() == 0 ? nothing(listing) : score(listing, pending, details, hadoop);
    }
  }

  private JobOutcome score(
      Listing listing,
      PendingRecordings pending,
      RecordingDetails details,
      Broadcast<SerializableConfiguration> hadoop) {
    PartialReads partialReads = new PartialReads(context.spark().sparkContext());
    WindowTable.Origin origin = new WindowTable.Origin(model.modelId(), output.runId());
    RecordingScorer.Rules rules =
        new RecordingScorer.Rules(
            config.recordings().reader(),
            plan,
            config.speech(),
            config.customerChannel(),
            config.emotions().of(model).abstainBelow(),
            config.engine(),
            origin);
    RecordingScorer scorer =
        new RecordingScorer(context.javaSpark().broadcast(model), hadoop, rules, partialReads);
    try (RecordingSlices slices =
            slices(listing, details.recordings(pending.rows()), hadoop, rules);
        ScoredRows scored =
            ScoredRows.of(
                context.spark(),
                tasks(slices, pending).mapPartitions(scorer::rows),
                WindowTable.schema(model.labels()))) {
      Map<String, Object> facts = facts(listing.recordings() - pending.count(), scored.totals());
      facts.put("read_in_part", partialReads.count());
      context.describe("Count the quarantine");
      QuarantineTable.Counts quarantined = QuarantineTable.Counts.of(scored.quarantine());
      requireSomeChannelNamed(quarantined, listing.recordings());
      HeldCommits commits =
          new ScoreTables(context, config.emotions().of(model), origin, output, pending, details)
              .write(scored);
      JobOutcome outcome =
          run.done(output, listing.recordings(), pending.count(), quarantined, facts);
      ObjectNode record = run.record(context, outcome);
      record.set(RunOutput.RULES, rulesByModel());
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
    if (listing.largestBytes() <= config.splitBytes()) {
      return RecordingSlices.uncut(context, recordings);
    }
    RecordingSlices slices =
        RecordingSlices.of(
            context,
            recordings,
            config.splitBytes(),
            new SlicePlanner(hadoop, rules, config.splitBytes()));
    if (model.input().bySpeaker()) {
      slices.listen(new SpeakerPass(context.spark(), hadoop, rules), run.packing(context));
    }
    return slices;
  }

  private JavaRDD<RecordingSlice> tasks(RecordingSlices slices, PendingRecordings pending) {
    context.describe("Divide the recordings among tasks");
    JavaRDD<RecordingSlice> tasks = slices.tasks(run.packing(context));
    context.describe("Score %d recordings".formatted(pending.count()));
    return tasks;
  }

  /** Neither a file nor a record is written. */
  private JobOutcome nothing(Listing listing) {
    Map<String, Object> facts = facts(listing.recordings(), ScoredRows.Totals.NONE);
    facts.put("read_in_part", 0);
    return run.done(output, listing.recordings(), 0, new QuarantineTable.Counts(Map.of()), facts);
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

  /** Other rules say other things of the same recordings. */
  private PendingScoring.Again again() {
    JsonNode now = rules();
    Optional<JsonNode> before = output.saidBefore(RunOutput.RULES);
    Optional<JsonNode> ours = before.map(models -> models.get(model.modelId()));
    if (ours.isPresent() && !ours.get().equals(now)) {
      LOG.warn(
          "Model {} has scored {} by {} before, and now scores all of it by {}",
          model.modelId(),
          config.output(),
          ours.get(),
          now);
      return PendingScoring.Again.ALL;
    }
    // To a model that is new here, what another was not let hear may be named now.
    boolean asOthers =
        ours.isPresent()
            || before.map(models -> sameForAll(models.elements(), now)).orElse(Boolean.TRUE);
    return config.reprocessQuarantine() || !asOthers
        ? PendingScoring.Again.QUARANTINED
        : PendingScoring.Again.NONE;
  }

  private static boolean sameForAll(Iterator<JsonNode> models, JsonNode now) {
    while (models.hasNext()) {
      if (!models.next().equals(now)) {
        return false;
      }
    }
    return true;
  }

  private JsonNode rules() {
    return JSON.valueToTree(config.rules());
  }

  private ObjectNode rulesByModel() {
    ObjectNode models = JSON.createObjectNode();
    output
        .saidBefore(RunOutput.RULES)
        .ifPresent(
            before ->
                before.fields().forEachRemaining(one -> models.set(one.getKey(), one.getValue())));
    models.set(model.modelId(), rules());
    return models;
  }

  private void requireSomeChannelNamed(QuarantineTable.Counts quarantined, long recordings) {
    if (quarantined.of(RejectionReason.CHANNEL_NOT_NAMED) == recordings) {
      throw new UserError(
          "Cannot score %s: every recording has several channels and no customer's among them is named. Set ser.score.customer-channel, or name it by ser.score.path-pattern or manifest; never an agent's, reading the emotions of people at work is unlawful in the EU."
              .formatted(config.recordings().inputs()));
    }
  }
}
