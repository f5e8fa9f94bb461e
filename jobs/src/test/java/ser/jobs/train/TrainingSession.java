package ser.jobs.train;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import ser.jobs.run.JobContext;
import ser.jobs.spark.SessionDefaults;
import ser.jobs.storage.Storage;
import ser.model.network.CpuAcceleration;

/** Spark as the jobs have it, without the command line. */
final class TrainingSession implements AutoCloseable {
  private final SparkSession session;

  private TrainingSession(SparkSession session) {
    this.session = session;
  }

  static TrainingSession local() {
    return on(new SparkConf().setMaster("local[2]"));
  }

  static TrainingSession on(SparkConf conf) {
    CpuAcceleration.request();
    return new TrainingSession(
        SparkSession.builder()
            .config(SessionDefaults.completed(conf.set("spark.ui.enabled", "false")))
            .appName("training")
            .getOrCreate());
  }

  JobContext context() {
    return new JobContext(session, new Storage(new Configuration()), "{}", false);
  }

  @Override
  public void close() {
    session.stop();
  }
}
