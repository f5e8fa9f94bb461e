package ser.jobs.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ser.jobs.config.ScoreConfig;
import ser.jobs.listing.Listing;
import ser.jobs.run.DryRun;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.run.KnownInputs;
import ser.jobs.run.PendingRecordings;
import ser.jobs.run.RecordingRun;
import ser.jobs.storage.EarlierRuns;
import ser.jobs.storage.RecordingWalk;
import ser.jobs.tables.CallTable;
import ser.model.file.ModelFile;
import ser.model.scoring.WindowPlan;

/**
 * What a run would score, found as a run finds it.
 *
 * @param model that would score
 * @param plan how it would cut recordings into windows
 * @param tables that it would write
 */
record ScoreDryRun(
    JobContext context,
    ScoreConfig config,
    ModelFile model,
    WindowPlan plan,
    RecordingRun run,
    List<String> tables) {
  /**
   * @param walk read to its end
   */
  JobOutcome over(RecordingWalk walk) {
    EarlierRuns earlier = EarlierRuns.of(context.storage(), config.output());
    context.describe("List the recordings");
    Listing listing = Listing.inMemory(context.spark(), walk, config.recordings().inputs().size());
    context.describe("Compare the recordings with the tables");
    String modelId = model.modelId();
    try (RecordingDetails details =
            RecordingDetails.of(context, config.details(), config.recordings().inputs());
        PendingRecordings pending =
            PendingScoring.among(
                context.spark(),
                listing,
                earlier,
                modelId,
                new ScoringRules(config, modelId, earlier).again());
        RecordingSlices slices =
            RecordingSlices.of(
                context,
                details.recordings(pending.rows()),
                listing.largestBytes(),
                new SlicePlanner(
                    RecordingRun.hadoop(context),
                    plan,
                    config.customerChannel(),
                    config.splitBytesOf(model)))) {
      KnownInputs.of(context.storage(), earlier, config.recordings().inputs())
          .requireSamePlaces(pending, config.output());
      Map<String, Object> more = new LinkedHashMap<>(details.facts(listing.rows()));
      more.put("model_id", modelId);
      return new DryRun(context, run, tables)
          .planned(
              listing,
              pending,
              slices.plan(run.packing(context)),
              earlier.before(CallTable.NAME),
              more);
    }
  }
}
