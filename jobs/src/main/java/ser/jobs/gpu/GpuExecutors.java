package ser.jobs.gpu;

import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;

/** Makes sure, before a job begins, that the GPUs which its executors were given can be used. */
public final class GpuExecutors {
  private static final Logger LOG = LoggerFactory.getLogger(GpuExecutors.class);
  private static final String AMOUNT = "spark.executor.resource.gpu.amount";

  private GpuExecutors() {}

  /** True if Spark is to give GPUs to executors. */
  public static boolean wanted(SparkConf conf) {
    return conf.getInt(AMOUNT, 0) > 0;
  }

  /**
   * Asks as many tasks as run at once, each about its own GPU.
   *
   * @throws UserError naming a GPU, its compute capability and the remedy
   */
  public static void requireUsable(JobContext context) {
    if (!wanted(context.javaSpark().getConf())) {
      return;
    }
    context.describe("Look at the executors' GPUs");
    int slots = context.slots();
    List<GpuReport> reports =
        context
            .javaSpark()
            .parallelize(Collections.nCopies(slots, 0), slots)
            .map(slot -> GpuReport.ofTask(SparkEnv.get().blockManager().blockManagerId().host()))
            .distinct(1)
            .collect();
    reports.stream().map(GpuReport::gpu).sorted().forEach(gpu -> LOG.info("{}", gpu));
    reports.stream()
        .filter(report -> !report.usable())
        .min((one, other) -> one.gpu().compareTo(other.gpu()))
        .ifPresent(
            report -> {
              throw new UserError("Cannot use %s: %s.".formatted(report.gpu(), report.problem()));
            });
  }
}
