package ser.jobs.train;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import ser.jobs.gpu.TaskGpu;

/**
 * A worker's network, which stays with its executor from round to round, with the memory and the
 * primitives that its layers have found.
 *
 * <p>A round begins with all that a round changes, so a network that is made again (after a lost
 * executor, an eviction, or in another place) goes on in the same way, to the bit. What Spark sends
 * between processes is the configuration.
 */
final class WorkerNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int place;
  private final MultiLayerConfiguration configuration;
  private final int ahead;
  private transient MultiLayerNetwork network;
  private transient Optional<TaskGpu> gpu;
  private transient double learningRate;

  /**
   * @param place the worker's number, from 0
   * @param ahead minibatches that a thread of its own makes ahead of the steps; 0 for none
   */
  WorkerNetwork(int place, MultiLayerConfiguration configuration, int ahead) {
    this.place = place;
    this.configuration = configuration;
    this.ahead = ahead;
  }

  /**
   * What all workers begin a round with.
   *
   * @param learningRate of all steps of the round
   */
  record Start(Weights weights, double learningRate) implements Serializable {}

  /**
   * Takes a step on each minibatch, up to the first whose loss is not finite. One task at a time: a
   * stage that Spark repeats may begin while a task of its first try still runs.
   */
  synchronized Contribution train(Start start, Iterator<DataSet> minibatches) {
    if (!minibatches.hasNext()) {
      return Contribution.none(place);
    }
    MultiLayerNetwork worker = at(start);
    long rows = 0;
    int steps = 0;
    double losses = 0;
    double loss = 0;
    Optional<AsyncDataSetIterator> madeAhead = madeAhead(minibatches);
    Iterator<DataSet> source = madeAhead.<Iterator<DataSet>>map(it -> it).orElse(minibatches);
    try {
      while (Double.isFinite(loss) && source.hasNext()) {
        DataSet minibatch = source.next();
        // Before it is trained on: DL4J may let go of it.
        rows += minibatch.numExamples();
        worker.fit(minibatch);
        loss = worker.score();
        losses += loss;
        steps++;
      }
    } finally {
      madeAhead.ifPresent(AsyncDataSetIterator::shutdown);
    }
    Nd4j.getExecutioner().commit();
    return new Contribution(
        place,
        rows,
        Weights.of(worker),
        new Contribution.Losses(losses, steps),
        Double.isFinite(loss)
            ? List.of()
            : List.of(new Contribution.FailedStep(place, steps, loss)));
  }

  private MultiLayerNetwork at(Start start) {
    Optional<TaskGpu> here = TaskGpu.current();
    if (network == null || !here.equals(gpu)) {
      here.ifPresent(TaskGpu::requireUsed);
      network = new MultiLayerNetwork(configuration.clone());
      network.init();
      gpu = here;
      learningRate = Double.NaN;
    }
    if (learningRate != start.learningRate) {
      // Makes the optimiser's state anew, so only where it must be.
      network.setLearningRate(start.learningRate);
      learningRate = start.learningRate;
    }
    start.weights.into(network);
    return network;
  }

  private Optional<AsyncDataSetIterator> madeAhead(Iterator<DataSet> minibatches) {
    return ahead > 0
        ? Optional.of(new AsyncDataSetIterator(new ExistingDataSetIterator(minibatches), ahead))
        : Optional.empty();
  }
}
