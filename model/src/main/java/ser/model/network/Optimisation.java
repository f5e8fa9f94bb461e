package ser.model.network;

import java.io.Serializable;
import java.util.Objects;
import ser.model.ClassWeights;

/**
 * How weights are found: Adam on the weighted cross-entropy.
 *
 * @param learningRate step size of Adam
 * @param classWeights weight of each class in the loss, as many as the network has classes
 * @param seed of the initial weights
 */
public record Optimisation(double learningRate, ClassWeights classWeights, long seed)
    implements Serializable {
  public Optimisation {
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw new IllegalArgumentException(
          "learning rate %s must be above 0 and at most 1".formatted(learningRate));
    }
    Objects.requireNonNull(classWeights, "classWeights");
  }
}
