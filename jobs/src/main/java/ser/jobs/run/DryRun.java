package ser.jobs.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.jobs.listing.Listing;
import ser.jobs.listing.TaskPlan;
import ser.jobs.storage.PastSpeed;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.TableFiles;

/**
 * What a run over some recordings would do, without doing it.
 *
 * @param run that is thought of
 * @param tables that it would write
 */
public record DryRun(JobContext context, RecordingRun run, List<String> tables) {
  private static final StructType LENGTHS =
      new StructType()
          .add("recording", DataTypes.StringType)
          .add("source_bytes", DataTypes.LongType)
          .add("duration_s", DataTypes.DoubleType);

  /**
   * @param listing all recordings
   * @param pending those that the run would read
   * @param plan how they would be divided
   * @param known files of earlier runs that say how long recordings are: columns {@code recording},
   *     {@code source_bytes} and {@code duration_s}
   * @param more facts of the job
   */
  public JobOutcome planned(
      Listing listing,
      PendingRecordings pending,
      TaskPlan plan,
      List<String> known,
      Map<String, Object> more) {
    context.describe("Estimate the length of the recordings");
    double audioS =
        new AudioLength(context.storage(), run.source().reader())
            .of(pending.rows(), lengths(known));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", listing.recordings());
    facts.put("unchanged", listing.recordings() - pending.count());
    facts.put("to_read", pending.count());
    facts.put("bytes", plan.bytes());
    facts.put("about_hours", rounded(audioS / 3600, 100));
    facts.put("tasks", pending.count() == 0 ? 0 : plan.tasks());
    PastSpeed.of(context.storage(), run.output(), run.job())
        .ifPresent(
            speed -> {
              facts.put("about_seconds", rounded(speed.secondsFor(audioS, context.slots()), 10));
              facts.put("estimated_from", speed.runId());
            });
    facts.putAll(more);
    facts.put("output", run.output());
    facts.put("tables", tables.stream().map(table -> run.output() + "/" + table).toList());
    facts.put("report", run.output() + "/" + RunOutput.REPORT);
    return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
  }

  private Optional<Dataset<Row>> lengths(List<String> files) {
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(TableFiles.read(context.spark(), files, LENGTHS));
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }
}
