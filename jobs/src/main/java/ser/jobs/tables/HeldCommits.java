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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import ser.jobs.storage.AtOnce;

/**
 * Tables that become visible together: each is written when it is computed, and the committers'
 * last step is taken for all of them at the end. On S3 that is the request that completes an
 * upload, elsewhere a renaming, so it takes no longer for much data than for little. Readers of the
 * plain folders see no table that lacks its companions, but for that moment.
 *
 * <p>If the driver dies in between, the files of its tasks stay invisible, and the next run removes
 * them.
 */
public final class HeldCommits {
  private static final String PROTOCOL = "spark.sql.sources.commitProtocolClass";

  /** The magic committer finds a job's pending uploads by it, whoever commits them. */
  private static final String S3A_JOB = "fs.s3a.committer.uuid";

  private final SparkSession spark;
  private final String id = UUID.randomUUID().toString();
  private final Set<String> folders = new LinkedHashSet<>();

  public HeldCommits(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Appends rows to a table's folder as {@link TableFiles#write} does, not visible yet. Spark takes
   * the columns that it partitions by out of the files; here they stay, because not every reader
   * looks at folders. So Spark is given copies of them under other names, which the folders lose.
   *
   * @param partitionBy columns whose values name folders in it ({@code date=2026-01-31/}), the
   *     outermost first; none for no folders
   */
  public void write(Dataset<Row> rows, String folder, List<String> partitionBy) {
    Dataset<Row> copied = rows;
    for (String column : partitionBy) {
      copied = copied.withColumn(HeldCommitProtocol.COPY + column, functions.col(column));
    }
    String configured = spark.sessionState().conf().fileCommitProtocolClass();
    // Spark takes the class from the session alone.
    spark.conf().set(PROTOCOL, HeldCommitProtocol.class.getName());
    try {
      copied
          .write()
          .mode(SaveMode.Append)
          .partitionBy(
              partitionBy.stream().map(HeldCommitProtocol.COPY::concat).toArray(String[]::new))
          .option(HeldCommitProtocol.CONFIGURED, configured)
          .option(S3A_JOB, id)
          .parquet(folder);
    } finally {
      spark.conf().set(PROTOCOL, configured);
    }
    folders.add(folder);
  }

  /**
   * Makes all that was written visible, all folders at once: one after the other, the last would be
   * seen a dozen requests a folder after the first.
   */
  public void commit() {
    AtOnce.forEach(folders, this::commit);
  }

  private void commit(String folder) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    hadoop.set(S3A_JOB, id);
    TaskAttemptContext job = new TaskAttemptContextImpl(hadoop, new TaskAttemptID());
    try {
      PathOutputCommitterFactory.createCommitter(new Path(folder), job).commitJob(job);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot commit the table in " + folder, e);
    }
  }
}
