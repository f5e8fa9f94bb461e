package ser.jobs.config;

import ser.model.input.Regularisation;
import ser.model.network.NetworkArchitecture;
import ser.model.network.UpdateRule;

/**
 * The network and its optimisation.
 *
 * @param architecture its layers
 * @param input what it sees
 * @param learningRate step size, above 0 and at most 1
 * @param balancedClasses whether each class counts alike in the loss
 * @param rule from gradients to steps
 * @param regularisation what training rows go through
 */
public record NetworkSettings(
    NetworkArchitecture architecture,
    InputSettings input,
    double learningRate,
    boolean balancedClasses,
    UpdateRule rule,
    Regularisation regularisation) {
  public NetworkSettings {
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw new IllegalArgumentException(
          "learning-rate %s must be above 0 and at most 1".formatted(learningRate));
    }
  }
}
