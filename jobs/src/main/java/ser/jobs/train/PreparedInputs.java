package ser.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import ser.jobs.config.TrainConfig;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;
import ser.model.Emotion;
import ser.model.network.NetworkShape;
import ser.model.split.Side;
import ser.model.split.SpeakerSplit;

/**
 * What trials of a search are trained and judged on: rows of the training and of the validation
 * speakers, normalised, in files. Rows of the test speakers are neither read nor written.
 *
 * @param shape of the inputs, and how many emotions there are
 * @param labels the emotions, in the order of the network's outputs
 * @param trainingCounts training rows by emotion
 * @param training files
 * @param validation files
 */
public record PreparedInputs(
    NetworkShape shape,
    List<Emotion> labels,
    List<Long> trainingCounts,
    InputShards training,
    InputShards validation)
    implements Serializable {

  public PreparedInputs {
    labels = List.copyOf(labels);
    trainingCounts = List.copyOf(trainingCounts);
  }

  /**
   * Who is on which side.
   *
   * @param rows that are trained on, variants included
   * @param recordings of all sides
   */
  public record Sides(
      SortedSet<String> training,
      SortedSet<String> validation,
      SortedSet<String> test,
      long rows,
      long recordings) {}

  /**
   * Reads who and what the tables hold.
   *
   * @throws UserError if the split is not by speaker, or leaves nobody to validate on, or if the
   *     same audio stands on two sides
   */
  public static Sides sides(JobContext context, TrainConfig config) {
    TrainingPlan plan = plan(context, config);
    plan.leakCheck();
    return new Sides(
        new TreeSet<>(plan.rows().speakersOf(Side.TRAINING)),
        new TreeSet<>(plan.rows().speakersOf(Side.VALIDATION)),
        new TreeSet<>(plan.rows().speakersOf(Side.TEST)),
        plan.rows().rowsOf(Side.TRAINING),
        plan.rows().recordings());
  }

  /**
   * Prepares the inputs that a configuration asks for. {@link #sides} has looked for leaks.
   *
   * @param folder that nothing else writes to
   */
  public static PreparedInputs write(
      JobContext context,
      TrainConfig config,
      String folder,
      Broadcast<SerializableConfiguration> hadoop) {
    TrainingPlan plan = plan(context, config);
    CheckedInputs inputs =
        CheckedInputs.of(plan.inputs(), config.normalise(), config.seed(), plan.leakCheck());
    NetworkShape shape = plan.shape();
    List<Long> counts = new ArrayList<>();
    for (long count : plan.rows().countsOf(Side.TRAINING, plan.labels())) {
      counts.add(count);
    }
    return new PreparedInputs(
        shape,
        plan.labels(),
        counts,
        InputShards.write(
            inputs.of(Side.TRAINING), shape, folder + "/training", config.seed(), hadoop),
        InputShards.write(
            inputs.of(Side.VALIDATION), shape, folder + "/validation", config.seed(), hadoop));
  }

  private static TrainingPlan plan(JobContext context, TrainConfig config) {
    TrainingPlan plan = TrainingPlan.of(context, config);
    if (!(plan.split() instanceof SpeakerSplit)) {
      throw new UserError(
          "Cannot tune with ser.train.split = %s: a search would find what fits these voices. Set it to speakers."
              .formatted(plan.split().protocol()));
    }
    if (plan.rows().rowsOf(Side.VALIDATION) == 0) {
      throw new UserError(
          "Cannot tune on %s: there are too few speakers (%d) to judge trials by some that are neither trained nor tested on. Add recordings of more speakers."
              .formatted(
                  config.features(),
                  plan.rows().speakersOf(Side.TRAINING).size()
                      + plan.rows().speakersOf(Side.TEST).size()));
    }
    return plan;
  }
}
