package ser.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import ser.jobs.config.EarlyStopping.Monitor;
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
   * @param done the epoch; without validation its number is its score
   * @param monitor what of the validation is its score
   */
  static TrainingState after(
      Optional<TrainingState> before, Epoch done, Weights weights, Monitor monitor) {
    List<Epoch> epochs = new ArrayList<>(before.map(TrainingState::epochs).orElse(List.of()));
    epochs.add(done);
    double score =
        done.validation()
            .map(validation -> monitor.score(validation.macroF1(), validation.loss()))
            .orElse((double) done.epoch());
    Best best =
        before
            .map(TrainingState::best)
            .filter(earlier -> earlier.score >= score)
            .orElseGet(() -> new Best(done.epoch(), score, weights.parameters()));
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
