package ser.jobs.train;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.features.spec.FeatureSpec;
import ser.jobs.config.TrainConfig;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;
import ser.jobs.tables.FeatureTable;
import ser.model.Emotion;
import ser.model.input.InputSpec;
import ser.model.input.Normalisation;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.Optimisation;
import ser.model.split.Side;
import ser.model.split.Split;

/**
 * What is settled before the first row is trained on.
 *
 * @param spec settings of the features
 * @param features rows of all tables, by who may use them
 * @param input what the network sees of a row
 * @param labels the emotions, in the order of the network's outputs
 * @param split which rows train, which stop and which judge
 * @param rows what stands on each side
 * @param optimisation how weights are found
 */
record TrainingPlan(
    FeatureSpec spec,
    SideRows features,
    InputSpec input,
    List<Emotion> labels,
    Split split,
    SplitRows rows,
    Optimisation optimisation) {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingPlan.class);

  static TrainingPlan of(JobContext context, TrainConfig config) {
    FeatureSpec spec = FeatureTable.spec(context.storage(), config.features());
    InputSpec input = inputOf(spec, config);
    SideRows features =
        new SideRows(
            EmotionRows.of(
                FeatureTable.read(context.spark(), context.storage(), config.features()),
                config.emotions()),
            config.variants());
    FeatureTable.requireOnce(features.recordings(), config.features());
    TrainingTable table = TrainingTable.of(features);
    Split split = new SplitChoice(table, config.split(), config.seed()).split();
    SplitRows rows = SplitRows.of(features, split);
    requireRows(rows, config);
    ClassesPerSide classes = new ClassesPerSide(rows, table.labels(), split);
    classes.requireTrained();
    classes.warnOfAbsent();
    warnOfMissing(rows, config);
    if (rows.rowsOf(Side.VALIDATION) == 0) {
      MissingValidation.of(config).warning().ifPresent(LOG::warn);
    }
    Optimisation optimisation =
        config.network().optimisation(rows.countsOf(Side.TRAINING, table.labels()), config.seed());
    TrainingPlan plan =
        new TrainingPlan(spec, features, input, table.labels(), split, rows, optimisation);
    plan.requireOneRate(config);
    return plan;
  }

  NetworkShape shape() {
    return NetworkShape.of(input, labels.size());
  }

  /**
   * Looks at who and what stands on the sides.
   *
   * @throws UserError naming what stands on two of them
   */
  LeakCheck leakCheck() {
    return LeakCheck.of(features, split);
  }

  /** From rows of the tables to the network's input. */
  InputPreparation inputs() {
    return new InputPreparation(features, input, frameS(), split, labels);
  }

  /** Emotions that the test lacks. */
  List<Emotion> untested() {
    return new ClassesPerSide(rows, labels, split).absent(Side.TEST);
  }

  private double frameS() {
    return (double) spec.frames().hopLength() / spec.sampleRateHz();
  }

  /**
   * @throws UserError if the layers do not fit each other or the input
   */
  void requireBuildable(TrainConfig config) {
    NetworkArchitecture architecture = config.network().architecture();
    try {
      architecture.configuration(shape(), optimisation);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot build the network of recipe %s: %s. Change ser.train.layers or ser.train.input."
              .formatted(config.recipe(), e.getMessage()),
          e);
    }
  }

  private void requireOneRate(TrainConfig config) {
    if (spec.sampleRateHz() == FeatureSpec.NATIVE_RATE
        && config.normalise().rule() instanceof Normalisation.Speaker) {
      throw new UserError(
          "Cannot train with ser.train.normalise = speaker on %s: its recordings kept their own rates, so that frames are of no one length. Run 'ser extract' again with a number for ser.features.sample-rate-hz."
              .formatted(config.features()));
    }
  }

  private static InputSpec inputOf(FeatureSpec spec, TrainConfig config) {
    // Of other bands or another rate the same rows of a matrix are another input.
    config
        .featureDemand()
        .unmetBy(spec)
        .ifPresent(
            differences -> {
              throw new UserError(
                  "Cannot train recipe %s on %s: it asks for other feature settings than the table was made with (%s; the table's first). Run 'ser extract --recipe %s' to make its table, or set ser.features as the table has it."
                      .formatted(config.recipe(), config.features(), differences, config.recipe()));
            });
    try {
      InputSpec input = config.network().input().of(spec);
      input.requireFrom(spec);
      return input;
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot train recipe %s on %s: %s. Run 'ser extract --recipe %s' to make its table."
              .formatted(config.recipe(), config.features(), e.getMessage(), config.recipe()),
          e);
    }
  }

  private static void warnOfMissing(SplitRows rows, TrainConfig config) {
    List<String> missing = rows.missing(config.variants());
    if (!missing.isEmpty()) {
      LOG.warn(
          "Training without the variants {}, which ser.train.variants asks for: the tables have none. 'ser extract --recipe {}' makes those of the recipe.",
          missing,
          config.recipe());
    }
  }

  private static void requireRows(SplitRows rows, TrainConfig config) {
    for (Side side : List.of(Side.TRAINING, Side.TEST)) {
      if (rows.rowsOf(side) == 0) {
        throw new UserError(
            "Cannot train on %s: no recording fell on the %s side of the split with ser.train.seed = %d. Give more recordings."
                .formatted(config.features(), side, config.seed()));
      }
    }
  }
}
