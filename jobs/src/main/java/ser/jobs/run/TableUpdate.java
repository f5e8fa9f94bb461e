package ser.jobs.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.RowRemoval;

/**
 * Puts what a run has made into its tables, in place of what they said of its recordings.
 *
 * @param pending whose old rows are let go
 */
public record TableUpdate(JobContext context, RunOutput output, PendingRecordings pending) {
  /**
   * Lets the files of a table go that hold rows of the same recordings.
   *
   * @param schema of the table
   * @param fresh rows of this run; columns that only older rows have may be missing
   * @return what is to be written: those, and the other rows of the files
   */
  public List<Dataset<Row>> writes(String table, StructType schema, Optional<Dataset<Row>> fresh) {
    List<String> before = output.before(table);
    RowRemoval removal =
        pending.storedCount() == 0
            ? RowRemoval.none()
            : RowRemoval.of(context.spark(), context.storage(), before, schema, pending.stored());
    output.remove(table, removal.files());
    // The last batch of old rows is committed together with the new ones: readers of the plain
    // folder see both versions for a moment only.
    List<Dataset<Row>> writes = new ArrayList<>(removal.remainders());
    fresh.ifPresent(
        rows ->
            writes.add(
                writes.isEmpty()
                    ? rows
                    : rows.unionByName(writes.remove(writes.size() - 1), true)));
    if (writes.isEmpty() && before.size() == removal.files().size()) {
      // A file without rows tells readers the columns.
      writes.add(context.spark().createDataFrame(List.<Row>of(), schema));
    }
    return writes;
  }
}
