package ser.jobs.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.jobs.config.DetailSettings;
import ser.jobs.config.PathPattern;
import ser.jobs.error.UserError;
import ser.jobs.label.ComparedName;
import ser.jobs.label.DetailsManifest;
import ser.jobs.run.JobContext;

/**
 * What is known of recordings beside their sound: by their paths, and by a manifest, which comes
 * first. Both are columns, so that nothing of it is collected.
 */
final class RecordingDetails implements AutoCloseable {
  private static final String FOUND = "found";

  private final DetailSettings settings;
  private final Optional<DetailsManifest> manifest;
  private final List<String> columns;

  private RecordingDetails(DetailSettings settings, Optional<DetailsManifest> manifest) {
    this.settings = settings;
    this.manifest = manifest;
    List<String> all = new ArrayList<>(settings.columnsOfPath());
    manifest.ifPresent(table -> all.addAll(table.columns()));
    this.columns = List.copyOf(all);
  }

  /**
   * @param inputs that paths of a manifest are relative to
   * @throws UserError if the manifest cannot be used, or there is no column to partition by
   */
  static RecordingDetails of(JobContext context, DetailSettings settings, List<String> inputs) {
    RecordingDetails details =
        new RecordingDetails(
            settings,
            settings.manifest().isEmpty()
                ? Optional.empty()
                : Optional.of(DetailsManifest.of(context, settings.manifest(), inputs)));
    try {
      details.requireColumns();
      return details;
    } catch (RuntimeException e) {
      details.close();
      throw e;
    }
  }

  /** Columns whose values name folders of the tables. */
  List<String> partitionBy() {
    return settings.partitionBy();
  }

  /**
   * Recordings with one more column at the end: what is said of their channel, or null.
   *
   * @param recordings with a column {@code recording}
   */
  Dataset<Row> recordings(Dataset<Row> recordings) {
    List<Column> all = new ArrayList<>();
    for (String name : recordings.columns()) {
      all.add(recordings.col(name));
    }
    Column channel =
        settings
            .pattern()
            .filter(pattern -> pattern.names().contains(DetailSettings.CHANNEL))
            .map(pattern -> said(pattern, DetailSettings.CHANNEL, recordings.col("recording")))
            .orElse(functions.lit(null).cast(DataTypes.StringType));
    if (manifest.isEmpty()) {
      all.add(channel.as(FOUND));
      return recordings.select(all.toArray(Column[]::new));
    }
    Dataset<Row> table = manifest.get().rows();
    all.add(functions.coalesce(table.col(DetailsManifest.CHANNEL), channel).as(FOUND));
    return joined(recordings, table).select(all.toArray(Column[]::new));
  }

  /**
   * Of a manifest how many recordings it names and how many of them are not there, for the result
   * line; nothing without a manifest.
   *
   * @param listed all recordings under the inputs, with a column {@code recording}
   */
  Map<String, Object> facts(Dataset<Row> listed) {
    return manifest.map(table -> table.facts(listed)).orElse(Map.of());
  }

  /** Rows of a table with the columns of {@link #to(StructType)}. */
  Dataset<Row> to(Dataset<Row> rows) {
    if (columns.isEmpty()) {
      return rows;
    }
    List<Column> all = new ArrayList<>();
    for (String name : rows.columns()) {
      all.add(rows.col(name));
    }
    for (String name : settings.columnsOfPath()) {
      all.add(said(settings.pattern().orElseThrow(), name, rows.col("recording")).as(name));
    }
    List<String> ofManifest = manifest.map(DetailsManifest::columns).orElse(List.of());
    if (ofManifest.isEmpty()) {
      return rows.select(all.toArray(Column[]::new));
    }
    Dataset<Row> table = manifest.orElseThrow().rows();
    for (int i = 0; i < ofManifest.size(); i++) {
      all.add(table.col(DetailsManifest.VALUES).getItem(i).as(ofManifest.get(i)));
    }
    return joined(rows, table).select(all.toArray(Column[]::new));
  }

  /** A table's columns, and behind them those that are known of recordings, as text. */
  StructType to(StructType schema) {
    StructType more = schema;
    for (String name : columns) {
      more = more.add(name, DataTypes.StringType);
    }
    return more;
  }

  @Override
  public void close() {
    manifest.ifPresent(DetailsManifest::close);
  }

  private void requireColumns() {
    try {
      DetailSettings.requireColumns("path-pattern together with the manifest", columns);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot use ser.score.manifest %s: %s. Give one of them another name."
              .formatted(settings.manifest(), e.getMessage()),
          e);
    }
    for (String column : settings.partitionBy()) {
      if (!columns.contains(column)) {
        throw new UserError(
            "Cannot partition by ser.score.partition-by '%s': it is no group of ser.score.path-pattern, nor a column of %s. Those are %s."
                .formatted(column, settings.manifest(), columns));
      }
    }
  }

  private static Dataset<Row> joined(Dataset<Row> rows, Dataset<Row> table) {
    return rows.join(
        table,
        ComparedName.of(rows.col("recording")).equalTo(table.col(DetailsManifest.RECORDING)),
        "left");
  }

  private static Column said(PathPattern pattern, String name, Column recording) {
    UDF1<String, String> value = path -> pattern.valuesOf(path).get(name);
    return functions.udf(value, DataTypes.StringType).apply(recording);
  }
}
