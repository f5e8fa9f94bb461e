package ser.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.RecordingSource;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.EitherTable;
import ser.jobs.tables.QuarantineTable;

/**
 * What the jobs that read recordings have in common: what is said of them beforehand, how their
 * quarantine is counted against the limit, and what their record says.
 *
 * @param job name of the command
 * @param source where its recordings come from
 * @param output folder or prefix of its tables
 */
public record RecordingRun(String job, RecordingSource source, String output) {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingRun.class);

  /** Hadoop's settings on their way to the tasks. */
  public static Broadcast<SerializableConfiguration> hadoop(JobContext context) {
    return context
        .javaSpark()
        .broadcast(
            new SerializableConfiguration(context.spark().sparkContext().hadoopConfiguration()));
  }

  /**
   * What would be done.
   *
   * @param more facts of the job
   */
  public JobOutcome planned(
      List<RecordingFile> recordings, List<String> tables, Map<String, Object> more) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", recordings.size());
    facts.put("bytes", recordings.stream().mapToLong(RecordingFile::sizeBytes).sum());
    facts.putAll(more);
    facts.put("output", output);
    facts.put("tables", tables.stream().map(table -> output + "/" + table).toList());
    return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
  }

  /**
   * What was done, with the quarantine read back.
   *
   * @param recordings that were found
   * @param more facts of the job
   */
  public JobOutcome done(
      JobContext context, RunOutput run, long recordings, Map<String, Object> more) {
    Dataset<Row> quarantine = quarantine(context, run);
    long quarantined = quarantine.count();
    if (quarantined > 0) {
      LOG.warn("Quarantined: {}", QuarantineTable.summary(quarantine));
    }
    double failedShare = (double) QuarantineTable.failed(quarantine) / recordings;
    boolean tooMany = failedShare > source.maxFailedShare();
    if (tooMany) {
      LOG.error(
          "{} of the recordings failed, more than ser.{}.max-failed-share = {}; {}/quarantine says why",
          failedShare,
          job,
          source.maxFailedShare(),
          output);
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("run_id", run.runId());
    facts.put("recordings", recordings);
    facts.put("quarantined", quarantined);
    facts.putAll(more);
    facts.put("output", output);
    return new JobOutcome(
        tooMany ? JobOutcome.Status.TOO_MANY_FAILED : JobOutcome.Status.DONE, facts);
  }

  /** The quarantine that a run has written. */
  public static Dataset<Row> quarantine(JobContext context, RunOutput run) {
    return EitherTable.read(
        context.spark(), run.written(QuarantineTable.NAME), QuarantineTable.SCHEMA);
  }

  /** What the run's record says beside its files. */
  public ObjectNode record(JobContext context, JobOutcome outcome) {
    return new ObjectMapper()
        .createObjectNode()
        .put("configuration", context.configuration())
        .set("outcome", outcome.toJson(job, 0).without("seconds"));
  }
}
