package ser.jobs.tables;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.model.Emotion;

/** {@code calls/}: one row per recording and channel, summed up from its windows. */
public final class CallTable {
  public static final String NAME = "calls";

  private CallTable() {}

  /**
   * Sums windows up. {@code speech_s} is the time that speech windows cover, each from its start to
   * the next one's; {@code share_<emotion>} is the share of speech windows with that emotion;
   * {@code abstained_share} the share of those without one; {@code emotion} is the one of the
   * highest mean probability. Without speech those are null.
   *
   * @param windows rows of {@link WindowTable}
   * @param labels of the model
   * @param recordings columns {@code recording}, {@code source_bytes} and {@code source_modified}:
   *     what tells a later run whether a recording is as it was
   */
  public static Dataset<Row> of(
      Dataset<Row> windows, List<Emotion> labels, Dataset<Row> recordings, Instant scoredAt) {
    Column next =
        functions
            .lead("start_s", 1)
            .over(Window.partitionBy("recording", "channel").orderBy("start_s"));
    Dataset<Row> timed =
        windows.withColumn(
            "owned_s",
            functions.coalesce(next, functions.col("end_s")).minus(functions.col("start_s")));
    List<Column> sums = sums(labels);
    return timed
        .groupBy("recording", "channel")
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .join(
            // Broadcast, their names would stay on the driver for as long as the calls are kept.
            recordings.select("recording", "source_bytes", "source_modified").hint("merge"),
            "recording")
        .select(columns(labels, scoredAt).toArray(Column[]::new));
  }

  /** The columns that {@link #of} gives. */
  public static StructType schema(List<Emotion> labels) {
    StructType schema =
        new StructType()
            .add("recording", DataTypes.StringType)
            .add("channel", DataTypes.IntegerType)
            .add("duration_s", DataTypes.DoubleType)
            .add("speech_s", DataTypes.DoubleType)
            .add("emotion", DataTypes.StringType);
    for (Emotion label : labels) {
      schema = schema.add(share(label), DataTypes.DoubleType);
    }
    for (Emotion label : labels) {
      schema = schema.add(WindowTable.probability(label), DataTypes.DoubleType);
    }
    return schema
        .add("abstained_share", DataTypes.DoubleType)
        .add("model_id", DataTypes.StringType)
        .add("run_id", DataTypes.StringType)
        .add("scored_at", DataTypes.TimestampType)
        .add("source_bytes", DataTypes.LongType)
        .add("source_modified", DataTypes.TimestampType);
  }

  private static List<Column> sums(List<Emotion> labels) {
    Column speech = functions.col("speech");
    List<Column> sums = new ArrayList<>();
    sums.add(functions.max("end_s").as("duration_s"));
    sums.add(
        functions
            .sum(functions.when(speech, functions.col("owned_s")).otherwise(0.0))
            .as("speech_s"));
    sums.add(functions.first("model_id").as("model_id"));
    sums.add(functions.first("run_id").as("run_id"));
    for (Emotion label : labels) {
      String p = WindowTable.probability(label);
      sums.add(functions.avg(p).as(p));
      sums.add(
          functions
              .avg(
                  functions.when(
                      speech,
                      // Null where the model abstained: none of its emotions.
                      functions
                          .coalesce(
                              functions.col("emotion").equalTo(label.label()), functions.lit(false))
                          .cast("double")))
              .as(share(label)));
    }
    sums.add(
        functions
            .avg(functions.when(speech, functions.col("emotion").isNull().cast("double")))
            .as("abstained_share"));
    return sums;
  }

  private static List<Column> columns(List<Emotion> labels, Instant scoredAt) {
    List<Column> columns = new ArrayList<>();
    columns.add(functions.col("recording"));
    columns.add(functions.col("channel"));
    columns.add(functions.col("duration_s"));
    columns.add(functions.col("speech_s"));
    columns.add(dominant(labels).as("emotion"));
    labels.forEach(label -> columns.add(functions.col(share(label))));
    labels.forEach(label -> columns.add(functions.col(WindowTable.probability(label))));
    columns.add(functions.col("abstained_share"));
    columns.add(functions.col("model_id"));
    columns.add(functions.col("run_id"));
    columns.add(functions.lit(Timestamp.from(scoredAt)).as("scored_at"));
    columns.add(functions.col("source_bytes"));
    columns.add(functions.col("source_modified"));
    return columns;
  }

  /** Label of the highest mean probability; of equal ones the first in the model's order. */
  private static Column dominant(List<Emotion> labels) {
    Column[] candidates = new Column[labels.size()];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] =
          functions.struct(
              functions.col(WindowTable.probability(labels.get(i))).as("p"),
              functions.lit(-i).as("order"),
              functions.lit(labels.get(i).label()).as("label"));
    }
    return functions.when(
        functions.col(WindowTable.probability(labels.get(0))).isNotNull(),
        functions.greatest(candidates).getField("label"));
  }

  /** Name of the column with the share of speech windows of an emotion. */
  public static String share(Emotion label) {
    return "share_" + label.label();
  }
}
