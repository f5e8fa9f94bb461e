package ser.features.augment;

import static ser.features.spec.Require.require;

import java.io.Serializable;
import java.util.random.RandomGenerator;

/**
 * What a parameter is drawn from, each value alike.
 *
 * @param low smallest value, finite
 * @param high largest value, finite, at least {@code low}
 */
public record Range(double low, double high) implements Serializable {
  private static final double STEPS_PER_UNIT = 1_000;

  public Range {
    require(
        Double.isFinite(low) && Double.isFinite(high) && low <= high,
        "range from %s to %s must be two numbers, the smaller first",
        low,
        high);
  }

  /**
   * A value of three decimals, so that what is written about it is what was done; the ends
   * themselves where the range has no such value.
   */
  double draw(RandomGenerator random) {
    double value = low + (high - low) * random.nextDouble();
    return Math.min(high, Math.max(low, Math.rint(value * STEPS_PER_UNIT) / STEPS_PER_UNIT));
  }

  /** For the constructors of augmentations. */
  Range within(double least, double most, String name) {
    require(
        low >= least && high <= most,
        "%s from %s to %s must lie within %s and %s",
        name,
        low,
        high,
        least,
        most);
    return this;
  }
}
