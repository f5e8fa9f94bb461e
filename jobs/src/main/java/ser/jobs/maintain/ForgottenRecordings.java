package ser.jobs.maintain;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import ser.jobs.config.ForgetConfig;
import ser.jobs.error.UserError;
import ser.jobs.storage.RunId;
import ser.jobs.tables.CallTable;
import ser.jobs.tables.QuarantineTable;

/**
 * Which recordings of an output are to be forgotten: those that are asked for, and the quarantined
 * copies of them, whose rows name them.
 */
final class ForgottenRecordings implements AutoCloseable {
  private static final StructType NAME = new StructType().add("recording", DataTypes.StringType);
  private static final StructType AGE = NAME.add("old", DataTypes.BooleanType);
  private static final StructType MATCH = NAME.add("pattern", DataTypes.IntegerType);

  private final Dataset<Row> names;
  private final long count;

  private ForgottenRecordings(Dataset<Row> names) {
    this.names = names.persist(StorageLevel.MEMORY_AND_DISK());
    this.count = this.names.count();
  }

  /**
   * @throws UserError if a pattern matches no recording
   */
  static ForgottenRecordings among(
      SparkSession spark, List<StoredTable> tables, ForgetConfig config) {
    Dataset<Row> asked = spark.createDataFrame(List.<Row>of(), NAME);
    for (StoredTable table : tables) {
      asked = asked.union(table.rows(spark).select("recording"));
    }
    asked = asked.distinct();
    if (!config.recordings().isEmpty()) {
      asked = matching(spark, asked, config);
    }
    if (config.before().isPresent()) {
      asked = asked.join(older(spark, tables, config.before().get()), "recording", "left_semi");
    }
    return new ForgottenRecordings(withCopies(spark, asked, tables));
  }

  /** A column {@code recording}, each name once. */
  Dataset<Row> names() {
    return names;
  }

  long count() {
    return count;
  }

  @Override
  public void close() {
    names.unpersist();
  }

  private static Dataset<Row> matching(SparkSession spark, Dataset<Row> all, ForgetConfig config) {
    List<String> texts = config.recordings();
    Set<String> exact = new HashSet<>();
    all.where(functions.col("recording").isin(texts.toArray()))
        .collectAsList()
        .forEach(row -> exact.add(row.getString(0)));
    // An array list: tasks get it.
    List<RecordingPattern> patterns = new ArrayList<>();
    for (String text : texts) {
      patterns.add(
          exact.contains(text) ? RecordingPattern.name(text) : RecordingPattern.glob(text));
    }
    Dataset<Row> matches =
        spark.createDataFrame(
            all.javaRDD()
                .flatMap(
                    row ->
                        IntStream.range(0, patterns.size())
                            .filter(i -> patterns.get(i).matches(row.getString(0)))
                            .mapToObj(i -> RowFactory.create(row.getString(0), i))
                            .iterator()),
            MATCH);
    Set<Integer> found = new HashSet<>();
    matches.select("pattern").distinct().collectAsList().forEach(row -> found.add(row.getInt(0)));
    Optional<RecordingPattern> idle =
        IntStream.range(0, patterns.size())
            .filter(i -> !found.contains(i))
            .mapToObj(patterns::get)
            .findFirst();
    if (idle.isPresent()) {
      throw new UserError(
          "Cannot forget '%s' in %s: no recording is called so, and nothing was removed. Names are those of the column 'recording', from the input's root on."
              .formatted(idle.get(), config.output()));
    }
    return matches.select("recording").distinct();
  }

  /**
   * Recordings none of whose rows is of that time or later. Of scored recordings the time of their
   * scoring counts, in quarantine that of the run which its id begins with; of extracted ones that
   * of the recording's file.
   */
  private static Dataset<Row> older(SparkSession spark, List<StoredTable> tables, Instant before) {
    boolean scored = tables.stream().anyMatch(table -> table.name().equals(CallTable.NAME));
    Dataset<Row> rows = spark.createDataFrame(List.<Row>of(), AGE);
    for (StoredTable table : tables) {
      String column = scored ? "scored_at" : "source_modified";
      boolean byRun = scored && table.name().equals(QuarantineTable.NAME);
      if (byRun || table.has(column)) {
        Column old =
            byRun
                ? functions.col("run_id").lt(RunId.of(before))
                : functions.col(column).lt(Timestamp.from(before));
        rows = rows.union(table.rows(spark).select(functions.col("recording"), old.as("old")));
      }
    }
    return rows.groupBy("recording")
        .agg(functions.bool_and(functions.col("old")).as("old"))
        .where("old")
        .select("recording");
  }

  private static Dataset<Row> withCopies(
      SparkSession spark, Dataset<Row> asked, List<StoredTable> tables) {
    Dataset<Row> all = asked;
    for (StoredTable table : tables) {
      if (table.has("duplicate_of")) {
        Dataset<Row> forgotten = asked.withColumnRenamed("recording", "duplicate_of");
        all =
            all.union(
                table.rows(spark).join(forgotten, "duplicate_of", "left_semi").select("recording"));
      }
    }
    return all.distinct();
  }
}
