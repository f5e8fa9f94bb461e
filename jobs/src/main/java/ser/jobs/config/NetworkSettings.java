package ser.jobs.config;

import ser.model.network.NetworkArchitecture;

/**
 * The network and its optimisation.
 *
 * @param architecture its layers
 * @param input what it sees
 * @param learningRate step size of Adam, above 0 and at most 1
 * @param balancedClasses whether each class counts alike in the loss
 */
public record NetworkSettings(
    NetworkArchitecture architecture,
    InputSettings input,
    double learningRate,
    boolean balancedClasses) {
  public NetworkSettings {
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw new IllegalArgumentException(
          "learning-rate %s must be above 0 and at most 1".formatted(learningRate));
    }
  }
}
