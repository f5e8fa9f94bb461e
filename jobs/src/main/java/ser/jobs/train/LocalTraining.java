package ser.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import ser.jobs.config.EarlyStopping;
import ser.jobs.config.TrainConfig;
import ser.model.metrics.ClassificationReport;
import ser.model.network.BatchNormStatistics;
import ser.model.network.EmotionClassifier;
import ser.model.network.LearningRateSchedule;
import ser.model.network.NetworkArchitecture;
import ser.model.network.Optimisation;

/**
 * The training of one network by one task, from files that it reads epoch by epoch: memory holds
 * one of them, whatever their number. Two with the same settings and seed give the same numbers,
 * wherever they run.
 *
 * <p>As in {@link DataParallelTraining}, batch normalisation's statistics are recomputed after each
 * epoch, before the validation rows are looked at; what they say ends the training and tells which
 * epoch was the best.
 */
public final class LocalTraining {
  private final Settings settings;
  private final PreparedInputs inputs;
  private final Minibatches minibatches;
  private final Configuration hadoop;
  private final MultiLayerNetwork network;
  private double rate = Double.NaN;

  /**
   * How a network is trained.
   *
   * @param epochs at most
   * @param stopping when it ends before, and which epoch is the best
   * @param batchSize rows of a step
   * @param batchNormRows training rows that batch normalisation's statistics are taken over, at
   *     most
   */
  public record Settings(
      NetworkArchitecture architecture,
      Optimisation optimisation,
      LearningRateSchedule learningRate,
      int epochs,
      EarlyStopping stopping,
      int batchSize,
      int batchNormRows)
      implements Serializable {

    /**
     * @param seed of initial weights, order and dropout
     * @throws TrainingFailure if the layers do not fit the inputs
     */
    public static Settings of(TrainConfig config, PreparedInputs inputs, long seed) {
      long[] counts = inputs.trainingCounts().stream().mapToLong(Long::longValue).toArray();
      int epochs = config.schedule().epochs().over(inputs.training().rows());
      Settings settings =
          new Settings(
              config.network().architecture(),
              config.network().optimisation(counts, seed),
              config.schedule().learningRate().during(epochs),
              epochs,
              config.schedule().stopping(),
              config.schedule().averaging().batchSizePerWorker(),
              config.schedule().batchNormRows());
      try {
        settings.architecture.configuration(inputs.shape(), settings.optimisation);
      } catch (RuntimeException e) {
        throw unbuildable(e);
      }
      return settings;
    }
  }

  /**
   * What came of a training.
   *
   * @param best what the validation rows gave in the best epoch
   * @param loss mean cross-entropy of the validation rows in that epoch, unweighted
   * @param bestEpoch counted from 1
   * @param epochs that were trained
   * @param weights that the network has
   */
  public record Result(
      ClassificationReport best, double loss, int bestEpoch, int epochs, long weights) {}

  private LocalTraining(Settings settings, PreparedInputs inputs, Configuration hadoop) {
    this.settings = settings;
    this.inputs = inputs;
    this.minibatches =
        new Minibatches(
            inputs.shape(), settings.optimisation.regularisation(), settings.optimisation.seed());
    this.hadoop = hadoop;
    try {
      network =
          new MultiLayerNetwork(
              settings.architecture.configuration(inputs.shape(), settings.optimisation));
      network.init();
    } catch (RuntimeException e) {
      throw unbuildable(e);
    }
  }

  /**
   * @throws TrainingFailure if the network cannot be built or has no room, or its loss is not a
   *     number any more
   */
  public static Result run(Settings settings, PreparedInputs inputs, Configuration hadoop) {
    try {
      return new LocalTraining(settings, inputs, hadoop).epochs();
    } catch (OutOfMemoryError e) {
      // JavaCPP throws it at its own limits too, long before the process has none left.
      throw new TrainingFailure(
          TrainingFailure.Kind.OUT_OF_MEMORY,
          "a task has too little memory for it (%s)".formatted(e.getMessage()),
          e);
    }
  }

