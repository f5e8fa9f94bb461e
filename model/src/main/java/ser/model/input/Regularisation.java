package ser.model.input;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * What keeps a network from learning its training rows by heart, besides its layers and its update
 * rule. It changes training rows alone, each time that they are trained on.
 *
 * @param labelSmoothing share of the label that all classes have part in: Szegedy and others,
 *     Rethinking the Inception Architecture (2016)
 * @param mixupAlpha rows are mixed in pairs, labels too, by shares of the distribution Beta(alpha,
 *     alpha): Zhang and others, mixup (2018); 0 mixes none
 * @param splice of inputs
 * @param masks of inputs
 */
public record Regularisation(
    double labelSmoothing, double mixupAlpha, Splice splice, SpecAugment masks)
    implements Serializable {
  public Regularisation {
    require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "label-smoothing %s must be at least 0 and below 1",
        labelSmoothing);
    require(mixupAlpha >= 0 && mixupAlpha <= 2, "mixup-alpha %s must be from 0 to 2", mixupAlpha);
    Objects.requireNonNull(splice, "splice");
    Objects.requireNonNull(masks, "masks");
  }

  /** Rows and labels as they are. */
  public static Regularisation none() {
    return new Regularisation(0, 0, Splice.none(), SpecAugment.none());
  }

  /**
   * The share of a row in its mixture with another one.
   *
   * <p>Beta(a, a) by Jöhnk's method (1964): the ratio x / (x + y) of x = u^(1/a) and y = v^(1/a)
   * where their sum is at most 1; in logarithms, since both are too small for a double when a is.
   */
  public double share(SplittableRandom random) {
    if (mixupAlpha == 0) {
      return 1;
    }
    while (true) {
      double x = Math.log(1 - random.nextDouble()) / mixupAlpha;
      double y = Math.log(1 - random.nextDouble()) / mixupAlpha;
      double larger = Math.max(x, y);
      double logSum = larger + Math.log(Math.exp(x - larger) + Math.exp(y - larger));
      if (logSum <= 0) {
        return Math.exp(x - logSum);
      }
    }
  }

  /**
   * Takes a share of a label and gives it to all classes alike.
   *
   * @param label a probability for each class; changed
   */
  public void smooth(float[] label) {
    for (int i = 0; i < label.length; i++) {
      label[i] = (float) (label[i] * (1 - labelSmoothing) + labelSmoothing / label.length);
    }
  }
}
