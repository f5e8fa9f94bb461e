package ser.model.network;

import java.io.Serializable;
import java.util.List;

/**
 * The step size over a training. A function of what has happened so far and of nothing else, so
 * that a training that was cut off goes on as if it had not been.
 */
public sealed interface LearningRateSchedule extends Serializable {

  /**
   * @param progress epochs done, with the part of the one that is running: 2.5 in the middle of the
   *     third
   * @param losses of the epochs that are done, in order: on the validation side, and where nothing
   *     validates in training
   */
  double rateAt(double progress, List<Double> losses);

  /** The same over a training of so many epochs. */
  default LearningRateSchedule during(int epochs) {
    return this;
  }

  /** The same step from beginning to end. */
  record Constant(double rate) implements LearningRateSchedule {
    public Constant {
      requireRate(rate);
    }

    @Override
    public double rateAt(double progress, List<Double> losses) {
      return rate;
    }
  }

  /**
   * A smaller step each time that the loss has not fallen for a while: Keras's ReduceLROnPlateau.
   *
   * @param rate at first
   * @param patience epochs without a fall of more than 1e-4
   * @param factor that the step is multiplied by then, above 0 and below 1
   */
  record Plateau(double rate, int patience, double factor) implements LearningRateSchedule {
    private static final double LEAST_FALL = 1e-4;

    public Plateau {
      requireRate(rate);
      if (patience < 1) {
        throw new IllegalArgumentException(
            "plateau-patience %d must be at least 1".formatted(patience));
      }
      if (!(factor > 0 && factor < 1)) {
        throw new IllegalArgumentException(
            "plateau-factor %s must be above 0 and below 1".formatted(factor));
      }
    }

    @Override
    public double rateAt(double progress, List<Double> losses) {
      double current = rate;
      double lowest = Double.POSITIVE_INFINITY;
      int waited = 0;
      for (double loss : losses) {
        if (loss < lowest - LEAST_FALL) {
          lowest = loss;
          waited = 0;
        } else if (++waited >= patience) {
          current *= factor;
          waited = 0;
        }
      }
      return current;
    }
  }

  /**
   * Up to a peak and down to nearly nothing, both along half a cosine: Smith and Topin,
   * Super-convergence (2018), as PyTorch's OneCycleLR has it.
   *
   * @param peak the largest step
   * @param epochs of the whole cycle
   */
  record OneCycle(double peak, int epochs) implements LearningRateSchedule {
    private static final double RISING_SHARE = 0.3;
    private static final double FIRST_BELOW_PEAK = 25;
    private static final double LAST_BELOW_FIRST = 1e4;

    public OneCycle {
      requireRate(peak);
      if (epochs < 1) {
        throw new IllegalArgumentException("a cycle of %d epochs is none".formatted(epochs));
      }
    }

    @Override
    public double rateAt(double progress, List<Double> losses) {
      double done = Math.min(1, progress / epochs);
      double first = peak / FIRST_BELOW_PEAK;
      return done < RISING_SHARE
          ? between(first, peak, done / RISING_SHARE)
          : between(peak, first / LAST_BELOW_FIRST, (done - RISING_SHARE) / (1 - RISING_SHARE));
    }

    @Override
    public LearningRateSchedule during(int other) {
      return new OneCycle(peak, other);
    }

    private static double between(double from, double to, double share) {
      return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }
  }

  private static void requireRate(double rate) {
    if (!(rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "learning-rate %s must be above 0 and at most 1".formatted(rate));
    }
  }
}
