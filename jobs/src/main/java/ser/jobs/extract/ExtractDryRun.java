package ser.jobs.extract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ser.jobs.config.ExtractConfig;
import ser.jobs.label.Labeller;
import ser.jobs.listing.Listing;
import ser.jobs.run.DryRun;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.run.KnownInputs;
import ser.jobs.run.PendingRecordings;
import ser.jobs.run.RecordingRun;
import ser.jobs.storage.EarlierRuns;
import ser.jobs.storage.RecordingWalk;
import ser.jobs.tables.FeatureTable;

/**
 * What a run would extract, found as a run finds it.
 *
 * @param labeller gives recordings their labels
 * @param tables that it would write
 */
record ExtractDryRun(
    JobContext context,
    ExtractConfig config,
    Labeller labeller,
    RecordingRun run,
    List<String> tables) {
  /**
   * @param walk read to its end
   * @param rowsPerRecording that variants make, on average
   */
  JobOutcome over(RecordingWalk walk, double rowsPerRecording) {
    EarlierRuns earlier = EarlierRuns.of(context.storage(), config.output());
    context.describe("List the recordings");
    Listing listing = Listing.inMemory(context.spark(), walk, config.inputs().size());
    context.describe("Compare the recordings with the tables");
    try (PendingRecordings pending =
        new PendingExtraction(context.spark(), listing, labeller)
            .among(
                new StoredRecordings(context.spark(), earlier),
                PendingExtraction.Quarantined.of(config.reprocessQuarantine()))) {
      KnownInputs.of(context.storage(), earlier, config.inputs())
          .requireSamePlaces(pending, config.output());
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("rows_per_recording", rowsPerRecording);
      more.putAll(labeller.facts(listing.rows().javaRDD().map(Listing::file)));
      return new DryRun(context, run, tables)
          .planned(
              listing,
              pending,
              run.plan(context, pending.rows()),
              earlier.before(FeatureTable.NAME),
              more);
    }
  }
}
