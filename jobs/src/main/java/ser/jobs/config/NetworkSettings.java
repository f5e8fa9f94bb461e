package ser.jobs.config;

import ser.model.ClassWeights;
import ser.model.input.Regularisation;
import ser.model.network.InitialWeights;
import ser.model.network.NetworkArchitecture;
import ser.model.network.Optimisation;
import ser.model.network.UpdateRule;

/**
 * The network and its optimisation.
 *
 * @param architecture its layers
 * @param input what it sees
 * @param learningRate step size, above 0 and at most 1
 * @param initialWeights what weights are drawn from
 * @param balancedClasses whether each class counts alike in the loss
 * @param rule from gradients to steps
 * @param regularisation what training rows go through
 */
public record NetworkSettings(
    NetworkArchitecture architecture,
    InputSettings input,
    double learningRate,
    InitialWeights initialWeights,
    boolean balancedClasses,
    UpdateRule rule,
    Regularisation regularisation) {
  public NetworkSettings {
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw new IllegalArgumentException(
          "learning-rate %s must be above 0 and at most 1".formatted(learningRate));
    }
  }

  /**
   * @param rows of each class that are trained on, in the order of the labels
   * @param seed of what is drawn
   */
  public Optimisation optimisation(long[] rows, long seed) {
    return new Optimisation(
        learningRate,
        balancedClasses ? ClassWeights.balanced(rows) : ClassWeights.equal(rows.length),
        initialWeights,
        seed,
        rule,
        regularisation);
  }
}
