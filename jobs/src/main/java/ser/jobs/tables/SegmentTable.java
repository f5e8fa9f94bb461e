package ser.jobs.tables;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.model.Emotion;
import ser.model.scoring.ScoredWindow;
import ser.model.scoring.Segment;
import ser.model.scoring.Segmentation;

/** {@code segments/}: one row per stretch of a channel with one emotion. */
public final class SegmentTable {
  public static final String NAME = "segments";

  public static final StructType SCHEMA =
      new StructType()
          .add("recording", DataTypes.StringType, false)
          .add("channel", DataTypes.IntegerType, false)
          .add("start_s", DataTypes.DoubleType, false)
          .add("end_s", DataTypes.DoubleType, false)
          .add("emotion", DataTypes.StringType, false)
          .add("confidence", DataTypes.DoubleType, false)
          .add("windows", DataTypes.LongType, false)
          .add("model_id", DataTypes.StringType, false)
          .add("run_id", DataTypes.StringType, false);

  /**
   * Columns of a window in front of its probabilities, in the order in which they are asked for.
   */
  private static final List<String> PLACE = List.of("recording", "channel", "start_s", "end_s");

  private SegmentTable() {}

  /**
   * Joins windows; those of a recording meet in one task, which reads them one after the other.
   *
   * @param windows rows of {@link WindowTable}
   * @param origin stands in every row
   */
  public static Dataset<Row> of(
      Dataset<Row> windows, Segmentation rules, WindowTable.Origin origin) {
    List<Column> columns = new ArrayList<>();
    PLACE.forEach(name -> columns.add(functions.col(name)));
    for (Emotion label : rules.labels()) {
      columns.add(functions.col(WindowTable.probability(label)));
    }
    JavaRDD<Row> rows =
        windows
            .select(columns.toArray(Column[]::new))
            .repartition(functions.col("recording"), functions.col("channel"))
            .sortWithinPartitions("recording", "channel", "start_s")
            .javaRDD()
            .mapPartitions(sorted -> new Segments(sorted, rules, origin));
    return windows.sparkSession().createDataFrame(rows, SCHEMA);
  }

  /** The segments of one channel after the other. */
  private static final class Segments implements Iterator<Row> {
    private final Iterator<Row> windows;
    private final Segmentation rules;
    private final WindowTable.Origin origin;
    private Optional<Row> ahead = Optional.empty();
    private Optional<Row> channel = Optional.empty();
    private Iterator<Segment> segments = List.<Segment>of().iterator();

    private Segments(Iterator<Row> windows, Segmentation rules, WindowTable.Origin origin) {
      this.windows = windows;
      this.rules = rules;
      this.origin = origin;
      advance();
    }

    @Override
    public boolean hasNext() {
      while (!segments.hasNext() && ahead.isPresent()) {
        channel = ahead;
        segments = rules.of(new OfChannel(ahead.get()));
      }
      return segments.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Segment segment = segments.next();
      Row place = channel.orElseThrow();
      return RowFactory.create(
          place.getString(0),
          place.getInt(1),
          segment.startS(),
          segment.endS(),
          segment.emotion().label(),
          segment.confidence(),
          segment.windows(),
          origin.modelId(),
          origin.runId());
    }

    private void advance() {
      ahead = windows.hasNext() ? Optional.of(windows.next()) : Optional.empty();
    }

    /** Windows as long as they are of the same recording and channel as the first. */
    private final class OfChannel implements Iterator<ScoredWindow> {
      private final Row first;

      private OfChannel(Row first) {
        this.first = first;
      }

      @Override
      public boolean hasNext() {
        return ahead
            .filter(
                row ->
                    row.getString(0).equals(first.getString(0)) && row.getInt(1) == first.getInt(1))
            .isPresent();
      }

      @Override
      public ScoredWindow next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Row row = ahead.orElseThrow();
        advance();
        return new ScoredWindow(row.getDouble(2), row.getDouble(3), probabilities(row));
      }
    }

    private static List<Double> probabilities(Row row) {
      List<Double> p = new ArrayList<>();
      for (int i = PLACE.size(); i < row.size() && !row.isNullAt(i); i++) {
        p.add(row.getDouble(i));
      }
      return p;
    }
  }
}
