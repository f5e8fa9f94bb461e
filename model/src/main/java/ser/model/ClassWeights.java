package ser.model;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How much an example of each class counts in the loss, so that rare classes are not neglected.
 *
 * @param weights by class, in the order of the model's labels; finite, never negative
 */
public record ClassWeights(List<Double> weights) implements Serializable {
  public ClassWeights {
    weights = List.copyOf(weights);
    for (double weight : weights) {
      require(
          weight >= 0 && Double.isFinite(weight),
          "class weight %s must be finite and not negative",
          weight);
    }
  }

  /**
   * Balanced weights, {@code n / (k * n_c)}, as scikit-learn's {@code class_weight="balanced"}: n
   * examples, n_c of them of class c, k classes that have any. Over all examples the weights
   * average 1. A class without examples weighs 0 and does not count in k.
   *
   * @param counts examples by class, never negative
   * @throws IllegalArgumentException if there is no example at all
   */
  public static ClassWeights balanced(long[] counts) {
    long examples = 0;
    int classes = 0;
    for (long count : counts) {
      require(count >= 0, "count %s must not be negative", count);
      examples += count;
      classes += count > 0 ? 1 : 0;
    }
    require(examples > 0, "Cannot balance classes: there is no training row. Check the split.");
    double share = (double) examples / classes;
    return new ClassWeights(
        Arrays.stream(counts).mapToObj(count -> count == 0 ? 0.0 : share / count).toList());
  }

  /** Every class weighs 1. */
  public static ClassWeights equal(int classes) {
    return new ClassWeights(Collections.nCopies(classes, 1.0));
  }

  /** By class, a fresh array. */
  public double[] toArray() {
    return weights.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
