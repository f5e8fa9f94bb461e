package ser.jobs.score;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import ser.jobs.run.JobContext;
import ser.jobs.run.PendingRecordings;
import ser.jobs.run.TableUpdate;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.CallTable;
import ser.jobs.tables.HeldCommits;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.SegmentTable;
import ser.jobs.tables.TableFiles;
import ser.jobs.tables.WindowTable;
import ser.model.Emotion;

/**
 * Writes what a run has scored into its tables, in place of what they said of its recordings.
 *
 * @param labels of the model
 * @param pending whose old rows are let go
 * @param details further columns, and which of them name folders
 */
record ScoreTables(
    JobContext context,
    List<Emotion> labels,
    RunOutput output,
    PendingRecordings pending,
    RecordingDetails details) {
  /** Rows of windows that make a file of about 128 MB. */
  private static final long WINDOWS_OF_A_FILE = 2_000_000;

  /**
   * @return what makes the tables visible
   */
  HeldCommits write(ScoredRows scored, SummedRows summed) {
    HeldCommits commits = new HeldCommits(context.spark(), output);
    // Without a shuffle, and an hourly run adds one file to each table.
    int files = (int) (1 + scored.totals().windows() / WINDOWS_OF_A_FILE);
    context.describe("Write the windows");
    writeDetailed(commits, WindowTable.NAME, WindowTable.schema(labels), scored.windows(), files);
    context.describe("Join windows to segments");
    writeDetailed(commits, SegmentTable.NAME, SegmentTable.SCHEMA, summed.segments(), files);
    context.describe("Sum up calls");
    writeDetailed(commits, CallTable.NAME, CallTable.schema(labels), summed.calls(), files);
    context.describe("Write the quarantine");
    write(
        commits,
        QuarantineTable.NAME,
        QuarantineTable.SCHEMA,
        scored.quarantine().coalesce(1),
        List.of());
    return commits;
  }

  /** With what is known of each recording. */
  private void writeDetailed(
      HeldCommits commits, String table, StructType schema, Dataset<Row> fresh, int files) {
    StructType all = details.to(schema);
    if (!details.partitionBy().isEmpty() && output.before(table).isEmpty()) {
      // Without rows there are no folders; a file without rows tells readers the columns.
      commits.write(context.spark().createDataFrame(List.<Row>of(), all), table, List.of());
    }
    write(commits, table, all, details.to(fresh).coalesce(files), details.partitionBy());
  }

  private void write(
      HeldCommits commits,
      String table,
      StructType schema,
      Dataset<Row> fresh,
      List<String> partitionBy) {
    for (Dataset<Row> rows :
        new TableUpdate(context, output, pending)
            .writes(table, withOlder(table, schema), Optional.of(fresh))) {
      commits.write(rows, table, partitionBy);
    }
  }

  /** Models with other labels have left columns of their own, which must not be lost. */
  private StructType withOlder(String table, StructType schema) {
    List<String> before = output.before(table);
    if (pending.storedCount() == 0 || before.isEmpty()) {
      return schema;
    }
    StructType all = schema;
    for (StructField field : TableFiles.readMerged(context.spark(), before).schema().fields()) {
      if (all.getFieldIndex(field.name()).isEmpty()) {
        all = all.add(field);
      }
    }
    return all;
  }
}
