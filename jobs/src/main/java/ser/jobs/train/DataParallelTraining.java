package ser.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.DoubleAccumulator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.TrainingSchedule;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;
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
    try (TrainingShards shards =
        TrainingShards.of(
            training,
            new Minibatches(shape, optimisation.regularisation(), optimisation.seed()),
            workers,
            schedule.batchSizePerWorker(),
            schedule.averagingFrequency(),
            optimisation.seed())) {
      return epochs(spark, shards, training, validation, losses, workers, acceleration);
    }
  }

  private Result epochs(
      SparkDl4jMultiLayer spark,
      TrainingShards shards,
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
      double rate = 0;
      for (int round = 0; round < shards.rounds(); round++) {
        rate = rateAt(epochs, (double) round / shards.rounds());
        network.setLearningRate(rate);
        spark.fit(shards.round(epoch, round));
      }
      double loss = losses.avg();
      requireFinite(loss, epoch, rate);
      context.describe("Epoch %d: batch normalisation's statistics".formatted(epoch));
      evaluation.batchNorm(snapshot(network), statisticsRows).applyTo(network);
      Optional<Epoch.Validation> validated = validate(network, validation, epoch);
      double score = validated.map(Epoch.Validation::macroF1).orElse((double) epoch);
      if (score > bestScore) {
        bestScore = score;
        bestEpoch = epoch;
        best = network.params().dup();
      }
      Epoch done = new Epoch(epoch, loss, rate, validated, (System.nanoTime() - start) / 1e9);
      epochs.add(done);
      LOG.info("{}", done);
    }
    network.setParams(best);
    return new Result(network, epochs, bestEpoch, workers, acceleration);
  }

  NetworkSnapshot snapshot(MultiLayerNetwork network) {
    return NetworkSnapshot.of(network, architecture, shape, optimisation);
  }

  private double rateAt(List<Epoch> done, double partOfEpoch) {
    List<Double> losses =
        done.stream().flatMap(epoch -> epoch.validation().stream()).map(v -> v.loss()).toList();
    return schedule.learningRate().rateAt(done.size() + partOfEpoch, losses);
  }

  private Optional<Epoch.Validation> validate(
      MultiLayerNetwork network, Optional<JavaRDD<LabelledInput>> validation, int epoch) {
    context.describe("Epoch %d: validate".formatted(epoch));
    return validation
        .map(rows -> evaluation.of(snapshot(network), rows))
        .map(
            result ->
                new Epoch.Validation(
                    ClassificationReport.of(result.confusion()).macroF1(), result.loss()));
  }

  private ParameterAveragingTrainingMaster trainingMaster(int workers, DoubleAccumulator losses) {
    return new ParameterAveragingTrainingMaster.Builder(workers, schedule.batchSizePerWorker())
        .batchSizePerWorker(schedule.batchSizePerWorker())
        .averagingFrequency(schedule.averagingFrequency())
        // Rows stay with their workers as they are; an export would write and read them again.
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .repartionData(Repartition.Never)
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

  private void requireFinite(double loss, int epoch, double rate) {
    if (!Double.isFinite(loss)) {
      throw new UserError(
          "Training stopped in epoch %d: the loss is %s at learning rate %s. Lower ser.train.learning-rate."
              .formatted(epoch, loss, rate));
    }
  }
}
