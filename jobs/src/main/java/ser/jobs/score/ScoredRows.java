package ser.jobs.score;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import ser.jobs.score.report.HeardSums;
import ser.jobs.tables.QuarantineTable;

/**
 * Windows, rows of the quarantine and what tasks have heard, made in one pass over the recordings
 * and kept on the executors' disks until all tables are written: no recording is read twice.
 */
final class ScoredRows implements AutoCloseable {
  private static final String WINDOW = "window";
  private static final String QUARANTINED = "quarantined";
  private static final String HEARD = "heard";

  private final Dataset<Row> both;
  private final Totals totals;

  private ScoredRows(Dataset<Row> both) {
    this.both = both;
    Row sums =
        windows()
            .groupBy("recording", "channel")
            .agg(functions.max("end_s").as("duration_s"), functions.count("start_s").as("windows"))
            .agg(
                functions.count("duration_s"),
                functions.coalesce(functions.sum("windows"), functions.lit(0L)),
                functions.coalesce(functions.sum("duration_s"), functions.lit(0.0)))
            .first();
    this.totals = new Totals(sums.getLong(0), sums.getLong(1), sums.getDouble(2));
  }

  /**
   * @param calls recordings and channels
   * @param audioSeconds of them
   */
  record Totals(long calls, long windows, double audioSeconds) {
    static final Totals NONE = new Totals(0, 0, 0);
  }

  /**
   * Scores.
   *
   * @param rows made by {@link #window}, {@link #quarantined} and {@link #heard(HeardSums)}
   * @param schema of windows
   */
  static ScoredRows of(SparkSession spark, JavaRDD<Row> rows, StructType schema) {
    StructType either =
        new StructType()
            .add(WINDOW, schema, true)
            .add(QUARANTINED, QuarantineTable.SCHEMA, true)
            .add(HEARD, HeardSums.SCHEMA, true);
    Dataset<Row> both = spark.createDataFrame(rows, either).persist(StorageLevel.DISK_ONLY());
    return new ScoredRows(both);
  }

  static Row window(Row row) {
    return RowFactory.create(row, null, null);
  }

  static Row quarantined(Row row) {
    return RowFactory.create(null, row, null);
  }

  static Row heard(HeardSums sums) {
    return RowFactory.create(null, null, sums.toRow());
  }

  Dataset<Row> windows() {
    return part(WINDOW);
  }

  Dataset<Row> quarantine() {
    return part(QUARANTINED);
  }

  /** One row of each task. */
  Dataset<Row> heard() {
    return part(HEARD);
  }

  Totals totals() {
    return totals;
  }

  private Dataset<Row> part(String name) {
    return both.where(functions.col(name).isNotNull()).select(name + ".*");
  }

  @Override
  public void close() {
    both.unpersist();
  }
}
