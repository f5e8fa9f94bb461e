package ser.jobs.train;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import ser.jobs.config.Averaging;

/**
 * DL4J's parameter averaging, one round at a time, with what it leaves to chance settled.
 *
 * <p>Each partition of a round is a worker's. DL4J itself counts the data first, which makes all
 * minibatches once more, draws splits at random, fails where a worker has no rows left, makes every
 * worker's network anew for each round, and adds weights in the order in which tasks end. Here
 * networks stay where they are ({@link WorkerNetwork}), the mean is taken in the order of the
 * workers, each row counting alike, and the optimiser's state is averaged with the weights. Both
 * are kept in the driver's network, as DL4J does, so that network is all there is to put down.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster implements AutoCloseable {
  private double learningRate;
  private Optional<JavaRDD<WorkerNetwork>> networks = Optional.empty();
  private Contribution last = Contribution.none(0);

  /**
   * @param learningRate of rounds until another is set
   */
  AveragingMaster(Averaging averaging, int workers, double learningRate) {
    super(
        new Builder(workers, averaging.batchSizePerWorker())
            .batchSizePerWorker(averaging.batchSizePerWorker())
            .averagingFrequency(averaging.frequency())
            .workerPrefetchNumBatches(averaging.prefetchBatches())
            .aggregationDepth(averaging.depth())
            // Rows stay with their workers as they are: docs/decisions/0015.
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .repartionData(Repartition.Never)
            .storageLevel(null)
            .saveUpdater(true));
    this.learningRate = learningRate;
  }

  /** The learning rate of the rounds to come. */
  void learnAt(double rate) {
    learningRate = rate;
  }

  /**
   * One round. A round with a loss that is not finite leaves the network as it was.
   *
   * @param minibatches a partition per worker, each of as many as lie between two averagings; every
   *     round the same number of partitions
   */
  @Override
  public void executeTraining(SparkDl4jMultiLayer spark, JavaRDD<DataSet> minibatches) {
    MultiLayerNetwork network = spark.getNetwork();
    Broadcast<WorkerNetwork.Start> start =
        spark
            .getSparkContext()
            .broadcast(new WorkerNetwork.Start(Weights.of(network), learningRate));
    try {
      last =
          OrderedMean.of(
              minibatches.zipPartitions(
                  networks(network.getLayerWiseConfigurations(), minibatches),
                  (batches, workers) ->
                      List.of(workers.next().train(start.value(), batches)).iterator()),
              aggregationDepth);
    } finally {
      start.destroy();
    }
    if (last.rows() > 0 && last.failed().isEmpty()) {
      last.weights().into(network);
    }
  }

  /** What the last round gave. */
  Contribution last() {
    return last;
  }

  /** Lets the workers' networks go. */
  @Override
  public void close() {
    networks.ifPresent(cached -> cached.unpersist(false));
    networks = Optional.empty();
  }

  /** One to a partition, where the minibatches of the first round are. */
  private JavaRDD<WorkerNetwork> networks(
      MultiLayerConfiguration configuration, JavaRDD<DataSet> minibatches) {
    if (networks.isEmpty()) {
      // A thread for a single minibatch would only delay it.
      int ahead = averagingFrequency > 1 ? prefetchNumBatches : 0;
      networks =
          Optional.of(
              minibatches
                  .mapPartitionsWithIndex(
                      (place, partition) ->
                          List.of(new WorkerNetwork(place, configuration, ahead)).iterator(),
                      true)
                  .persist(StorageLevel.MEMORY_ONLY()));
    }
    return networks.orElseThrow();
  }
}
