package ser.jobs.run;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.metrics.source.DoubleAccumulatorSource$;
import org.apache.spark.metrics.source.LongAccumulatorSource$;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;
import scala.Predef;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * Counters that tasks raise as they read recordings: gauges of Spark's metrics system (source
 * {@code AccumulatorSource}), so that whatever reads Spark's metrics reads them. They grow when a
 * task ends, and a task that Spark repeats may count twice: the tables and the run's record are
 * exact.
 */
public final class RunMetrics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LongAccumulator recordings;
  private final LongAccumulator bytes;
  private final LongAccumulator quarantined;
  private final DoubleAccumulator audioSeconds;
  private final Map<String, LongAccumulator> more = new HashMap<>();

  private RunMetrics(SparkContext spark, Iterable<String> names) {
    recordings = spark.longAccumulator("recordings");
    bytes = spark.longAccumulator("bytes");
    quarantined = spark.longAccumulator("quarantined");
    audioSeconds = spark.doubleAccumulator("audio_seconds");
    names.forEach(name -> more.put(name, spark.longAccumulator(name)));
  }

  /**
   * @param names of further counters of the job
   */
  public static RunMetrics register(SparkContext spark, Iterable<String> names) {
    RunMetrics metrics = new RunMetrics(spark, names);
    Map<String, LongAccumulator> counters = new HashMap<>(metrics.more);
    counters.put("recordings", metrics.recordings);
    counters.put("bytes", metrics.bytes);
    counters.put("quarantined", metrics.quarantined);
    LongAccumulatorSource$.MODULE$.register(spark, scalaMap(counters));
    DoubleAccumulatorSource$.MODULE$.register(
        spark, scalaMap(Map.of("audio_seconds", metrics.audioSeconds)));
    return metrics;
  }

  /** A task is done with a recording of so many bytes. */
  public void finished(long sizeBytes) {
    recordings.add(1);
    bytes.add(sizeBytes);
  }

  /** What it was done with gave nothing. */
  public void quarantined() {
    quarantined.add(1);
  }

  /** So much audio more was read. */
  public void heard(double seconds) {
    audioSeconds.add(seconds);
  }

  /**
   * Raises a counter of the job by one.
   *
   * @param name one of those that were given to {@link #register}
   */
  public void count(String name) {
    more.get(name).add(1);
  }

  long recordingsId() {
    return recordings.id();
  }

  long bytesId() {
    return bytes.id();
  }

  long audioSecondsId() {
    return audioSeconds.id();
  }

  private static <V> scala.collection.immutable.Map<String, V> scalaMap(Map<String, V> map) {
    return JavaConverters.mapAsScalaMapConverter(map)
        .asScala()
        .toMap(Predef.<Tuple2<String, V>>$conforms());
  }
}
