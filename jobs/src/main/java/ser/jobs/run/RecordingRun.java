package ser.jobs.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.RecordingSource;
import ser.jobs.listing.Listing;
import ser.jobs.listing.TaskPlan;
import ser.jobs.storage.PastSpeed;
import ser.jobs.storage.RecordingWalk;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.TableFiles;

/**
 * What the jobs that read recordings have in common: how those are listed and divided, what is said
 * of them beforehand, how their quarantine is counted against the limit, and what their record
 * says.
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
   * Begins to list; a wrong input shows here, and an output in one.
   *
   * @param tables of the job
   */
  public RecordingWalk walk(JobContext context, List<String> tables) {
    RecordingWalk walk = RecordingWalk.open(context.storage(), source.inputs());
    try {
      walk.requireOutside(context.storage(), output, tables);
      return walk;
    } catch (RuntimeException e) {
      walk.close();
      throw e;
    }
  }

  /** Lists to the end, into the run's work folder. */
  public Listing listing(
      JobContext context,
      RecordingWalk walk,
      RunOutput run,
      Broadcast<SerializableConfiguration> hadoop) {
    context.describe("List the recordings");
    Listing listing =
        Listing.of(
            context.spark(),
            context.storage(),
            walk,
            source.inputs().size(),
            run.work() + "/listing",
            hadoop);
    LOG.info("{} recordings stand in {}", listing.recordings(), source.inputs());
    walk.passedOver().ifPresent(LOG::info);
    return listing;
  }

  /**
   * Divides recordings among tasks.
   *
   * @param recordings rows of {@link Listing#SCHEMA}, or longer ones
   */
  public TaskPlan plan(JobContext context, Dataset<Row> recordings) {
    context.describe("Divide the recordings among tasks");
    TaskPlan plan = TaskPlan.of(recordings, packing(context));
    LOG.info(
        "{} recordings of {} bytes make {} tasks", plan.recordings(), plan.bytes(), plan.tasks());
    return plan;
  }

  /** How large its tasks are. */
  public TaskPlan.Packing packing(JobContext context) {
    return new TaskPlan.Packing(source.taskBytes(), source.partitions(), context.slots());
  }

  /**
   * What was done.
   *
   * @param recordings that were found
   * @param tried of them
   * @param quarantined by this run
   * @param vanished of them before they were read
   * @param more facts of the job
   */
  public JobOutcome done(
      RunOutput run,
      long recordings,
      long tried,
      QuarantineTable.Counts quarantined,
      long vanished,
      Map<String, Object> more) {
    if (quarantined.all() > 0) {
      LOG.warn("Quarantined: {}", quarantined);
    }
    if (vanished > 0) {
      LOG.warn("{} recordings were listed and gone when they were to be read", vanished);
    }
    double failedShare = (double) (quarantined.failed() + vanished) / tried;
    boolean tooMany = failedShare > source.maxFailedShare();
    if (tooMany) {
      LOG.error(
          "{} of the {} recordings that were tried failed, more than ser.{}.max-failed-share = {};"
              + " {}/quarantine says why, or the log",
          failedShare,
          tried,
          job,
          source.maxFailedShare(),
          output);
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("run_id", run.runId());
    facts.putAll(facts(recordings, quarantined.all(), more));
    facts.put("vanished", vanished);
    return new JobOutcome(
        tooMany ? JobOutcome.Status.TOO_MANY_FAILED : JobOutcome.Status.DONE, facts);
  }

  /** That nothing was to be done. Such a run leaves no record, so it has no id to look for. */
  public JobOutcome nothing(long recordings, Map<String, Object> more) {
    Map<String, Object> facts = facts(recordings, 0, more);
    facts.put("vanished", 0);
    return new JobOutcome(JobOutcome.Status.DONE, facts);
  }

  private Map<String, Object> facts(long recordings, long quarantined, Map<String, Object> more) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", recordings);
    facts.put("quarantined", quarantined);
    facts.putAll(more);
    facts.put("output", output);
    return facts;
  }

  /** The quarantine that a run has written, without older rows that moved into its files. */
  public static Dataset<Row> quarantine(JobContext context, RunOutput run) {
    return TableFiles.read(
            context.spark(), run.written(QuarantineTable.NAME), QuarantineTable.SCHEMA)
        .where(functions.col("run_id").equalTo(run.runId()));
  }

  /** What the run's record says beside its files. */
  public ObjectNode record(JobContext context, JobOutcome outcome) {
    return new ObjectMapper()
        .createObjectNode()
        .put("configuration", context.configuration())
        .put(PastSpeed.SLOTS, context.slots())
        .set("outcome", outcome.toJson(job, 0).without("seconds"));
  }
}
