package ser.jobs.tables;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import ser.jobs.storage.Storage;

/**
 * Takes the rows of some recordings out of a table: the files that hold any are to be let go, and
 * their other rows written again. Rows never travel between tasks for it, for those with arrays are
 * large: the recordings' names travel to the files instead, in batches that fit into memory.
 */
public final class RowRemoval {
  /**
   * In what is to go: the model whose rows go, of tables that have rows of models; null, or no such
   * column, for those of all.
   */
  public static final String OF_MODEL = "of_model";

  private static final String MODEL = "model_id";
  private static final String UNWANTED = "unwanted";

  /** About 10 MB of names. */
  private static final long MOST_NAMES = 100_000;

  private final List<String> files;
  private final long rows;
  private final List<Dataset<Row>> remainders;

  private RowRemoval(List<String> files, long rows, List<Dataset<Row>> remainders) {
    this.files = List.copyOf(files);
    this.rows = rows;
    this.remainders = List.copyOf(remainders);
  }

  /**
   * @param path of a file
   * @param rows in it
   * @param unwanted rows of recordings that are to go
   */
  private record Touched(String path, long rows, long unwanted) {}

  /** Nothing is to go. */
  public static RowRemoval none() {
    return new RowRemoval(List.of(), 0, List.of());
  }

  /**
   * @param files of the table
   * @param schema of the table
   * @param recordings that are to go: a column {@code recording}, each name once, and perhaps
   *     {@link #OF_MODEL}
   */
  public static RowRemoval of(
      SparkSession spark,
      Storage storage,
      List<String> files,
      StructType schema,
      Dataset<Row> recordings) {
    List<String> touched = new ArrayList<>();
    List<Dataset<Row>> remainders = new ArrayList<>();
    List<Touched> batch = new ArrayList<>();
    long names = 0;
    long rows = 0;
    StructType key = key(schema, recordings);
    for (Touched file : touched(spark, storage, files, key, recordings)) {
      touched.add(file.path());
      rows += file.unwanted();
      if (file.unwanted() < file.rows()) {
        if (!batch.isEmpty() && names + file.unwanted() > MOST_NAMES) {
          remainders.add(remainder(spark, batch, schema, recordings));
          batch.clear();
          names = 0;
        }
        batch.add(file);
        names += file.unwanted();
      }
    }
    if (!batch.isEmpty()) {
      remainders.add(remainder(spark, batch, schema, recordings));
    }
    return new RowRemoval(touched, rows, remainders);
  }

  /** Files that hold rows of the recordings. */
  public List<String> files() {
    return files;
  }

  /** How many rows are to go. */
  public long rows() {
    return rows;
  }

  /** The other rows of those files, in batches. */
  public List<Dataset<Row>> remainders() {
    return remainders;
  }

  private static List<Touched> touched(
      SparkSession spark,
      Storage storage,
      List<String> files,
      StructType key,
      Dataset<Row> recordings) {
    Map<String, String> byPath = new HashMap<>();
    files.forEach(file -> byPath.put(storage.absolute(file), file));
    Dataset<Row> unwanted = recordings.withColumnRenamed("recording", UNWANTED);
    List<Touched> touched = new ArrayList<>();
    TableFiles.read(spark, files, key)
        .withColumn("file", functions.input_file_name())
        .join(unwanted, goes(key), "left")
        .groupBy("file")
        .agg(functions.count("recording").as("rows"), functions.count(UNWANTED).as("going"))
        .where("going > 0")
        .orderBy("file")
        .collectAsList()
        .forEach(
            row -> {
              // Spark names files as URIs, with %20 for a space.
              String path = byPath.get(URI.create(row.getString(0)).getPath());
              touched.add(new Touched(path, row.getLong(1), row.getLong(2)));
            });
    return touched;
  }

  private static Dataset<Row> remainder(
      SparkSession spark, List<Touched> files, StructType schema, Dataset<Row> recordings) {
    List<String> paths = files.stream().map(Touched::path).toList();
    // Only names that stand in these files: the broadcast is as small as the batch.
    StructType key = key(schema, recordings);
    Dataset<Row> names =
        recordings
            .join(
                TableFiles.read(spark, paths, new StructType().add("recording", "string")),
                "recording",
                "left_semi")
            .withColumnRenamed("recording", UNWANTED);
    double full =
        files.stream().mapToDouble(file -> 1 - (double) file.unwanted() / file.rows()).sum();
    Dataset<Row> rows = TableFiles.read(spark, paths, schema);
    return rows.join(functions.broadcast(names), goes(key), "left_anti")
        .coalesce(Math.max(1, (int) Math.ceil(full)));
  }

  /** Columns that decide whether a row goes. */
  private static StructType key(StructType schema, Dataset<Row> recordings) {
    StructType name = new StructType().add("recording", "string");
    boolean byModel =
        List.of(schema.fieldNames()).contains(MODEL)
            && List.of(recordings.columns()).contains(OF_MODEL);
    return byModel ? name.add(MODEL, "string") : name;
  }

  private static Column goes(StructType key) {
    Column named = functions.col("recording").equalTo(functions.col(UNWANTED));
    return key.size() == 1
        ? named
        : named.and(
            functions
                .col(OF_MODEL)
                .isNull()
                .or(functions.col(OF_MODEL).equalTo(functions.col(MODEL))));
  }
}
