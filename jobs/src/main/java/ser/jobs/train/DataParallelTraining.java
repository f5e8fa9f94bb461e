package ser.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.DoubleAccumulator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.JobContext;
import ser.jobs.UserError;
import ser.jobs.config.TrainingSchedule;
import ser.model.metrics.ClassificationReport;
import ser.model.network.CpuAcceleration;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.NetworkSnapshot;
import ser.model.network.Optimisation;

/**
 * Epochs of parameter averaging over all task slots, until the validation speakers say that it is
 * enough.
 *
 * <p>After each epoch batch normalisation's statistics are recomputed for the averaged weights, on
 * the training rows, before anything is evaluated or kept.
 */
final class DataParallelTraining {
  private static final Logger LOG = LoggerFactory.getLogger(DataParallelTraining.class);

  private final JobContext context;
  private final NetworkArchitecture architecture;
  private final NetworkShape shape;
  private final Optimisation optimisation;
  private final TrainingSchedule schedule;
  private final SparkEvaluation evaluation;

  DataParallelTraining(
      JobContext context,
      NetworkArchitecture architecture,
      NetworkShape shape,
      Optimisation optimisation,
      TrainingSchedule schedule,
      SparkEvaluation evaluation) {
    this.context = context;
    this.architecture = architecture;
    this.shape = shape;
    this.optimisation = optimisation;
    this.schedule = schedule;
    this.evaluation = evaluation;
  }

  /**
   * @param network the best epoch's
   * @param epochs all, in order
   * @param bestEpoch counted from 1
   * @param workers that were averaged
   */
  record Result(
      MultiLayerNetwork network,
      List<Epoch> epochs,
      int bestEpoch,
      int workers,
      CpuAcceleration acceleration) {}

  /**
   * @param training rows that are learnt from
   * @param validation rows that decide which epoch is kept; without any it is the last
   */
  Result run(JavaRDD<LabelledInput> training, Optional<JavaRDD<LabelledInput>> validation) {
    int workers = schedule.workers() > 0 ? schedule.workers() : context.slots();
    DoubleAccumulator losses = context.spark().sparkContext().doubleAccumulator("loss");
    SparkDl4jMultiLayer spark =
        new SparkDl4jMultiLayer(
            context.javaSpark(),
            architecture.configuration(shape, optimisation),
            trainingMaster(workers, losses));
    MultiLayerNetwork network = spark.getNetwork();
    CpuAcceleration acceleration = CpuAcceleration.of(network);
    LOG.info("{} parameters, {} workers; {}", network.numParams(), workers, acceleration);
    if (!acceleration.complete()) {
      LOG.warn("Training will be several times slower than it could be: {}", acceleration);
    }
    NetworkShape fixed = shape;
    JavaRDD<DataSet> examples =
        training.map(row -> row.toDataSet(fixed)).persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      return epochs(spark, examples, training, validation, losses, workers, acceleration);
    } finally {
      examples.unpersist();
    }
  }

  private Result epochs(
      SparkDl4jMultiLayer spark,
      JavaRDD<DataSet> examples,
      JavaRDD<LabelledInput> training,
      Optional<JavaRDD<LabelledInput>> validation,
      DoubleAccumulator losses,
      int workers,
      CpuAcceleration acceleration) {
    List<Epoch> epochs = new ArrayList<>();
    MultiLayerNetwork network = spark.getNetwork();
    JavaRDD<LabelledInput> statisticsRows = statisticsRows(training);
    INDArray best = null;
    int bestEpoch = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int epoch = 1; epoch <= schedule.epochs(); epoch++) {
      if (epoch - 1 - bestEpoch >= schedule.patience() && validation.isPresent()) {
        LOG.info("No better macro F1 for {} epochs: done", schedule.patience());
        break;
      }
      long start = System.nanoTime();
      losses.reset();
      context.describe("Epoch %d of at most %d: train".formatted(epoch, schedule.epochs()));
      spark.fit(examples);
      double loss = losses.avg();
      requireFinite(loss, epoch);
      context.describe("Epoch %d: batch normalisation's statistics".formatted(epoch));
      evaluation.batchNorm(snapshot(network), statisticsRows).applyTo(network);
      OptionalDouble macroF1 = validate(network, validation, epoch);
      double score = macroF1.orElse(epoch);
      if (score > bestScore) {
        bestScore = score;
        bestEpoch = epoch;
        best = network.params().dup();
      }
      Epoch done =
          new Epoch(
              epoch, loss, optimisation.learningRate(), macroF1, (System.nanoTime() - start) / 1e9);
      epochs.add(done);
      LOG.info("{}", done);
    }
    network.setParams(best);
    return new Result(network, epochs, bestEpoch, workers, acceleration);
  }

  NetworkSnapshot snapshot(MultiLayerNetwork network) {
    return NetworkSnapshot.of(network, architecture, shape, optimisation);
  }

  private OptionalDouble validate(
      MultiLayerNetwork network, Optional<JavaRDD<LabelledInput>> validation, int epoch) {
    if (validation.isEmpty()) {
      return OptionalDouble.empty();
    }
    context.describe("Epoch %d: validate".formatted(epoch));
    return OptionalDouble.of(
        ClassificationReport.of(evaluation.confusion(snapshot(network), validation.get()))
            .macroF1());
  }

  private ParameterAveragingTrainingMaster trainingMaster(int workers, DoubleAccumulator losses) {
    return new ParameterAveragingTrainingMaster.Builder(workers, 1)
        .batchSizePerWorker(schedule.batchSizePerWorker())
        .averagingFrequency(schedule.averagingFrequency())
        // Rows are small and stay in memory as they are; an export would write and read them again.
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .storageLevel(null)
        .saveUpdater(true)
        .rngSeed(optimisation.seed())
        .trainingHooks(new LossHook(losses))
        .build();
  }

  /** As many training rows as the schedule allows, spread evenly. */
  private JavaRDD<LabelledInput> statisticsRows(JavaRDD<LabelledInput> training) {
    long rows = training.count();
    return rows <= schedule.batchNormRows()
        ? training
        : training.sample(false, (double) schedule.batchNormRows() / rows, optimisation.seed());
  }

  private void requireFinite(double loss, int epoch) {
    if (!Double.isFinite(loss)) {
      throw new UserError(
          "Training stopped in epoch %d: the loss is %s at learning rate %s. Lower ser.train.learning-rate."
              .formatted(epoch, loss, optimisation.learningRate()));
    }
  }
}
