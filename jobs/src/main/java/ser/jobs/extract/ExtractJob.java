package ser.jobs.extract;

import java.util.List;
import ser.jobs.config.ExtractConfig;
import ser.jobs.label.Labeller;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.run.RecordingRun;
import ser.jobs.storage.RecordingWalk;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.QuarantineTable;

/** Recordings in, features and quarantine out; of recordings that are known, nothing is read. */
public final class ExtractJob {
  private static final List<String> TABLES = List.of(FeatureTable.NAME, QuarantineTable.NAME);

  private ExtractJob() {}

  public static JobOutcome run(JobContext context, ExtractConfig config) {
    config.recordings().requireReader();
    RecordingRun run = new RecordingRun("extract", config.recordings(), config.output());
    ExtractSettings settings = new ExtractSettings(config.spec(), config.augmentation());
    try (RecordingWalk walk = run.walk(context, TABLES);
        Labeller labeller = Labeller.of(context, config.labels(), config.inputs())) {
      // Before the lock, so that a mistake leaves no trace; and behind it, for another run may have
      // ended meanwhile.
      settings.requireThoseOf(context.storage(), config.output() + "/" + FeatureTable.NAME);
      if (context.dryRun()) {
        return new ExtractDryRun(context, config, labeller, run, TABLES)
            .over(walk, settings.rowsPerRecording());
      }
      try (RunOutput output = RunOutput.begin(context.storage(), config.output(), TABLES)) {
        settings.requireThoseOf(context.storage(), output.table(FeatureTable.NAME));
        return new ExtractRun(context, config, labeller, run, output).over(walk);
      }
    }
  }
}
