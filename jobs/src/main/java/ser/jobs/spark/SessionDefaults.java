package ser.jobs.spark;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import ser.jobs.error.UserError;

/**
 * Settings that a session needs where conf/spark/*.properties or --conf say nothing, so that a bare
 * spark-submit works too.
 */
public final class SessionDefaults {
  private static final String SERIALIZER = "spark.serializer";
  private static final String REGISTRATOR = "spark.kryo.registrator";
  private static final String OUR_REGISTRATOR = SerKryoRegistrator.class.getName();
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final int PARTITIONS_PER_SLOT = 4;
  private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";

  /**
   * What keeps glibc from giving memory back that DL4J asks for again at once: page faults are most
   * of its time.
   */
  private static final Map<String, String> EXECUTOR_ENVIRONMENT =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_MAX_", "0",
          "MALLOC_TRIM_THRESHOLD_", "100000000000");

  private static final String CLOUD_PROTOCOL =
      "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol";

  private SessionDefaults() {}

  private static boolean hasCloudCommitter() {
    try {
      Class.forName(CLOUD_PROTOCOL, false, Thread.currentThread().getContextClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * @throws UserError if Kryo is named without the registrator that can serialise off-heap arrays:
   *     DL4J would fail in mid-training with an empty array
   */
  public static SparkConf completed(SparkConf conf) {
    conf.setIfMissing(SERIALIZER, KRYO);
    if (conf.get(SERIALIZER).equals(KRYO)) {
      conf.setIfMissing(REGISTRATOR, OUR_REGISTRATOR);
      if (!conf.get(REGISTRATOR).contains(OUR_REGISTRATOR)) {
        throw new UserError(
            "Cannot run with %s=%s: Kryo alone loses the arrays of DL4J. Add %s to it, or remove the setting."
                .formatted(REGISTRATOR, conf.get(REGISTRATOR), OUR_REGISTRATOR));
      }
    }
    // One DL4J thread pool per task slot, not one of all cores per task.
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", conf.get("spark.task.cpus", "1"));
    EXECUTOR_ENVIRONMENT.forEach(
        (name, value) -> conf.setIfMissing("spark.executorEnv." + name, value));
    conf.setIfMissing("spark.plugins", NativeSetup.class.getName());
    // What is broadcast is weights, mostly: compression takes time and makes them no smaller.
    conf.setIfMissing("spark.broadcast.compress", "false");
    // A worker's weights and its optimiser's state, straight to the driver: larger results are
    // stored first and fetched then. Below spark.rpc.message.maxSize.
    conf.setIfMissing("spark.task.maxDirectResultSize", "32m");
    // INT96 timestamps are Spark's own; everybody reads micros.
    conf.setIfMissing("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    // Hadoop's committer alone would leave what the tasks wrote where nobody completes it.
    if (conf.get("spark.hadoop.fs.s3a.committer.name", "").equals("magic") && hasCloudCommitter()) {
      conf.setIfMissing("spark.sql.sources.commitProtocolClass", CLOUD_PROTOCOL);
      conf.setIfMissing(
          "spark.sql.parquet.output.committer.class",
          "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter");
    }
    // Not the cluster's: dates of tables and reports are UTC's, wherever a run is.
    conf.set("spark.sql.session.timeZone", "UTC");
    // A small cached table is a few tasks, not 200.
    conf.setIfMissing("spark.sql.optimizer.canChangeCachedPlanOutputPartitioning", "true");
    conf.setIfMissing(
        "spark.redaction.regex",
        "(?i)secret|passw|passphrase|token|credential|access[._-]?key|encryption[._-]?key");
    return conf;
  }

  /**
   * Settings that follow from what the session runs on; the user's own win. On one machine Spark's
   * 200 partitions of a shuffle are 200 tasks of next to nothing, a third of a small job's time.
   */
  public static void fit(SparkSession spark) {
    SparkContext context = spark.sparkContext();
    if (context.isLocal() && !context.conf().contains(SHUFFLE_PARTITIONS)) {
      spark.conf().set(SHUFFLE_PARTITIONS, PARTITIONS_PER_SLOT * context.defaultParallelism());
    }
  }
}
