package ser.jobs.evaluate;

import ser.jobs.config.EvaluateConfig;
import ser.jobs.config.EvaluateConfig.LeakGap;
import ser.jobs.config.EvaluateConfig.OfModel;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.run.OutputOwner;

/** Features and a model or a recipe in, a report out. */
public final class EvaluateJob {
  private EvaluateJob() {}

  public static JobOutcome run(JobContext context, EvaluateConfig config) {
    OutputOwner.requireNoTraining(
        context.storage(), config.output(), "an evaluation", "evaluation");
    OutputOwner.requireNoTables(context.storage(), config.output(), "an evaluation", "evaluation");
    if (config.task() instanceof LeakGap leakGap) {
      return new LeakGapRun(context, config, leakGap).run();
    }
    return new ModelRun(context, config, (OfModel) config.task()).run();
  }
}
