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
import ser.model.Emotion;

/** {@code calls/}: one row per recording and channel, summed up from its windows. */
public final class CallTable {
  public static final String NAME = "calls";

  private CallTable() {}

  /**
   * Sums windows up. {@code speech_s} is the time that speech windows cover, each from its start to
   * the next one's; {@code share_<emotion>} is the share of speech windows with that emotion;
   * {@code emotion} is the one of the highest mean probability. Without speech those are null.
   *
   * @param windows rows of {@link WindowTable}
   * @param labels of the model
   */
  public static Dataset<Row> of(Dataset<Row> windows, List<Emotion> labels, Instant scoredAt) {
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
        .select(columns(labels, scoredAt).toArray(Column[]::new));
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
                      speech, functions.col("emotion").equalTo(label.label()).cast("double")))
              .as(share(label)));
    }
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
    // Nothing abstains as long as models carry no calibration.
    columns.add(functions.lit(0.0).as("abstained_share"));
    columns.add(functions.col("model_id"));
    columns.add(functions.col("run_id"));
    columns.add(functions.lit(Timestamp.from(scoredAt)).as("scored_at"));
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

  private static String share(Emotion label) {
    return "share_" + label.label();
  }
}
