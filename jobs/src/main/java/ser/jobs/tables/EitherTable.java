package ser.jobs.tables;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that belong to one table or to the quarantine, made in one pass over the recordings and kept
 * on the executors' disks until both are written: no recording is read twice.
 */
public final class EitherTable implements AutoCloseable {
  private static final String ROW = "row";
  private static final String QUARANTINED = "quarantined";

  private final Dataset<Row> both;

  private EitherTable(Dataset<Row> both) {
    this.both = both;
  }

  /**
   * @param rows made by {@link #row} and {@link #quarantined}
   * @param schema of the table that is not the quarantine
   */
  public static EitherTable of(SparkSession spark, JavaRDD<Row> rows, StructType schema) {
    StructType either =
        new StructType().add(ROW, schema, true).add(QUARANTINED, QuarantineTable.SCHEMA, true);
    Dataset<Row> both = spark.createDataFrame(rows, either).persist(StorageLevel.DISK_ONLY());
    return new EitherTable(both);
  }

  public static Row row(Row row) {
    return RowFactory.create(row, null);
  }

  public static Row quarantined(Row row) {
    return RowFactory.create(null, row);
  }

  public Dataset<Row> rows() {
    return part(ROW);
  }

  public Dataset<Row> quarantine() {
    return part(QUARANTINED);
  }

  private Dataset<Row> part(String name) {
    return both.where(functions.col(name).isNotNull()).select(name + ".*");
  }

  @Override
  public void close() {
    both.unpersist();
  }
}