  private Result epochs() {
    List<Double> losses = new ArrayList<>();
    ClassificationReport best = null;
    double lossOfBest = Double.NaN;
    double score = Double.NEGATIVE_INFINITY;
    int bestEpoch = 0;
    int epoch = 0;
    while (epoch < settings.epochs && epoch - bestEpoch < settings.stopping.patience()) {
      epoch++;
      train(epoch, losses);
      renewBatchNorm();
      Evaluation evaluation = validate();
      requireFinite(evaluation.loss(), "the validation loss", epoch);
      ClassificationReport report = ClassificationReport.of(evaluation.confusion());
      losses.add(evaluation.loss());
      double reached = settings.stopping.monitor().score(report.macroF1(), evaluation.loss());
      if (reached > score) {
        score = reached;
        best = report;
        lossOfBest = evaluation.loss();
        bestEpoch = epoch;
      }
    }
    return new Result(best, lossOfBest, bestEpoch, epoch, network.numParams());
  }

  private void train(int epoch, List<Double> losses) {
    long rows = inputs.training().rows();
    SplittableRandom random =
        new SplittableRandom(settings.optimisation.seed() + 0x9E3779B97F4A7C15L * epoch);
    long[] done = {0};
    eachBatch(
        random,
        batch -> {
          double progress = epoch - 1 + (double) done[0] / rows;
          step(batch, settings.learningRate.rateAt(progress, losses), epoch);
          done[0] += batch.size();
        });
  }

  private void step(List<LabelledInput> batch, double wanted, int epoch) {
    if (wanted != rate) {
      rate = wanted;
      network.setLearningRate(rate);
    }
    network.fit(minibatches.of(batch, epoch));
    requireFinite(network.score(), "the loss", epoch);
  }

  private void requireFinite(double loss, String name, int epoch) {
    if (!Double.isFinite(loss)) {
      throw new TrainingFailure(
          TrainingFailure.Kind.DIVERGED,
          "%s is %s in epoch %d at learning rate %s".formatted(name, loss, epoch, rate),
          null);
    }
  }

  /**
   * Files in a random order, the rows of each in a random order; what is left over joins the next.
   */
  private void eachBatch(SplittableRandom random, Consumer<List<LabelledInput>> step) {
    List<LabelledInput> waiting = new ArrayList<>();
    for (int shard : permutation(inputs.training().count(), random)) {
      List<LabelledInput> rows = inputs.training().load(shard, hadoop);
      for (int row : permutation(rows.size(), random)) {
        waiting.add(rows.get(row));
        if (waiting.size() == settings.batchSize) {
          step.accept(List.copyOf(waiting));
          waiting.clear();
        }
      }
    }
    // Batch normalisation has no variance over one row.
    if (waiting.size() > 1) {
      step.accept(waiting);
    }
  }

  private void renewBatchNorm() {
    BatchNormStatistics statistics = new BatchNormStatistics();
    int left = settings.batchNormRows;
    for (int shard = 0; shard < inputs.training().count() && left > 0; shard++) {
      try (InputShards.Rows rows = inputs.training().read(shard, hadoop)) {
        while (rows.hasNext() && left > 0) {
          List<LabelledInput> batch = next(rows, Math.min(left, EmotionClassifier.BATCH));
          left -= batch.size();
          statistics.observe(network, inputs.shape().batchOf(values(batch), batch.size()));
        }
      }
    }
    statistics.applyTo(network);
  }

  private Evaluation validate() {
    EmotionClassifier classifier = EmotionClassifier.of(network, inputs.shape(), inputs.labels());
    Evaluation evaluation = Evaluation.none(inputs.labels());
    RowProbabilities judged = new RowProbabilities();
    for (int shard = 0; shard < inputs.validation().count(); shard++) {
      try (InputShards.Rows rows = inputs.validation().read(shard, hadoop)) {
        while (rows.hasNext()) {
          List<LabelledInput> batch = next(rows, EmotionClassifier.BATCH);
          float[][] probabilities = classifier.probabilities(values(batch));
          for (int i = 0; i < batch.size(); i++) {
            Optional<float[]> row = judged.add(batch.get(i), probabilities[i]);
            if (row.isPresent()) {
              evaluation = evaluation.with(batch.get(i).label(), row.get());
            }
          }
        }
      }
    }
    return evaluation;
  }

  private static List<float[]> values(List<LabelledInput> rows) {
    return rows.stream().map(LabelledInput::values).toList();
  }

  private static List<LabelledInput> next(InputShards.Rows rows, int most) {
    List<LabelledInput> batch = new ArrayList<>(most);
    while (rows.hasNext() && batch.size() < most) {
      batch.add(rows.next());
    }
    return batch;
  }

  private static int[] permutation(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private static TrainingFailure unbuildable(RuntimeException e) {
    return new TrainingFailure(TrainingFailure.Kind.UNBUILDABLE, String.valueOf(e.getMessage()), e);
  }
}
