package ser.jobs.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitterFactory;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import ser.jobs.storage.AtOnce;
import ser.jobs.storage.RunOutput;

/**
 * Tables that become visible together: each is written when it is computed, and the committers'
 * last step is taken for all of them at the end. On S3 that is the request that completes an
 * upload, elsewhere a renaming, so it takes no longer for much data than for little. Readers of the
 * plain folders see no table that lacks its companions, but for that moment.
 *
 * <p>All tables of an output are written by this class, for it puts the id of the run into the
 * names of files: by that {@link RunOutput#written} tells them from those of a run that has lost
 * its lock. A name is made by the task that writes, whatever a committer does with the file later,
 * so it is as good on a disk as with S3A's uploads; a listing before and after a commit would take
 * for the run's own what another one commits between the two.
 *
 * <p>If the driver dies in between, the files of its tasks stay invisible, and the next run removes
 * them.
 */
public final class HeldCommits {
  private static final String PROTOCOL = "spark.sql.sources.commitProtocolClass";

  /** The magic committer finds a job's pending uploads by it, whoever commits them. */
  private static final String S3A_JOB = "fs.s3a.committer.uuid";

  /**
   * Hadoop's file committer keeps pending files in {@code _temporary/ATTEMPT} and publishes all
   * that is in there, so it must not be the folder of another run that works on the same table.
   */
  static final String ATTEMPT = "mapreduce.job.application.attempt.id";

  /** Hadoop's file committer would delete all of {@code _temporary} when a write is aborted. */
  private static final String NO_CLEANUP = "mapreduce.fileoutputcommitter.cleanup.skipped";

  private final SparkSession spark;
  private final RunOutput output;
  private final String id = UUID.randomUUID().toString();
  private final int attempt = id.hashCode() & Integer.MAX_VALUE;
  private final Set<String> folders = new LinkedHashSet<>();

  /**
   * @param output of the run that writes
   */
  public HeldCommits(SparkSession spark, RunOutput output) {
    this.spark = spark;
    this.output = output;
  }

  /**
   * Appends rows to a table as Parquet, not visible yet: one file per partition that has any. Spark
   * takes the columns that it partitions by out of the files; here they stay, because not every
   * reader looks at folders. So Spark is given copies of them under other names, which the folders
   * lose.
   *
   * @param partitionBy columns whose values name folders in it ({@code date=2026-01-31/}), the
   *     outermost first; none for no folders
   */
  public void write(Dataset<Row> rows, String table, List<String> partitionBy) {
    Dataset<Row> copied = rows;
    for (String column : partitionBy) {
      copied = copied.withColumn(HeldCommitProtocol.COPY + column, functions.col(column));
    }
    save(
        copied
            .write()
            .format("parquet")
            .partitionBy(
                partitionBy.stream().map(HeldCommitProtocol.COPY::concat).toArray(String[]::new)),
        table);
  }

  /** The same for rows that have their format and its options already. */
  public void save(DataFrameWriter<Row> rows, String table) {
    String folder = output.table(table);
    String configured = spark.sessionState().conf().fileCommitProtocolClass();
    // Spark takes the class from the session alone.
    spark.conf().set(PROTOCOL, HeldCommitProtocol.class.getName());
    try {
      rows.mode(SaveMode.Append)
          .option(HeldCommitProtocol.CONFIGURED, configured)
          .option(HeldCommitProtocol.RUN, output.runId())
          .option(S3A_JOB, id)
          .option(ATTEMPT, attempt)
          .option(NO_CLEANUP, true)
          .save(folder);
    } finally {
      spark.conf().set(PROTOCOL, configured);
    }
    folders.add(folder);
  }

  /**
   * Makes all that was written visible, all folders at once: one after the other, the last would be
   * seen a dozen requests a folder after the first.
   *
   * @throws IllegalStateException if another run has taken the output over; nothing is visible then
   */
  public void commit() {
    output.requireHeld();
    AtOnce.forEach(folders, this::commit);
  }

  private void commit(String folder) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    hadoop.set(S3A_JOB, id);
    hadoop.setInt(ATTEMPT, attempt);
    TaskAttemptContext job = new TaskAttemptContextImpl(hadoop, new TaskAttemptID());
    try {
      PathOutputCommitterFactory.createCommitter(new Path(folder), job).commitJob(job);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot commit the table in " + folder, e);
    }
  }
}
