package ser.jobs.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import ser.jobs.config.Averaging;
import ser.jobs.config.CheckpointSettings;
import ser.jobs.config.EarlyStopping;
import ser.jobs.config.EarlyStopping.Monitor;
import ser.jobs.config.EpochCount;
import ser.jobs.config.TrainingSchedule;
import ser.jobs.run.JobContext;
import ser.jobs.storage.Storage;
import ser.model.ClassWeights;
import ser.model.Emotion;
import ser.model.network.LearningRateSchedule;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.Optimisation;

/**
 * A training that takes a second: a network with everything that has a state (batch normalisation,
 * dropout, Adam) on rows of noise.
 *
 * @param epochs at most
 * @param stopping when it ends before
 * @param averaging how it is divided
 * @param seed of all draws
 */
record TinyTraining(int epochs, EarlyStopping stopping, Averaging averaging, long seed) {
  static final NetworkShape SHAPE = new NetworkShape(12, 14, 3);
  static final LearningRateSchedule RATES = new LearningRateSchedule.Plateau(1e-2, 1, 0.5);

  private static final int ROWS = 34;
  private static final NetworkArchitecture ARCHITECTURE =
      NetworkArchitecture.parse(
          List.of(
              "conv 4 3x3",
              "batch-norm",
              "relu",
              "max-pool 2x2",
              "global-average-pool",
              "dropout 0.5",
              "dense 8",
              "dropout 0.4"));

  TinyTraining(int epochs, Averaging averaging) {
    this(epochs, new EarlyStopping(Monitor.MACRO_F1, 99), averaging, 7);
  }

  TinyTraining withSeed(long other) {
    return new TinyTraining(epochs, stopping, averaging, other);
  }

  TinyTraining withEpochs(int other) {
    return new TinyTraining(other, stopping, averaging, seed);
  }

  /**
   * @param output where it puts its checkpoints, and goes on from those that it has put there
   *     before
   */
  DataParallelTraining.Result run(JobContext context, Path output) {
    return run(
        context,
        output,
        Optional.of(
            context
                .javaSpark()
                .parallelize(SyntheticRows.of(9, SHAPE, 2), 2)
                .map(TinyTraining::mislabelled)));
  }

  DataParallelTraining.Result runWithoutValidation(JobContext context, Path output) {
    return run(context, output, Optional.empty());
  }

  private DataParallelTraining.Result run(
      JobContext context, Path output, Optional<JavaRDD<LabelledInput>> validation) {
    try (Checkpoints checkpoints =
        Checkpoints.open(
            new Storage(new Configuration()), output.toString(), new CheckpointSettings(1, 2))) {
      return training(context).run(rows(context.javaSpark()), validation, checkpoints);
    }
  }

  private DataParallelTraining training(JobContext context) {
    return new DataParallelTraining(
        context,
        ARCHITECTURE,
        SHAPE,
        new Optimisation(1e-2, new ClassWeights(List.of(0.5, 1.0, 1.5)), seed),
        new TrainingSchedule(RATES, new EpochCount.Fixed(epochs), stopping, averaging, 20),
        new SparkEvaluation(
            context.javaSpark(), List.of(Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY)));
  }

  private static JavaRDD<LabelledInput> rows(JavaSparkContext spark) {
    // More partitions than slots: they end in any order.
    return spark.parallelize(SyntheticRows.of(ROWS, SHAPE, 1), 5);
  }

  /** Validation gets worse while the training gets better: plateaus and early ends come soon. */
  private static LabelledInput mislabelled(LabelledInput row) {
    return new LabelledInput(
        row.subject(), row.variant(), (row.label() + 1) % SHAPE.classes(), row.values());
  }

  static float[] weights(DataParallelTraining.Result result) {
    return result.network().params().toFloatVector();
  }
}
