package ser.jobs.score.report;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.model.Emotion;
import ser.model.drift.EmotionShares;
import ser.model.drift.Heard;
import ser.model.drift.InputLevels;

/**
 * What a task has heard, as one row beside its windows, and the sum of such rows. It is a result
 * like the windows are, and no accumulator: a task that Spark repeats counts once. Mutable, for one
 * thread.
 */
public final class HeardSums implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The columns of {@link #toRow}. */
  public static final StructType SCHEMA =
      new StructType()
          .add("windows", DataTypes.LongType, false)
          .add("confidence", DataTypes.DoubleType, false)
          .add("confidence_squares", DataTypes.DoubleType, false)
          .add("answers", DataTypes.createArrayType(DataTypes.LongType, false), false)
          .add("frames", DataTypes.LongType, false)
          .add("sums", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add("rates", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("recordings", DataTypes.createArrayType(DataTypes.LongType, false), false);

  private final TreeMap<Integer, Long> rates = new TreeMap<>();
  private final double[] sums;
  private final long[] answers;
  private long frames;
  private long windows;
  private double confidence;
  private double squares;

  /**
   * @param rows of the network's input
   * @param labels of its answers
   */
  public HeardSums(int rows, int labels) {
    sums = new double[rows];
    answers = new long[labels];
  }

  /** The rows of all tasks together. */
  static HeardSums of(Dataset<Row> rows, int inputRows, int labels) {
    return rows.toJavaRDD()
        .treeAggregate(new HeardSums(inputRows, labels), HeardSums::plus, HeardSums::plusAll);
  }

  /**
   * A window was given probabilities. Its answer is the likeliest emotion, whether the model
   * abstains there or not: nor does it abstain where it was tested, which the run is compared with.
   */
  public void scored(float[] probabilities) {
    int answer = 0;
    for (int label = 1; label < probabilities.length; label++) {
      answer = probabilities[label] > probabilities[answer] ? label : answer;
    }
    double probability = probabilities[answer];
    answers[answer]++;
    windows++;
    confidence += probability;
    squares += probability * probability;
  }

  /** A recording was read to its end. */
  public void read(int rateHz) {
    rates.merge(rateHz, 1L, Long::sum);
  }

  /** Levels of windows with speech. */
  public void add(InputLevels levels) {
    add(levels.frames(), levels.sums());
  }

  public Row toRow() {
    return RowFactory.create(
        windows,
        confidence,
        squares,
        answers.clone(),
        frames,
        sums.clone(),
        rates.keySet().stream().mapToInt(Integer::intValue).toArray(),
        rates.values().stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * @param labels in the model's order
   */
  Heard heard(long callsWithSpeech, List<Emotion> labels) {
    Map<Emotion, Double> amounts = new EnumMap<>(Emotion.class);
    for (int label = 0; label < answers.length; label++) {
      amounts.put(labels.get(label), (double) answers[label]);
    }
    Optional<EmotionShares> emotions = EmotionShares.of(amounts);
    return new Heard(
        callsWithSpeech,
        emotions,
        new Heard.Confidence(windows, confidence, squares),
        new InputLevels(frames, sums),
        rates);
  }

  HeardSums plus(Row row) {
    windows += row.getLong(0);
    confidence += row.getDouble(1);
    squares += row.getDouble(2);
    List<Long> given = row.getList(3);
    for (int label = 0; label < answers.length; label++) {
      answers[label] += given.get(label);
    }
    List<Double> values = row.getList(5);
    double[] more = values.stream().mapToDouble(Double::doubleValue).toArray();
    add(row.getLong(4), more);
    List<Integer> found = row.getList(6);
    List<Long> counts = row.getList(7);
    for (int i = 0; i < found.size(); i++) {
      rates.merge(found.get(i), counts.get(i), Long::sum);
    }
    return this;
  }

  HeardSums plusAll(HeardSums others) {
    windows += others.windows;
    confidence += others.confidence;
    squares += others.squares;
    for (int label = 0; label < answers.length; label++) {
      answers[label] += others.answers[label];
    }
    add(others.frames, others.sums);
    others.rates.forEach((rate, count) -> rates.merge(rate, count, Long::sum));
    return this;
  }

  private void add(long more, double[] values) {
    frames += more;
    for (int row = 0; row < sums.length; row++) {
      sums[row] += values[row];
    }
  }
}
