package ser.jobs.extract;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import ser.features.spec.FeatureSpec;
import ser.jobs.tables.FeatureTable;

/**
 * What the tasks have made of the recordings: rows of features and of the quarantine, made in one
 * pass and kept on the executors' disks until they are written, so that no recording is read twice;
 * and an index of them without arrays, which answers all questions.
 */
final class ExtractedRows implements AutoCloseable {
  /**
   * One row per row of either table: its task, what tells its audio (of originals, and of what has
   * no label), its size in memory, and why it is no row of features, if it is not.
   */
  static final StructType INDEX =
      new StructType()
          .add("task", DataTypes.IntegerType, false)
          .add("recording", DataTypes.StringType, false)
          .add("audio_sha256", DataTypes.StringType, true)
          .add("labelled", DataTypes.BooleanType, false)
          .add("bytes", DataTypes.LongType, false)
          .add("duration_s", DataTypes.DoubleType, true)
          .add("size_bytes", DataTypes.LongType, false)
          .add("source_modified", DataTypes.TimestampType, false)
          .add("reason", DataTypes.StringType, true)
          .add("detail", DataTypes.StringType, true);

  private final JavaRDD<Row> either;
  private final Dataset<Row> index;

  private ExtractedRows(JavaRDD<Row> either, Dataset<Row> index) {
    this.either = either;
    this.index = index;
  }

  /**
   * @param rows made by {@link #features} and {@link #quarantined}
   */
  static ExtractedRows of(SparkSession spark, JavaRDD<Row> rows, FeatureSpec spec) {
    JavaRDD<Row> either = rows.persist(StorageLevel.DISK_ONLY());
    RowIndexer indexer = new RowIndexer(FeatureTable.schema(spec));
    JavaRDD<Row> indexed =
        either.mapPartitionsWithIndex(
            (task, made) -> stream(made).map(row -> indexer.index(task, row)).iterator(), true);
    return new ExtractedRows(
        either, spark.createDataFrame(indexed, INDEX).persist(StorageLevel.MEMORY_AND_DISK()));
  }

  static Row features(Row row) {
    return RowFactory.create(row, null, null);
  }

  /**
   * @param audioSha256 of a recording that could be read; null of others
   */
  static Row quarantined(Row row, String audioSha256) {
    return RowFactory.create(null, row, audioSha256);
  }

  /** Rows of {@link #INDEX}. */
  Dataset<Row> index() {
    return index;
  }

  /**
   * The rows of features, one partition per task.
   *
   * @param dropped recordings whose rows are left out: a column {@code recording}; their names
   *     travel to the tasks that made the rows
   */
  JavaRDD<Row> rowsWithout(Dataset<Row> dropped) {
    JavaRDD<String> names =
        index
            .where("reason IS NULL")
            .select("recording", "task")
            .join(dropped, "recording", "left_semi")
            .distinct()
            .javaRDD()
            .mapToPair(row -> new Tuple2<>(row.getInt(1), row.getString(0)))
            .partitionBy(new HashPartitioner(either.getNumPartitions()))
            .values();
    return either.zipPartitions(names, ExtractedRows::without);
  }

  /** All rows of features, one partition per task. */
  JavaRDD<Row> rows() {
    return either.mapPartitions(rows -> features(stream(rows)).iterator(), true);
  }

  @Override
  public void close() {
    index.unpersist();
    either.unpersist();
  }

  private static Iterator<Row> without(Iterator<Row> rows, Iterator<String> dropped) {
    Set<String> names = new HashSet<>();
    dropped.forEachRemaining(names::add);
    return features(stream(rows)).filter(row -> !names.contains(row.getString(0))).iterator();
  }

  private static Stream<Row> features(Stream<Row> either) {
    return either.filter(row -> !row.isNullAt(0)).map(row -> row.getStruct(0));
  }

  private static Stream<Row> stream(Iterator<Row> rows) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false);
  }
}
