package ser.jobs.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.Averaging;
import ser.jobs.config.EarlyStopping;
import ser.jobs.config.TrainingSchedule;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;
import ser.model.metrics.ClassificationReport;
import ser.model.network.CpuAcceleration;
import ser.model.network.LearningRateSchedule;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.NetworkSnapshot;
import ser.model.network.Optimisation;

/**
 * Epochs of parameter averaging over all task slots, until the validation speakers say that it is
 * enough.
 *
 * <p>Before a network is evaluated or kept as the result, batch normalisation's statistics are
 * recomputed for the averaged weights, on the training rows.
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
   * @param monitor what made it the best; empty without validation
   * @param resumedAfter the epoch of the checkpoint that it went on from; 0 if it began anew
   * @param workers that were averaged
   */
  record Result(
      MultiLayerNetwork network,
      List<Epoch> epochs,
      int bestEpoch,
      Optional<EarlyStopping.Monitor> monitor,
      int resumedAfter,
      int workers,
      CpuAcceleration acceleration) {}

  /**
   * @param training rows that are learnt from
   * @param validation rows that decide which epoch is kept; without any it is the last
   * @param checkpoints where a training of the same settings may have stood when it was killed, and
   *     where this one puts down each epoch
   * @throws UserError if a loss is not finite
   */
  Result run(
      JavaRDD<LabelledInput> training,
      Optional<JavaRDD<LabelledInput>> validation,
      Checkpoints checkpoints) {
    Averaging averaging = schedule.averaging();
    int workers = averaging.workers() > 0 ? averaging.workers() : context.slots();
    AveragingMaster master = new AveragingMaster(averaging, workers, optimisation.learningRate());
    SparkDl4jMultiLayer spark =
        new SparkDl4jMultiLayer(
            context.javaSpark(), architecture.configuration(shape, optimisation), master);
    MultiLayerNetwork network = spark.getNetwork();
    CpuAcceleration acceleration = CpuAcceleration.of(network);
    LOG.info("{} parameters, {} workers; {}", network.numParams(), workers, acceleration);
    if (!acceleration.complete()) {
      LOG.warn("Training will be several times slower than it could be: {}", acceleration);
    }
    context.describe("Deal the training rows out to the workers");
    try (master;
        TrainingShards shards =
            TrainingShards.of(
                training,
                new Minibatches(shape, optimisation.regularisation(), optimisation.seed()),
                workers,
                averaging.batchSizePerWorker(),
                averaging.frequency(),
                optimisation.seed())) {
      int epochs = schedule.epochs().over(shards.rows());
      LearningRateSchedule rates = schedule.learningRate().during(epochs);
      CheckpointSeries series = series(checkpoints, shards, validation, rates, workers);
      Course course = new Course(spark, master, shards, validation, series, epochs, rates);
      Optional<TrainingState> found = course.checkpoint();
      TrainingState end = course.toTheEnd(found);
      end.best().into(network);
      return new Result(
          network,
          end.epochs(),
          end.best().epoch(),
          validation.map(rows -> schedule.stopping().monitor()),
          found.map(TrainingState::lastEpoch).orElse(0),
          workers,
          acceleration);
    }
  }

  private CheckpointSeries series(
      Checkpoints checkpoints,
      TrainingShards shards,
      Optional<JavaRDD<LabelledInput>> validation,
      LearningRateSchedule rates,
      int workers) {
    context.describe("Compare the rows with those of checkpoints");
    return new CheckpointSeries(
        checkpoints,
        CourseSettings.of(
            context.configuration(),
            shards.all(),
            validation.orElseGet(() -> context.javaSpark().emptyRDD()),
            Map.of(
                "layers", architecture.toText(),
                "input", shape,
                "optimisation", optimisation,
                "schedule", rates,
                "workers", workers)));
  }

  /** One training over its epochs. */
  private final class Course {
    private final SparkDl4jMultiLayer spark;
    private final AveragingMaster master;
    private final MultiLayerNetwork network;
    private final TrainingShards shards;
    private final Optional<JavaRDD<LabelledInput>> validation;
    private final CheckpointSeries series;
    private final int epochs;
    private final LearningRateSchedule rates;

    Course(
        SparkDl4jMultiLayer spark,
        AveragingMaster master,
        TrainingShards shards,
        Optional<JavaRDD<LabelledInput>> validation,
        CheckpointSeries series,
        int epochs,
        LearningRateSchedule rates) {
      this.spark = spark;
      this.master = master;
      this.network = spark.getNetwork();
      this.shards = shards;
      this.validation = validation;
      this.series = series;
      this.epochs = epochs;
      this.rates = rates;
    }

    /** Where an earlier run of the same training stood; the network then stands there too. */
    Optional<TrainingState> checkpoint() {
      Optional<TrainingState> found = series.latest(state -> state.weights().fit(network));
      found.ifPresent(state -> state.weights().into(network));
      return found;
    }

    TrainingState toTheEnd(Optional<TrainingState> from) {
      Optional<TrainingState> state = from;
      while (!ended(state)) {
        TrainingState next = epoch(state);
        series.write(next);
        state = Optional.of(next);
      }
      return state.orElseThrow();
    }

    private boolean ended(Optional<TrainingState> state) {
      EarlyStopping stopping = schedule.stopping();
      if (validation.isPresent()
          && state.filter(found -> found.waited() >= stopping.patience()).isPresent()) {
        LOG.info(
            "No better {} for {} epochs: done", stopping.monitor().label(), stopping.patience());
        return true;
      }
      return state.filter(found -> found.lastEpoch() >= epochs).isPresent();
    }

    private TrainingState epoch(Optional<TrainingState> before) {
      long start = System.nanoTime();
      List<Epoch> done = before.map(TrainingState::epochs).orElse(List.of());
      int epoch = done.size() + 1;
      context.describe("Epoch %d of at most %d: train".formatted(epoch, epochs));
      Contribution.Losses losses = new Contribution.Losses(0, 0);
      double rate = 0;
      for (int round = 0; round < shards.rounds(); round++) {
        rate = rateAt(done, (double) round / shards.rounds());
        master.learnAt(rate);
        spark.fit(shards.round(epoch, round));
        requireFinite(epoch, round, rate);
        losses = losses.plus(master.last().losses());
      }
      // Training itself takes those of each minibatch: only who judges or keeps the network needs
      // them.
      if (validation.isPresent() || epoch == epochs) {
        context.describe("Epoch %d: batch normalisation's statistics".formatted(epoch));
        evaluation
            .batchNorm(snapshot(network), shards.sample(schedule.batchNormRows()))
            .applyTo(network);
      }
      Weights weights = Weights.of(network);
      if (!weights.finite()) {
        throw diverged("after epoch %d the weights are not finite".formatted(epoch), rate);
      }
      Epoch result =
          new Epoch(
              epoch,
              losses.mean(),
              rate,
              validate(network, validation, epoch),
              (System.nanoTime() - start) / 1e9);
      LOG.info("{}", result);
      return TrainingState.after(before, result, weights, schedule.stopping().monitor());
    }

    private double rateAt(List<Epoch> done, double partOfEpoch) {
      return rates.rateAt(
          done.size() + partOfEpoch, done.stream().map(Epoch::lossToJudgeBy).toList());
    }

    private void requireFinite(int epoch, int round, double rate) {
      for (Contribution.FailedStep failed : master.last().failed()) {
        throw diverged(
            "in epoch %d, round %d of %d, the loss of minibatch %d of worker %d is %s"
                .formatted(
                    epoch,
                    round + 1,
                    shards.rounds(),
                    failed.batch(),
                    failed.worker(),
                    failed.loss()),
            rate);
      }
    }

    private UserError diverged(String what, double rate) {
      return new UserError(
          "Training stopped: %s at learning rate %s. Lower ser.train.learning-rate%s."
              .formatted(
                  what,
                  rate,
                  series
                      .newest()
                      .map("; the last good weights stand in %s"::formatted)
                      .orElse("")));
    }
  }

  NetworkSnapshot snapshot(MultiLayerNetwork network) {
    return NetworkSnapshot.of(network, architecture, shape, optimisation);
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
}
