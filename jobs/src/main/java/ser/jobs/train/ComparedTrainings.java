package ser.jobs.train;

import java.util.ArrayList;
import java.util.List;
import ser.jobs.config.CheckpointSettings;
import ser.jobs.config.TrainConfig;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;

/**
 * Trainings whose results are set beside each other, and of which nothing else is kept. Their
 * checkpoints stay until all of them have ended, so that a run that is killed and repeated goes on.
 */
public final class ComparedTrainings implements AutoCloseable {
  private final JobContext context;
  private final String folder;
  private final Checkpoints whole;

  /** Each with an output of its own below the folder. */
  private final List<TrainConfig> trained = new ArrayList<>();

  private ComparedTrainings(JobContext context, String folder, Checkpoints whole) {
    this.context = context;
    this.folder = folder;
    this.whole = whole;
  }

  /**
   * @param folder above the outputs of all trainings
   * @throws UserError if another run is comparing there
   */
  public static ComparedTrainings open(
      JobContext context, String folder, CheckpointSettings checkpoints) {
    return new ComparedTrainings(
        context, folder, Checkpoints.open(context.storage(), folder, checkpoints));
  }

  /** What a network, or those of all folds, make of what is held out. */
  public HeldOutResult heldOut(TrainConfig config) {
    List<TrainConfig> trainings =
        config.split().allFolds() ? CrossValidation.folds(context, config) : List.of(config);
    return trainings.stream().map(this::one).reduce(HeldOutResult::and).orElseThrow();
  }

  private HeldOutResult one(TrainConfig config) {
    HeldOutResult result = TrainJob.heldOut(context, config);
    trained.add(config);
    return result;
  }

  /**
   * @throws IllegalStateException if another run has taken the folder over
   */
  public void requireHeld() {
    whole.requireHeld();
  }

  /** Removes the checkpoints: the results are safe. */
  public void remove() {
    for (TrainConfig config : trained) {
      try (Checkpoints left =
          Checkpoints.open(context.storage(), config.output(), config.checkpoints())) {
        left.remove();
      }
      for (String output = config.output();
          output.length() > folder.length();
          output = output.substring(0, output.lastIndexOf('/'))) {
        context.storage().deleteIfEmpty(output);
      }
    }
  }

  @Override
  public void close() {
    whole.close();
    context.storage().deleteIfEmpty(folder);
  }
}
