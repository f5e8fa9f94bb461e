package ser.jobs.train;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.ExecuteWorkerFlatMap;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import ser.model.array.FloatBlock;

/**
 * DL4J's worker, which also counts rows and steps, adds the loss of every step up (DL4J keeps that
 * of the last one), and stops at the first loss that is not finite. A task that Spark repeats
 * counts once.
 */
final class AveragingWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;

  /** Of the task that this copy was sent to. */
  private long rows;

  private int steps;
  private double losses;
  private double lastLoss;

  AveragingWorker(Broadcast<NetBroadcastTuple> start, WorkerConfiguration configuration) {
    super(start, true, configuration, null, null, null);
  }

  /**
   * Trains on the minibatches of one partition.
   *
   * @param worker the task's own, as every task gets its own copy of what it runs
   */
  static Iterator<Contribution> train(
      AveragingWorker worker, int place, Iterator<DataSet> minibatches) throws Exception {
    Iterator<ParameterAveragingTrainingResult> results =
        new ExecuteWorkerFlatMap<>(worker).call(minibatches);
    return List.of(worker.contribution(place, results.next())).iterator();
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      org.nd4j.linalg.dataset.api.DataSet minibatch, MultiLayerNetwork network, boolean last) {
    // Before it is trained on: DL4J may let go of it.
    rows += minibatch.numExamples();
    ParameterAveragingTrainingResult result = super.processMinibatch(minibatch, network, last);
    steps++;
    lastLoss = network.score();
    losses += lastLoss;
    return Double.isFinite(lastLoss) ? result : getFinalResult(network);
  }

  private Contribution contribution(int place, ParameterAveragingTrainingResult result) {
    if (result.getParameters() == null) {
      return Contribution.none(place);
    }
    return new Contribution(
        place,
        rows,
        steps,
        values(result.getParameters()),
        values(result.getUpdaterState()),
        new Contribution.Losses(losses, steps),
        Double.isFinite(lastLoss)
            ? List.of()
            : List.of(new Contribution.FailedStep(place, steps, lastLoss)));
  }

  private static float[] values(INDArray array) {
    return array == null ? new float[0] : FloatBlock.values(array);
  }
}
