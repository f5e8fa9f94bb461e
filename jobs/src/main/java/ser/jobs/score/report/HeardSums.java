package ser.jobs.score.report;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
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
          .add("frames", DataTypes.LongType, false)
          .add("sums", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add("rates", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("recordings", DataTypes.createArrayType(DataTypes.LongType, false), false);

  private final TreeMap<Integer, Long> rates = new TreeMap<>();
  private final double[] sums;
  private long frames;
  private long windows;
  private double confidence;
  private double squares;

  /**
   * @param rows of the network's input
   */
  public HeardSums(int rows) {
    sums = new double[rows];
  }

  /** The rows of all tasks together. */
  static HeardSums of(Dataset<Row> rows, int inputRows) {
    return rows.toJavaRDD()
        .treeAggregate(new HeardSums(inputRows), HeardSums::plus, HeardSums::plusAll);
  }

  /** A window was given probabilities, the largest of them this. */
  public void scored(double probability) {
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
        frames,
        sums.clone(),
        rates.keySet().stream().mapToInt(Integer::intValue).toArray(),
        rates.values().stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * @param mix of the run's calls
   */
  Heard heard(long callsWithSpeech, EmotionMix mix) {
    Optional<EmotionShares> emotions = EmotionShares.of(mix.shares());
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
    List<Double> values = row.getList(4);
    double[] more = values.stream().mapToDouble(Double::doubleValue).toArray();
    add(row.getLong(3), more);
    List<Integer> found = row.getList(5);
    List<Long> counts = row.getList(6);
    for (int i = 0; i < found.size(); i++) {
      rates.merge(found.get(i), counts.get(i), Long::sum);
    }
    return this;
  }

  HeardSums plusAll(HeardSums others) {
    windows += others.windows;
    confidence += others.confidence;
    squares += others.squares;
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
