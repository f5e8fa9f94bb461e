package ser.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import ser.model.array.FloatBlock;

/**
 * All that a training needs to go on after an epoch as if it had never stopped. The learning rate,
 * the order of the rows and early stopping follow from the epochs; dropout and the optimiser go by
 * the number of steps.
 *
 * @param epochs that are done, in order
 * @param weights after the last of them
 * @param best those of the epoch that is the best so far
 */
record TrainingState(List<Epoch> epochs, Weights weights, Best best) {
  TrainingState {
    epochs = List.copyOf(epochs);
  }

  /**
   * A network in the middle of its training.
   *
   * @param parameters in DL4J's order; not copied
   * @param updaterState of the optimiser, in DL4J's order; empty where it has none; not copied
   * @param steps as the optimiser counts them
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Weights(float[] parameters, float[] updaterState, int steps) implements Serializable {
    static Weights of(MultiLayerNetwork network) {
      INDArray updaterState = network.getUpdater().getStateViewArray();
      return new Weights(
          FloatBlock.values(network.params()),
          updaterState == null ? new float[0] : FloatBlock.values(updaterState),
          network.getIterationCount());
    }

    void into(MultiLayerNetwork network) {
      FloatBlock.write(parameters, network.params());
      if (updaterState.length > 0) {
        FloatBlock.write(updaterState, network.getUpdater().getStateViewArray());
      }
      network.setIterationCount(steps);
    }

    /** Whether they are those of such a network. */
    boolean fit(MultiLayerNetwork network) {
      INDArray state = network.getUpdater().getStateViewArray();
      return parameters.length == network.numParams()
          && updaterState.length == (state == null ? 0 : state.length());
    }

    boolean finite() {
      for (float value : parameters) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * @param epoch counted from 1
   * @param score that made it the best
   * @param parameters after it, in DL4J's order; not copied
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Best(int epoch, double score, float[] parameters) {
    void into(MultiLayerNetwork network) {
      FloatBlock.write(parameters, network.params());
    }
  }

  /**
   * With one epoch more.
   *
   * @param before nothing before the first epoch
   * @param done the epoch; its validation's macro F1 is its score, or its number without any
   */
  static TrainingState after(Optional<TrainingState> before, Epoch done, Weights weights) {
    List<Epoch> epochs = new ArrayList<>(before.map(TrainingState::epochs).orElse(List.of()));
    epochs.add(done);
    double score = done.validation().map(Epoch.Validation::macroF1).orElse((double) done.epoch());
    Best best =
        before
            .map(TrainingState::best)
            .filter(earlier -> earlier.score >= score)
            .orElseGet(() -> new Best(done.epoch(), score, weights.parameters));
    return new TrainingState(epochs, weights, best);
  }

  int lastEpoch() {
    return epochs.size();
  }

  /** Epochs since the best one. */
  int waited() {
    return lastEpoch() - best.epoch;
  }
}
