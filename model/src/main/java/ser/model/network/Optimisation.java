package ser.model.network;

import java.io.Serializable;
import java.util.Objects;
import ser.model.ClassWeights;
import ser.model.input.Regularisation;

/**
 * How weights are found: by the gradient of the weighted cross-entropy.
 *
 * @param learningRate step size
 * @param classWeights weight of each class in the loss, as many as the network has classes
 * @param initialWeights what they are drawn from
 * @param seed of the initial weights, and of what is drawn in training
 * @param rule from gradients to steps
 * @param regularisation what training rows go through
 */
public record Optimisation(
    double learningRate,
    ClassWeights classWeights,
    InitialWeights initialWeights,
    long seed,
    UpdateRule rule,
    Regularisation regularisation)
    implements Serializable {
  public Optimisation {
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw new IllegalArgumentException(
          "learning rate %s must be above 0 and at most 1".formatted(learningRate));
    }
    Objects.requireNonNull(classWeights, "classWeights");
    Objects.requireNonNull(initialWeights, "initialWeights");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(regularisation, "regularisation");
  }

  /** Adam on rows as they are. */
  public Optimisation(double learningRate, ClassWeights classWeights, long seed) {
    this(
        learningRate,
        classWeights,
        InitialWeights.HE_NORMAL,
        seed,
        UpdateRule.adam(),
        Regularisation.none());
  }
}
