package ser.jobs.train;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import ser.jobs.config.Averaging;

/**
 * DL4J's parameter averaging, one round at a time, with what it leaves to chance settled.
 *
 * <p>Each partition of a round is a worker's. DL4J itself counts the data first, which makes all
 * minibatches once more, draws splits at random, fails where a worker has no rows left, and adds
 * weights in the order in which tasks end. Here the mean is taken in the order of the workers, each
 * row counting alike, and the optimiser's state is averaged with the weights. Both are kept in the
 * driver's network, as DL4J does, so that network is all there is to put down.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster {
  private Contribution last = Contribution.none(0);

  AveragingMaster(Averaging averaging, int workers) {
    super(
        new Builder(workers, averaging.batchSizePerWorker())
            .batchSizePerWorker(averaging.batchSizePerWorker())
            .averagingFrequency(averaging.frequency())
            .workerPrefetchNumBatches(averaging.prefetchBatches())
            .aggregationDepth(averaging.depth())
            // Rows stay with their workers as they are: docs/decisions/0014.
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .repartionData(Repartition.Never)
            .storageLevel(null)
            .saveUpdater(true));
  }

  /**
   * One round. A round with a loss that is not finite leaves the network as it was.
   *
   * @param minibatches a partition per worker, each of as many as lie between two averagings
   */
  @Override
  public void executeTraining(SparkDl4jMultiLayer spark, JavaRDD<DataSet> minibatches) {
    MultiLayerNetwork network = spark.getNetwork();
    Broadcast<NetBroadcastTuple> start =
        spark
            .getSparkContext()
            .broadcast(
                new NetBroadcastTuple(
                    network.getLayerWiseConfigurations(),
                    network.params(),
                    network.getUpdater().getStateViewArray()));
    try {
      AveragingWorker worker =
          new AveragingWorker(
              start,
              new WorkerConfiguration(
                  false,
                  rddDataSetNumExamples,
                  batchSizePerWorker,
                  averagingFrequency,
                  prefetchNumBatches,
                  false));
      last =
          OrderedMean.of(
              minibatches.mapPartitionsWithIndex(
                  (place, partition) -> AveragingWorker.train(worker, place, partition), true),
              aggregationDepth);
    } finally {
      start.destroy();
    }
    if (last.rows() > 0 && last.failed().isEmpty()) {
      apply(last, network);
    }
  }

  /** What the last round gave. */
  Contribution last() {
    return last;
  }

  private static void apply(Contribution mean, MultiLayerNetwork network) {
    network.setParams(TrainingState.rowOf(mean.parameters()));
    if (mean.updaterState().length > 0) {
      network.getUpdater().getStateViewArray().assign(TrainingState.rowOf(mean.updaterState()));
    }
    // Adam's bias correction and dropout go by it.
    network.setIterationCount(network.getIterationCount() + mean.steps());
  }
}
