package ser.jobs.maintain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import ser.jobs.error.UserError;
import ser.jobs.storage.RunRecords;
import ser.jobs.storage.Storage;
import ser.jobs.tables.CallTable;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.HeldCommits;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.TableFiles;

/**
 * A table of an output as the last finished run has left it.
 *
 * @param name of its folder
 * @param files in the order of their names
 * @param schema all columns that any of the files has, with their metadata
 * @param partitionBy columns whose values name the folders of its files, the outermost first
 */
record StoredTable(String name, List<String> files, StructType schema, List<String> partitionBy) {
  private static final Pattern FOLDER = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=.*");

  StoredTable {
    files = List.copyOf(files);
    partitionBy = List.copyOf(partitionBy);
  }

  static StoredTable of(SparkSession spark, String name, List<String> files) {
    // Columns follow from the model or the feature settings, which may have changed between runs.
    StructType schema =
        files.isEmpty() ? new StructType() : TableFiles.readMerged(spark, files).schema();
    return new StoredTable(name, files, schema, partitionBy(name, files));
  }

  /** Of the last file in a folder: a table may have been partitioned in several ways, or not. */
  private static List<String> partitionBy(String name, List<String> files) {
    List<String> columns = List.of();
    for (String file : files) {
      List<String> own = new ArrayList<>();
      Path folder = new Path(file).getParent();
      Matcher named = FOLDER.matcher(folder.getName());
      while (named.matches() && !folder.getName().equals(name)) {
        own.add(0, named.group(1));
        folder = folder.getParent();
        named = FOLDER.matcher(folder.getName());
      }
      columns = own.isEmpty() ? columns : own;
    }
    return columns;
  }

  /**
   * Names of the tables of an output.
   *
   * @param verb what cannot be done there otherwise
   * @throws UserError if no run of extract or score has finished there
   */
  static List<String> namesIn(Storage storage, String output, String verb) {
    List<String> names = RunRecords.tables(storage, output);
    if (names.isEmpty()) {
      throw new UserError(
          "Cannot %s %s: no finished run has left a record in %s/runs. Give the --output of an 'ser extract' or 'ser score' run."
              .formatted(verb, output, output));
    }
    if (!names.contains(QuarantineTable.NAME)
        || !(names.contains(FeatureTable.NAME) || names.contains(CallTable.NAME))) {
      throw new UserError(
          "Cannot %s %s: its tables are %s. Give the --output of an 'ser extract' or 'ser score' run."
              .formatted(verb, output, names));
    }
    return names;
  }

  boolean has(String column) {
    return List.of(schema.fieldNames()).contains(column);
  }

  Dataset<Row> rows(SparkSession spark) {
    return rows(spark, files);
  }

  /** The rows of some of its files. */
  Dataset<Row> rows(SparkSession spark, List<String> some) {
    return TableFiles.read(spark, some, schema);
  }

  /**
   * The rows of each of several groups of its files.
   *
   * @param groups at least one; none of them empty
   */
  List<Dataset<Row>> rowsOfEach(SparkSession spark, List<List<String>> groups) {
    return TableFiles.readEach(spark, groups, schema);
  }

  /** Appends rows as the table's own job does. */
  void write(HeldCommits commits, Dataset<Row> rows) {
    if (name.equals(FeatureTable.NAME)) {
      commits.save(FeatureTable.writer(rows), name);
    } else {
      commits.write(rows, name, partitionBy);
    }
  }
}
