package ser.jobs.evaluate;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import ser.jobs.tables.Variant;
import ser.model.Emotion;
import ser.model.metrics.Subject;

/** The recordings of some features tables, each with what it is to a model. */
final class JudgingRows {
  private static final String STANDING = "standing";
  private static final String HASH = "audio_sha256";
  private static final String LEARNT = "learnt_sha256";

  private final Acquaintance known;
  private final Dataset<Row> rows;

  /**
   * @param features rows of features tables
   * @param trained rows of the tables that the model was trained on, as far as they are there
   */
  JudgingRows(
      Dataset<Row> features, Dataset<Row> trained, Acquaintance known, List<Emotion> labels) {
    this.known = known;
    Dataset<Row> recordings = features.where(Variant.isOriginal()).withColumn(STANDING, standing());
    Dataset<Row> learnt =
        trained
            .where(Variant.isOriginal())
            .where(standing().isin(Standing.TRAINING.label(), Standing.VALIDATION.label()))
            .select(functions.col(HASH).as(LEARNT))
            .distinct();
    Column nameable = functions.col("emotion").isin(labels.stream().map(Emotion::label).toArray());
    Column strange = functions.col(STANDING).isin(Standing.NEW.label(), Standing.TEST.label());
    this.rows =
        recordings
            .join(learnt, functions.col(HASH).equalTo(functions.col(LEARNT)), "left")
            .withColumn(
                STANDING,
                functions
                    .when(functions.not(nameable), Standing.UNKNOWN_EMOTION.label())
                    .when(
                        strange.and(functions.col(LEARNT).isNotNull()), Standing.SAME_AUDIO.label())
                    .otherwise(functions.col(STANDING)));
  }

  /** How many recordings there are of each standing; those that do not occur are left out. */
  Map<Standing, Long> counts() {
    Map<Standing, Long> counts = new EnumMap<>(Standing.class);
    for (Row row : rows.groupBy(STANDING).count().collectAsList()) {
      counts.put(Standing.valueOf(row.getString(0).toUpperCase(Locale.ROOT)), row.getLong(1));
    }
    return counts;
  }

  /** Rows of some standings. */
  Dataset<Row> of(Set<Standing> standings) {
    return rows.where(
        functions.col(STANDING).isin(standings.stream().map(Standing::label).toArray()));
  }

  /** What a recording is to the model, for those that a driver knows by name. */
  Function<Subject, String> standings() {
    Set<List<String>> copies = new HashSet<>();
    of(Set.of(Standing.SAME_AUDIO))
        .select("speaker", "recording")
        .collectAsList()
        .forEach(row -> copies.add(List.of(row.getString(0), row.getString(1))));
    return subject ->
        copies.contains(List.of(subject.speaker(), subject.recording()))
            ? Standing.SAME_AUDIO.label()
            : known.of(subject.speaker(), subject.recording()).label();
  }

  private Column standing() {
    Acquaintance acquaintance = known;
    return functions
        .udf(
            (UDF2<String, String, String>)
                (speaker, recording) -> acquaintance.of(speaker, recording).label(),
            DataTypes.StringType)
        .apply(functions.col("speaker"), functions.col("recording"));
  }
}
