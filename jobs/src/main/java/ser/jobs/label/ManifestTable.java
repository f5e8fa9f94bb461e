package ser.jobs.label;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import ser.jobs.error.UserError;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;
import ser.model.corpus.CorpusOrigin;
import ser.model.corpus.Manifest;
import ser.model.corpus.RecordingLabels;

/**
 * The manifest's rows with canonical labels, one per recording, kept on the executors' disks. They
 * never come to the driver: a manifest may have as many rows as there are recordings.
 */
final class ManifestTable implements AutoCloseable {
  /** As a {@link ComparedName}. */
  static final String RECORDING = "named";

  private static final String ROW = ManifestFile.ROW;
  private static final String PROBLEM = "problem";
  private static final String SPEAKER = "speaker";
  private static final String GENDER = "gender";

  /** What two rows of one recording must agree on. */
  private static final List<String> LABELS =
      List.of("emotion", SPEAKER, GENDER, "corpus", "licence", "statement", "intensity");

  /** The word that the manifest has for the emotion, whether or not it stands for one. */
  private static final String SOURCE_LABEL = "source_label";

  private static final List<String> TEXTS =
      Stream.concat(
              Stream.concat(Stream.of(RECORDING), LABELS.stream()),
              Stream.of(SOURCE_LABEL, PROBLEM))
          .toList();

  private final Dataset<Row> rows;

  private ManifestTable(Dataset<Row> rows) {
    this.rows = rows;
  }

  /**
   * Reads and checks the whole manifest.
   *
   * @throws UserError if it has no rows, a row is impossible or two contradict each other
   */
  static ManifestTable of(SparkSession spark, String manifest, InputRoots roots) {
    Dataset<Row> written = ManifestFile.read(spark, manifest);
    Dataset<Row> canonical =
        spark
            .createDataFrame(written.javaRDD().map(row -> canonical(row, roots)), schema())
            .persist(StorageLevel.DISK_ONLY());
    try {
      requireRows(manifest, canonical);
      requireNoProblem(manifest, canonical);
      requireOneGender(manifest, canonical);
      Dataset<Row> byRecording = byRecording(canonical).persist(StorageLevel.DISK_ONLY());
      requireNoContradiction(manifest, byRecording);
      return new ManifestTable(byRecording);
    } catch (Exception e) {
      throw ManifestFile.malformed(manifest, e);
    } finally {
      canonical.unpersist();
    }
  }

  /** {@link #RECORDING} and {@link #columns}, each recording once. */
  Dataset<Row> rows() {
    return rows.select(
        Stream.concat(Stream.of(RECORDING), columns().stream().map(name -> "low." + name))
            .map(functions::col)
            .toArray(Column[]::new));
  }

  /** What {@link #labelsOf} takes, in that order. */
  static List<String> columns() {
    return Stream.concat(LABELS.stream(), Stream.of(SOURCE_LABEL)).toList();
  }

