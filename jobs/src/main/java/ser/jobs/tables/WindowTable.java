package ser.jobs.tables;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.model.Emotion;

/** {@code windows/}: one row per window, speech or not. */
public final class WindowTable {
  public static final String NAME = "windows";

  private static final int EMOTION_INDEX = 5;

  private WindowTable() {}

  /** The columns, with {@code p_<emotion>} for each of a model's labels. */
  public static StructType schema(List<Emotion> labels) {
    StructType schema =
        new StructType()
            .add("recording", DataTypes.StringType, false)
            .add("channel", DataTypes.IntegerType, false)
            .add("start_s", DataTypes.DoubleType, false)
            .add("end_s", DataTypes.DoubleType, false)
            .add("speech", DataTypes.BooleanType, false)
            .add("emotion", DataTypes.StringType, true)
            .add("confidence", DataTypes.DoubleType, true);
    for (Emotion label : labels) {
      schema = schema.add(probability(label), DataTypes.DoubleType, true);
    }
    return schema
        .add("model_id", DataTypes.StringType, false)
        .add("run_id", DataTypes.StringType, false);
  }

  static String probability(Emotion label) {
    return "p_" + label.label();
  }

  /** The emotion of a row that {@link #row} has made; empty without speech, or if it abstained. */
  public static Optional<String> emotionOf(Row row) {
    return Optional.ofNullable(row.getString(EMOTION_INDEX));
  }

  /** Who scored: the same in every row of a run. */
  public record Origin(String modelId, String runId) implements Serializable {}

  /**
   * One window.
   *
   * @param recording its name
   * @param channel counted from 0
   * @param startS where it begins, in seconds
   * @param endS where it ends, at most the recording's end
   */
  public record Place(String recording, int channel, double startS, double endS) {}

  /**
   * @param probabilities by label; empty without speech
   * @param abstainBelow least probability of an emotion that is named
   */
  public static Row row(
      Place place,
      List<Emotion> labels,
      Optional<float[]> probabilities,
      double abstainBelow,
      Origin origin) {
    List<Object> values = new ArrayList<>();
    values.add(place.recording());
    values.add(place.channel());
    values.add(place.startS());
    values.add(place.endS());
    values.add(probabilities.isPresent());
    if (probabilities.isPresent()) {
      float[] p = probabilities.get();
      int best = 0;
      for (int i = 1; i < p.length; i++) {
        best = p[i] > p[best] ? i : best;
      }
      values.add(p[best] >= abstainBelow ? labels.get(best).label() : null);
      values.add((double) p[best]);
      for (float value : p) {
        values.add((double) value);
      }
    } else {
      for (int i = 0; i < labels.size() + 2; i++) {
        values.add(null);
      }
    }
    values.add(origin.modelId());
    values.add(origin.runId());
    return RowFactory.create(values.toArray());
  }
}
