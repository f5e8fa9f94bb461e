package ser.jobs.label;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import ser.jobs.error.UserError;
import ser.jobs.error.UserErrors;
import ser.jobs.storage.StorageFault;
import ser.jobs.tables.SparkPaths;
import ser.model.corpus.Manifest;

/**
 * The manifest as it was written: a CSV file (RFC 4180, UTF-8, header row) or Parquet, told apart
 * by their first bytes; a folder is Parquet.
 */
final class ManifestFile {
  /** Number of the row; of one CSV file the one that a text editor shows, with the header as 1. */
  static final String ROW = "row";

  static final int FIRST_ROW = 2;
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** A quote that is never closed swallows no more than this. */
  private static final String MOST_CHARACTERS = "65536";

  private static final Map<String, String> RFC_4180 =
      Map.of(
          "header", "true",
          "encoding", "UTF-8",
          "quote", "\"",
          "escape", "\"",
          // Values may have line breaks in quotes. It also keeps one file in one task, so that rows
          // can be numbered.
          "multiLine", "true",
          "mode", "FAILFAST",
          "maxCharsPerColumn", MOST_CHARACTERS);

  private ManifestFile() {}

  /**
   * @return {@link #ROW} and all of {@link Manifest#COLUMNS} as text, null where it says nothing;
   *     not read yet
   * @throws UserError if it is not there, or its columns are not those of a manifest
   */
  static Dataset<Row> read(SparkSession spark, String manifest) {
    Dataset<Row> rows = written(spark, manifest);
    List<String> found = List.of(rows.columns());
    requireColumns(manifest, found);
    Stream<Column> columns =
        Manifest.COLUMNS.stream()
            .map(
                column ->
                    found.stream()
                        .filter(name -> normal(name).equals(column))
                        .findFirst()
                        .map(name -> column(rows, name))
                        .orElse(functions.lit(null))
                        .cast("string")
                        .as(column));
    return rows.select(
        Stream.concat(
                Stream.of(functions.monotonically_increasing_id().plus(FIRST_ROW).as(ROW)), columns)
            .toArray(Column[]::new));
  }

  /**
   * All columns as they were written.
   *
   * @return not read yet
   * @throws UserError if it is not there
   */
  static Dataset<Row> written(SparkSession spark, String manifest) {
    boolean parquet = isParquet(spark, manifest);
    String path = SparkPaths.literal(List.of(manifest))[0];
    try {
      return parquet ? spark.read().parquet(path) : spark.read().options(RFC_4180).csv(path);
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      throw malformed(manifest, e);
    }
  }

  /** What Spark threw while it read the rows, as the user's mistake if it is one. */
  static RuntimeException malformed(String manifest, Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      boolean unreadable =
          cause.getClass().getSimpleName().equals("TextParsingException")
              || (cause instanceof SparkThrowable spark
                  && String.valueOf(spark.getErrorClass())
                      .matches(
                          "MALFORMED_RECORD_IN_PARSING.*|CANNOT_READ_FILE_FOOTER|UNABLE_TO_INFER_SCHEMA.*"))
              || String.valueOf(cause.getMessage()).contains("is not a Parquet file");
      if (unreadable) {
        return new UserError(
            "Cannot read the manifest %s: %s. Each row must have a value for each column of the header; quote values that have commas."
                .formatted(manifest, shortened(cause)),
            thrown);
      }
    }
    return thrown instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("Cannot read the manifest " + manifest, thrown);
  }

  private static String shortened(Throwable cause) {
    String message = UserErrors.rootMessage(cause).replaceAll("\\p{Cntrl}", " ");
    return message.length() <= 200 ? message : message.substring(0, 200) + "…";
  }

  private static void requireColumns(String manifest, List<String> found) {
    List<String> names = found.stream().map(ManifestFile::normal).toList();
    TreeSet<String> unknown = new TreeSet<>(names);
    unknown.removeAll(Manifest.COLUMNS);
    TreeSet<String> missing = new TreeSet<>(Manifest.REQUIRED);
    missing.removeAll(names);
    if (found.size() == 1 && found.get(0).matches(".*[;\t|].*")) {
      throw new UserError(
          "Cannot read the manifest %s: its header '%s' is one column. Separate the columns with commas."
              .formatted(manifest, found.get(0)));
    }
    if (!unknown.isEmpty() || !missing.isEmpty()) {
      throw new UserError(
          "Cannot read the manifest %s: its columns are %s%s%s. Columns may be %s, and %s must be there."
              .formatted(
                  manifest,
                  found,
                  missing.isEmpty() ? "" : ", without " + missing,
                  unknown.isEmpty() ? "" : ", and nobody knows " + unknown,
                  Manifest.COLUMNS,
                  Manifest.REQUIRED));
    }
  }

  /** A column by its own name, whatever characters that has. */
  static Column column(Dataset<Row> rows, String name) {
    return rows.col("`" + name.replace("`", "``") + "`");
  }

  static String normal(String column) {
    return column.strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isParquet(SparkSession spark, String manifest) {
    Path path = new Path(manifest);
    try {
      FileSystem fs = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      FileStatus status = fs.getFileStatus(path);
      if (status.isDirectory()) {
        return true;
      }
      try (InputStream in = fs.open(path)) {
        return Arrays.equals(in.readNBytes(PARQUET.length), PARQUET);
      }
    } catch (IOException e) {
      throw StorageFault.of(e, "read the manifest", manifest);
    }
  }
}
