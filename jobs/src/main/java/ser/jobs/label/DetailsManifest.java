package ser.jobs.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import ser.jobs.config.DetailSettings;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;

/**
 * A table of recordings for {@code ser score}: which channel of each is scored, and further columns
 * about it. It never comes to the driver.
 */
public final class DetailsManifest implements AutoCloseable {
  /** The recording's name, as a {@link ComparedName}. */
  public static final String RECORDING = "named";

  /** Its channel as text, null where the manifest says nothing. */
  public static final String CHANNEL = "named_channel";

  /** Texts of the further columns, in the order of {@link #columns}; null where there is none. */
  public static final String VALUES = "named_values";

  private static final String PATH = "path";
  private static final String ROW = ManifestFile.ROW;

  private final String manifest;
  private final List<String> columns;
  private final Dataset<Row> rows;

  private DetailsManifest(String manifest, List<String> columns, Dataset<Row> rows) {
    this.manifest = manifest;
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  /**
   * Reads and checks the whole manifest.
   *
   * @param inputs that its paths are relative to
   * @throws UserError if it has no column {@code path}, a column that the tables have already, no
   *     rows, a row without a path, or two of one recording that differ
   */
  public static DetailsManifest of(JobContext context, String manifest, List<String> inputs) {
    SparkSession spark = context.spark();
    context.describe("Read the manifest " + manifest);
    InputRoots roots = InputRoots.of(inputs, spark.sparkContext().hadoopConfiguration());
    Dataset<Row> written = ManifestFile.written(spark, manifest);
    List<String> columns = columns(manifest, written);
    Dataset<Row> rows =
        written.select(selected(written, columns, roots)).persist(StorageLevel.DISK_ONLY());
    try {
      requirePaths(manifest, rows);
      Dataset<Row> byRecording = byRecording(rows).persist(StorageLevel.DISK_ONLY());
      requireNoContradiction(manifest, byRecording);
      return new DetailsManifest(manifest, columns, byRecording);
    } catch (Exception e) {
      throw ManifestFile.malformed(manifest, e);
    } finally {
      rows.unpersist();
    }
  }

  /** Its columns beside path and channel, in lower case. */
  public List<String> columns() {
    return columns;
  }

  /** {@link #RECORDING}, each once, {@link #CHANNEL} and {@link #VALUES}. */
  public Dataset<Row> rows() {
    return rows.select(RECORDING, "low." + CHANNEL, "low." + VALUES);
  }

  /**
   * How many recordings it names, and how many of them are not there: for the result line.
   *
   * @param listed with a column {@code recording}
   */
  public Map<String, Object> facts(Dataset<Row> listed) {
    return AbsentRecordings.of(manifest, rows.select(RECORDING), listed.select("recording"))
        .facts();
  }

  @Override
  public void close() {
    rows.unpersist();
  }

  private static List<String> columns(String manifest, Dataset<Row> written) {
    List<String> names = new ArrayList<>();
    for (String name : written.columns()) {
      names.add(ManifestFile.normal(name));
    }
    if (!names.remove(PATH)) {
      throw new UserError(
          "Cannot read the manifest %s: its columns are %s, without 'path'. Name the recordings in a column of that name."
              .formatted(manifest, List.of(written.columns())));
    }
    names.remove(DetailSettings.CHANNEL);
    try {
      DetailSettings.requireColumns("it", names);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot use the manifest %s: %s. Give the column another name."
              .formatted(manifest, e.getMessage()),
          e);
    }
    return names;
  }

  private static Column[] selected(Dataset<Row> written, List<String> columns, InputRoots roots) {
    UDF1<String, String> name = path -> path == null ? "" : ComparedName.of(roots.nameOf(path));
    Column none = functions.lit(null).cast(DataTypes.StringType);
    Column channel = none;
    Column path = none;
    Column[] values = new Column[columns.size()];
    for (String column : written.columns()) {
      String normal = ManifestFile.normal(column);
      Column text = ManifestFile.column(written, column).cast(DataTypes.StringType);
      Column said = functions.trim(text);
      said = functions.when(said.notEqual(""), said);
      if (normal.equals(PATH)) {
        path = text;
      } else if (normal.equals(DetailSettings.CHANNEL)) {
        channel = said;
      } else {
        values[columns.indexOf(normal)] = said;
      }
    }
    return new Column[] {
      functions.monotonically_increasing_id().plus(ManifestFile.FIRST_ROW).as(ROW),
      functions.udf(name, DataTypes.StringType).apply(path).as(RECORDING),
      channel.as(CHANNEL),
      functions.array(values).cast("array<string>").as(VALUES)
    };
  }

  private static void requirePaths(String manifest, Dataset<Row> rows) {
    if (rows.isEmpty()) {
      throw new UserError(
          "Cannot use the manifest %s: it has no rows below its header. Check the file."
              .formatted(manifest));
    }
    for (Row first :
        rows.where(functions.trim(functions.col(RECORDING)).equalTo(""))
            .orderBy(ROW)
            .limit(1)
            .collectAsList()) {
      throw new UserError(
          "Cannot use the manifest %s: row %d has no path. Correct the row."
              .formatted(manifest, first.<Long>getAs(ROW)));
    }
  }

  /** The smallest and the largest row of each recording: equal, or there are two. */
  private static Dataset<Row> byRecording(Dataset<Row> rows) {
    Column said =
        functions.struct(functions.col(CHANNEL), functions.col(VALUES), functions.col(ROW));
    return rows.groupBy(RECORDING)
        .agg(functions.min(said).as("low"), functions.max(said).as("high"));
  }

  private static void requireNoContradiction(String manifest, Dataset<Row> byRecording) {
    Column same =
        functions
            .col("low." + CHANNEL)
            .eqNullSafe(functions.col("high." + CHANNEL))
            .and(functions.col("low." + VALUES).eqNullSafe(functions.col("high." + VALUES)));
    Column one = functions.col("low." + ROW);
    Column other = functions.col("high." + ROW);
    for (Row first :
        byRecording
            .where(functions.not(same))
            .select(
                functions.col(RECORDING),
                functions.least(one, other).as("one"),
                functions.greatest(one, other).as("other"))
            .orderBy("one")
            .limit(1)
            .collectAsList()) {
      throw new UserError(
          "Cannot use the manifest %s: rows %d and %d both name '%s' and say different things. Keep one of them."
              .formatted(
                  manifest,
                  first.<Long>getAs("one"),
                  first.<Long>getAs("other"),
                  first.<String>getAs(RECORDING)));
    }
  }
}
