package ser.jobs.config;

import ser.model.network.NetworkArchitecture;

/**
 * The network and its optimisation.
 *
 * @param architecture name of the layers
 * @param inputFrames frames of log-mel that it sees
 * @param learningRate step size of Adam, above 0 and at most 1
 * @param balancedClasses whether each class counts alike in the loss
 */
public record NetworkSettings(
    String architecture, int inputFrames, double learningRate, boolean balancedClasses) {
  public NetworkSettings {
    NetworkArchitecture.named(architecture);
    if (inputFrames < 16) {
      throw new IllegalArgumentException(
          "input-frames %d must be at least 16, what four poolings leave something of"
              .formatted(inputFrames));
    }
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw new IllegalArgumentException(
          "learning-rate %s must be above 0 and at most 1".formatted(learningRate));
    }
  }
}
