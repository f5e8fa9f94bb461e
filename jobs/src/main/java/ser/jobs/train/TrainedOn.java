package ser.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import ser.features.augment.TelephoneBand;
import ser.jobs.tables.Variant;
import ser.model.Emotion;
import ser.model.drift.TrainingReference;
import ser.model.split.Side;
import ser.model.split.Split;

/** What the training rows are like, for a run that scores to be compared with. */
final class TrainedOn {
  private static final String TELEPHONE = "telephone";

  private TrainedOn() {}

  static ObjectNode of(TrainingPlan plan) {
    List<Emotion> labels = plan.labels();
    long[] counts = plan.rows().countsOf(Side.TRAINING, labels);
    SortedMap<Emotion, Long> emotions = new TreeMap<>();
    for (int i = 0; i < counts.length; i++) {
      emotions.put(labels.get(i), counts[i]);
    }
    return TrainingReference.json(emotions, ratesHz(plan));
  }

  /**
   * Training rows by the rate of the recording, or of the telephone that a variant came through.
   */
  private static SortedMap<Integer, Long> ratesHz(TrainingPlan plan) {
    Split split = plan.split();
    SortedMap<Integer, Long> rates = new TreeMap<>();
    plan.features()
        .of(Side.TRAINING)
        .select(
            functions.col("speaker"),
            functions.col("recording"),
            functions
                .when(
                    Variant.kind().equalTo(TELEPHONE),
                    functions.least(
                        functions.col("source_sample_rate_hz"),
                        functions.lit(TelephoneBand.RATE_HZ)))
                .otherwise(functions.col("source_sample_rate_hz")))
        .javaRDD()
        .flatMap(row -> trained(row, split).iterator())
        .countByValue()
        .forEach(rates::put);
    return rates;
  }

  /** Its rate, as often as the row is trained on. */
  private static Stream<Integer> trained(Row row, Split split) {
    return split.sidesOf(row.getString(0), row.getString(1)).stream()
        .filter(side -> side == Side.TRAINING)
        .map(side -> row.getInt(2));
  }
}
