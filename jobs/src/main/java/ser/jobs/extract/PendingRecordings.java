package ser.jobs.extract;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import ser.features.audio.RejectionReason;
import ser.jobs.listing.Listing;

/**
 * The recordings that a run has to read: new ones, those whose size or time differs from what the
 * tables say, and copies of those, for their original may not be what it was. All others are left
 * alone.
 */
final class PendingRecordings implements AutoCloseable {
  /** Whether the tables have rows of it, which this run replaces. */
  private static final String STORED = "stored";

  private final Dataset<Row> rows;
  private final long count;
  private final long stored;

  private PendingRecordings(Dataset<Row> rows) {
    this.rows = rows.persist(StorageLevel.MEMORY_AND_DISK());
    Row counts =
        this.rows
            .agg(functions.count(functions.lit(1)), functions.count_if(functions.col(STORED)))
            .first();
    this.count = counts.getLong(0);
    this.stored = counts.getLong(1);
  }

  /** What the quarantine is to this run. */
  enum Quarantined {
    /** Unchanged recordings in it stay there. */
    KEPT,
    /** All that stand in it are tried again. */
    TRIED_AGAIN
  }

  static PendingRecordings among(Listing listing, StoredRecordings stored, Quarantined again) {
    if (stored.isEmpty()) {
      return new PendingRecordings(listing.rows().withColumn(STORED, functions.lit(false)));
    }
    Dataset<Row> known = stored.recordings();
    Column same =
        functions
            .col("source_bytes")
            .equalTo(functions.col(StoredRecordings.BYTES))
            .and(
                functions.col("source_modified").equalTo(functions.col(StoredRecordings.MODIFIED)));
    Column left =
        again == Quarantined.TRIED_AGAIN
            ? same.and(functions.col(StoredRecordings.REASON).isNull())
            : same;
    Dataset<Row> compared =
        listing
            .rows()
            .join(
                known, functions.col("recording").equalTo(known.col(StoredRecordings.NAME)), "left")
            .withColumn(STORED, functions.col(StoredRecordings.NAME).isNotNull())
            // Null, without stored values, is not the same either.
            .withColumn("left_alone", functions.coalesce(left, functions.lit(false)));
    PendingRecordings changed =
        new PendingRecordings(compared.where("NOT left_alone").select(columns()));
    if (changed.stored == 0 || again == Quarantined.TRIED_AGAIN) {
      return changed;
    }
    Dataset<Row> replaced = changed.stored().withColumnRenamed("recording", "original");
    Dataset<Row> copies =
        compared
            .where("left_alone")
            .where(functions.col(StoredRecordings.REASON).equalTo(RejectionReason.DUPLICATE.code()))
            .join(
                replaced,
                functions.col(StoredRecordings.DUPLICATE_OF).equalTo(replaced.col("original")),
                "left_semi")
            .select(columns());
    PendingRecordings all = new PendingRecordings(changed.rows.union(copies));
    changed.close();
    return all;
  }

  /** Rows of {@link Listing#SCHEMA}, with a column more. */
  Dataset<Row> rows() {
    return rows;
  }

  long count() {
    return count;
  }

  /** How many of them the tables have rows of. */
  long storedCount() {
    return stored;
  }

  /** Column {@code recording} of those that the tables have rows of. */
  Dataset<Row> stored() {
    return rows.where(functions.col(STORED)).select("recording");
  }

  @Override
  public void close() {
    rows.unpersist();
  }

  private static Column[] columns() {
    List<Column> columns = new ArrayList<>();
    for (String name : Listing.SCHEMA.fieldNames()) {
      columns.add(functions.col(name));
    }
    columns.add(functions.col(STORED));
    return columns.toArray(Column[]::new);
  }
}
