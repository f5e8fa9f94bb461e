package ser.model.file;

import java.io.Serializable;

/**
 * What a model's probabilities are worth, found on its validation speakers.
 *
 * @param temperature that the logits are divided by; the weights of the output layer are stored
 *     divided, so that whoever runs the network gets calibrated probabilities. 1 for none
 * @param abstainBelow least probability of an emotion that is named, from 0 to 1; 0 names always
 * @param recordings that it was found on
 */
public record ModelCalibration(double temperature, double abstainBelow, long recordings)
    implements Serializable {
  private static final ModelCalibration NONE = new ModelCalibration(1, 0, 0);

  public ModelCalibration {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("temperature %s must be above 0".formatted(temperature));
    }
    if (!(abstainBelow >= 0 && abstainBelow <= 1)) {
      throw new IllegalArgumentException(
          "abstain_below %s must be from 0 to 1".formatted(abstainBelow));
    }
    if (recordings < 0) {
      throw new IllegalArgumentException(
          "%d recordings must not be negative".formatted(recordings));
    }
  }

  /** Of a model that is not calibrated, as those of earlier versions. */
  public static ModelCalibration none() {
    return NONE;
  }
}
