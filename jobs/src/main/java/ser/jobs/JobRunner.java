package ser.jobs;

import com.typesafe.config.Config;
import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.ConfigSources;
import ser.jobs.error.UserError;
import ser.jobs.error.UserErrors;
import ser.jobs.gpu.GpuExecutors;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.spark.SessionDefaults;
import ser.jobs.storage.Storage;
import ser.model.network.CpuAcceleration;

/** Runs one job: configuration, session, result line and exit code. */
public final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  static final int DONE = 0;
  static final int INTERNAL_FAULT = 1;
  private static final String MAIN_CLASS = Ser.class.getName();
  static final int USER_ERROR = 2;

  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param out receives the result line and nothing else
   * @param err receives the user's mistakes
   */
  public JobRunner(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** A job's work. */
  @FunctionalInterface
  public interface Job<C> {
    JobOutcome run(JobContext context, C config);
  }

  /**
   * @param name of the command
   * @param configuration read first, so that a wrong one costs no session
   * @param reader from configuration to the job's own record
   * @return the exit code
   */
  public <C> int run(
      String name,
      Supplier<Config> configuration,
      Function<Config, C> reader,
      Job<C> job,
      boolean dryRun) {
    long start = System.nanoTime();
    return guarded(
        name,
        () -> {
          Config config = configuration.get();
          C settings = reader.apply(config);
          CpuAcceleration.request();
          LOG.info("Configuration: {}", ConfigSources.render(config));
          SparkSession spark = session(name);
          try {
            JobContext context =
                new JobContext(
                    spark,
                    new Storage(spark.sparkContext().hadoopConfiguration()),
                    ConfigSources.render(config),
                    dryRun);
            GpuExecutors.requireUsable(context);
            return printed(name, start, job.run(context, settings));
          } finally {
            spark.stop();
          }
        });
  }

  /**
   * For commands that have no use for a cluster.
   *
   * @return the exit code
   */
  int runWithoutSpark(String name, Supplier<JobOutcome> work) {
    long start = System.nanoTime();
    return guarded(name, () -> printed(name, start, work.get()));
  }

  private int printed(String name, long start, JobOutcome outcome) {
    out.println(outcome.toJson(name, (System.nanoTime() - start) / 1e9));
    return outcome.status().exitCode();
  }

  private int guarded(String name, IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (UserError e) {
      return userError(e);
    } catch (Exception | Error e) {
      // Spark throws checked exceptions that it does not declare.
      UserError mistake = UserErrors.within(e);
      if (mistake != null) {
        return userError(mistake);
      }
      LOG.error("'ser {}' failed", name, e);
      err.println("ser %s: internal fault: %s".formatted(name, UserErrors.rootMessage(e)));
      return INTERNAL_FAULT;
    }
  }

  private int userError(UserError error) {
    err.println("ser: " + error.getMessage().replaceAll("\\s*\\R\\s*", " "));
    return USER_ERROR;
  }

  private static SparkSession session(String name) {
    SparkConf conf = SessionDefaults.completed(new SparkConf());
    if (!conf.contains("spark.master")) {
      conf.setMaster("local[*]");
    }
    // spark-submit's own name is that of the class.
    if (conf.get("spark.app.name", MAIN_CLASS).equals(MAIN_CLASS)) {
      conf.setAppName("ser " + name);
    }
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    SessionDefaults.fit(spark);
    return spark;
  }
}
