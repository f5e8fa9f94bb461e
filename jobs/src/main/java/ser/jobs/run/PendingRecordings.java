package ser.jobs.run;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import ser.jobs.listing.Listing;
import ser.jobs.tables.RowRemoval;

/** The recordings that a run has to read; the tables keep what they say of all others. */
public final class PendingRecordings implements AutoCloseable {
  /** Whether the tables have rows of it, which this run replaces. */
  public static final String STORED = "stored";

  /** The model whose rows alone are replaced, as {@link RowRemoval#OF_MODEL} has it. */
  public static final String OF_MODEL = RowRemoval.OF_MODEL;

  private final Dataset<Row> rows;
  private final long count;
  private final long stored;
  private final long bytes;

  /**
   * @param rows of {@link #columns}, kept until this is closed
   */
  public PendingRecordings(Dataset<Row> rows) {
    this.rows = rows.persist(StorageLevel.MEMORY_AND_DISK());
    Row counts =
        this.rows
            .agg(
                functions.count(functions.lit(1)),
                functions.count_if(functions.col(STORED)),
                functions.coalesce(functions.sum("source_bytes"), functions.lit(0L)))
            .first();
    this.count = counts.getLong(0);
    this.stored = counts.getLong(1);
    this.bytes = counts.getLong(2);
  }

  /**
   * All of a listing, of which the tables have nothing.
   *
   * @param listing rows of {@link Listing#SCHEMA}
   */
  public static PendingRecordings allNew(Dataset<Row> listing) {
    return new PendingRecordings(
        listing
            .withColumn(STORED, functions.lit(false))
            .withColumn(OF_MODEL, functions.lit(null).cast(DataTypes.StringType)));
  }

  /** Those of {@link Listing#SCHEMA}, {@link #STORED} and {@link #OF_MODEL}. */
  public static Column[] columns() {
    List<Column> columns = new ArrayList<>();
    for (String name : Listing.SCHEMA.fieldNames()) {
      columns.add(functions.col(name));
    }
    columns.add(functions.col(STORED));
    columns.add(functions.col(OF_MODEL));
    return columns.toArray(Column[]::new);
  }

  /** Rows of {@link #columns}. */
  public Dataset<Row> rows() {
    return rows;
  }

  public long count() {
    return count;
  }

  /** Of their files. */
  public long bytes() {
    return bytes;
  }

  /** How many of them the tables have rows of. */
  public long storedCount() {
    return stored;
  }

  /** Columns {@code recording} and {@link #OF_MODEL} of those that the tables have rows of. */
  public Dataset<Row> stored() {
    return rows.where(functions.col(STORED)).select("recording", OF_MODEL);
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
