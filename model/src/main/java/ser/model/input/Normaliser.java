package ser.model.input;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Brings each mel band to mean 0 and deviation 1 over the training set. Fitted on training rows
 * only, after {@link InputSpec} (so the padding of short recordings counts), and applied to what
 * {@link InputSpec} gives, in training and in scoring alike.
 *
 * @param mean per band, in the unit of the feature (decibels for log-mel)
 * @param deviation population standard deviation per band, same unit, at least {@link
 *     #MIN_DEVIATION}: a band that never changes is divided by that instead of by nothing
 */
public record Normaliser(float[] mean, float[] deviation) implements Serializable {

  /** The smallest deviation that a band is divided by. */
  public static final float MIN_DEVIATION = 1e-3f;

  /** Copies both arrays and raises deviations to {@link #MIN_DEVIATION}. */
  public Normaliser {
    require(mean.length > 0, "a normaliser needs at least one band");
    require(
        mean.length == deviation.length,
        "%s means and %s deviations must be equally many",
        mean.length,
        deviation.length);
    mean = mean.clone();
    deviation = deviation.clone();
    for (int band = 0; band < mean.length; band++) {
      require(Float.isFinite(mean[band]), "mean %s of band %s must be finite", mean[band], band);
      require(
          deviation[band] >= 0 && Float.isFinite(deviation[band]),
          "deviation %s of band %s must be finite and not negative",
          deviation[band],
          band);
      deviation[band] = Math.max(deviation[band], MIN_DEVIATION);
    }
  }

  public int bands() {
    return mean.length;
  }

  @Override
  public float[] mean() {
    return mean.clone();
  }

  @Override
  public float[] deviation() {
    return deviation.clone();
  }

  /**
   * Normalises in place: {@code (value - mean) / deviation} of the value's band.
   *
   * @param input of as many rows as there are bands; frames that do not count stay as they are
   * @throws IllegalArgumentException if its rows are of another number
   */
  public void apply(InputMatrix input) {
    require(
        input.rows() == bands(),
        "an input of %s rows cannot be normalised by the means of %s",
        input.rows(),
        bands());
    float[] values = input.values();
    for (int band = 0; band < mean.length; band++) {
      float bandMean = mean[band];
      float bandDeviation = deviation[band];
      int start = band * input.frames();
      for (int i = start; i < start + input.validFrames(); i++) {
        values[i] = (values[i] - bandMean) / bandDeviation;
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normaliser that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(deviation, that.deviation);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
  }

  @Override
  public String toString() {
    return "Normaliser[bands=" + bands() + "]";
  }
}