  /**
   * @param values of {@link #columns}
   * @return empty if the manifest's word for the emotion stands for none
   */
  static Optional<RecordingLabels> labelsOf(List<String> values) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      row.put(columns().get(i), values.get(i));
    }
    if (row.get("emotion").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RecordingLabels(
            new CorpusOrigin(row.get("corpus"), row.get("licence")),
            new Speaker(row.get(SPEAKER), Gender.ofLabel(row.get(GENDER))),
            Emotion.ofLabel(row.get("emotion")),
            row.get(SOURCE_LABEL),
            row.get("statement"),
            row.get("intensity")));
  }

  /** The manifest's own word for the emotion, of values of {@link #columns}. */
  static String sourceLabelOf(List<String> values) {
    return values.get(values.size() - 1);
  }

  @Override
  public void close() {
    rows.unpersist();
  }

  private static StructType schema() {
    StructType schema = new StructType().add(ROW, DataTypes.LongType, false);
    for (String text : TEXTS) {
      schema = schema.add(text, DataTypes.StringType, false);
    }
    return schema;
  }

  private static Row canonical(Row written, InputRoots roots) {
    Map<String, String> values = new HashMap<>();
    for (String column : Manifest.COLUMNS) {
      values.put(column, written.getAs(column));
    }
    String path = values.get(Manifest.PATH);
    String word = Optional.ofNullable(values.get(Manifest.EMOTION)).map(String::strip).orElse("");
    if (path == null || path.isBlank()) {
      return row(written, "", Optional.empty(), word, "it has no path");
    }
    String recording = ComparedName.of(roots.nameOf(path));
    try {
      return row(written, recording, Manifest.labelsOf(values), word, "");
    } catch (IllegalArgumentException e) {
      return row(written, recording, Optional.empty(), word, e.getMessage());
    }
  }

  private static Row row(
      Row written,
      String recording,
      Optional<RecordingLabels> labels,
      String sourceLabel,
      String problem) {
    List<Object> values = new ArrayList<>();
    values.add(written.getAs(ROW));
    values.add(recording);
    values.addAll(labels.map(ManifestTable::texts).orElse(List.of("", "", "", "", "", "", "")));
    values.add(sourceLabel);
    values.add(problem);
    return RowFactory.create(values.toArray());
  }

  /** In the order of {@link #LABELS}. */
  private static List<String> texts(RecordingLabels labels) {
    return List.of(
        labels.emotion().label(),
        labels.speaker().id(),
        labels.speaker().gender().label(),
        labels.origin().corpus(),
        labels.origin().licence(),
        labels.statement(),
        labels.intensity());
  }

  private static void requireRows(String manifest, Dataset<Row> rows) {
    if (rows.isEmpty()) {
      throw new UserError(
          "Cannot use the manifest %s: it has no rows below its header. Check the file."
              .formatted(manifest));
    }
  }

  private static void requireNoProblem(String manifest, Dataset<Row> rows) {
    for (Row first :
        rows.where(functions.col(PROBLEM).notEqual("")).orderBy(ROW).limit(1).collectAsList()) {
      throw new UserError(
          "Cannot use the manifest %s: in row %d (%s) %s. Correct the row."
              .formatted(
                  manifest,
                  first.<Long>getAs(ROW),
                  first.<String>getAs(RECORDING),
                  first.<String>getAs(PROBLEM)));
    }
  }

  /** A speaker stands on one side of a split, and the sides are balanced by gender. */
  private static void requireOneGender(String manifest, Dataset<Row> rows) {
    for (Row first :
        rows.where(functions.col(SPEAKER).rlike("^(?!.*-unknown$).+$"))
            .groupBy(SPEAKER)
            .agg(functions.min(GENDER).as("one"), functions.max(GENDER).as("other"))
            .where("one <> other")
            .orderBy(SPEAKER)
            .limit(1)
            .collectAsList()) {
      throw new UserError(
          "Cannot use the manifest %s: speaker '%s' is given as %s and as %s. A speaker has one gender: correct the rows."
              .formatted(
                  manifest,
                  first.<String>getAs(SPEAKER),
                  first.<String>getAs("one"),
                  first.<String>getAs("other")));
    }
  }

  /** The smallest and the largest row of each recording: labels first, so equal means one. */
  private static Dataset<Row> byRecording(Dataset<Row> rows) {
    Column labels =
        functions.struct(
            Stream.concat(LABELS.stream(), Stream.of(SOURCE_LABEL, ROW))
                .map(functions::col)
                .toArray(Column[]::new));
    return rows.groupBy(RECORDING)
        .agg(functions.min(labels).as("low"), functions.max(labels).as("high"));
  }

  private static void requireNoContradiction(String manifest, Dataset<Row> byRecording) {
    Column differs =
        LABELS.stream()
            .map(label -> functions.col("low." + label).notEqual(functions.col("high." + label)))
            .reduce(Column::or)
            .orElseThrow();
    for (Row first :
        byRecording
            .where(differs)
            .orderBy(functions.least(functions.col("low." + ROW), functions.col("high." + ROW)))
            .limit(1)
            .collectAsList()) {
      Row low = first.getAs("low");
      Row high = first.getAs("high");
      long one = low.getAs(ROW);
      long other = high.getAs(ROW);
      throw new UserError(
          "Cannot use the manifest %s: rows %d and %d both name '%s' and say different things (%s and %s). Keep one of them."
              .formatted(
                  manifest,
                  Math.min(one, other),
                  Math.max(one, other),
                  first.<String>getAs(RECORDING),
                  summary(one < other ? low : high),
                  summary(one < other ? high : low)));
    }
  }

  private static String summary(Row labels) {
    return "%s of %s".formatted(labels.getAs(SOURCE_LABEL), labels.getAs(SPEAKER));
  }
}
