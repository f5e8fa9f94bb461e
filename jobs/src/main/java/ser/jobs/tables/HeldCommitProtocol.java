package ser.jobs.tables;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.internal.io.FileNameSpec;
import scala.Option;
import scala.collection.Seq;

/**
 * The commit protocol that is configured, but for its last step, which {@link HeldCommits} takes
 * later, and with the id of the run in the names of files. Spark makes it by its name.
 */
@SuppressWarnings("deprecation") // Spark's base class has them, and older callers.
public final class HeldCommitProtocol extends FileCommitProtocol implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Option of a write: class of the protocol that does the work. */
  static final String CONFIGURED = "ser.held.protocol";

  /** Option of a write: id of the run. */
  static final String RUN = "ser.held.run";

  /** Begins the names of columns that name folders and are copies of others; folders go without. */
  static final String COPY = "ser-folder-";

  private final String jobId;
  private final String path;
  private final boolean dynamic;

  // Each of Spark's protocols can be serialised, though their class does not say so.
  @SuppressWarnings("serial")
  private FileCommitProtocol configured;

  /** As {@link FileCommitProtocol#instantiate} calls it. */
  public HeldCommitProtocol(String jobId, String path, boolean dynamicPartitionOverwrite) {
    this.jobId = jobId;
    this.path = path;
    this.dynamic = dynamicPartitionOverwrite;
  }

  @Override
  public void setupJob(JobContext job) {
    Configuration options = job.getConfiguration();
    // All protocols make names of files of the job's id.
    configured =
        FileCommitProtocol.instantiate(
            options.get(CONFIGURED), options.get(RUN) + "-" + jobId, path, dynamic);
    configured.setupJob(job);
  }

  /** Nothing yet: the files stay invisible. */
  @Override
  public void commitJob(JobContext job, Seq<TaskCommitMessage> taskCommits) {}

  /** Of what Hadoop's file committer has pending only this run's: another run's stays. */
  @Override
  public void abortJob(JobContext job) {
    configured.abortJob(job);
    Configuration options = job.getConfiguration();
    Path pending =
        new Path(
            new Path(path, FileOutputCommitter.PENDING_DIR_NAME), options.get(HeldCommits.ATTEMPT));
    try {
      pending.getFileSystem(options).delete(pending, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + pending, e);
    }
  }

  @Override
  public void setupTask(TaskAttemptContext task) {
    configured.setupTask(task);
  }

  @Override
  public String newTaskTempFile(TaskAttemptContext task, Option<String> folder, String extension) {
    return configured.newTaskTempFile(task, named(folder), extension);
  }

  @Override
  public String newTaskTempFile(TaskAttemptContext task, Option<String> folder, FileNameSpec name) {
    return configured.newTaskTempFile(task, named(folder), name);
  }

  @Override
  public String newTaskTempFileAbsPath(TaskAttemptContext task, String folder, String extension) {
    return configured.newTaskTempFileAbsPath(task, folder, extension);
  }

  @Override
  public String newTaskTempFileAbsPath(TaskAttemptContext task, String folder, FileNameSpec name) {
    return configured.newTaskTempFileAbsPath(task, folder, name);
  }

  @Override
  public TaskCommitMessage commitTask(TaskAttemptContext task) {
    return configured.commitTask(task);
  }

  @Override
  public void abortTask(TaskAttemptContext task) {
    configured.abortTask(task);
  }

  @Override
  public boolean deleteWithJob(FileSystem storage, Path file, boolean recursive) {
    return configured.deleteWithJob(storage, file, recursive);
  }

  @Override
  public void onTaskCommit(TaskCommitMessage commit) {
    configured.onTaskCommit(commit);
  }

  /** Values have no slash: Spark writes %2F. */
  private static Option<String> named(Option<String> folder) {
    return folder.isDefined()
        ? Option.apply(folder.get().replaceAll("(^|/)" + COPY, "$1"))
        : folder;
  }
}
