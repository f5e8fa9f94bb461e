package ser.model.file;

import java.io.Serializable;
import ser.features.FeatureSpec;
import ser.model.Normaliser;
import ser.model.WindowInput;

/**
 * How audio becomes the network's input: features, then a fixed window of them, then normalised.
 *
 * @param featureSpec settings of the features that the model was trained on
 * @param window from a log-mel matrix to the network's input
 * @param normaliser fitted on the training rows
 */
public record ModelInput(FeatureSpec featureSpec, WindowInput window, Normaliser normaliser)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if the parts disagree on the number of mel bands
   */
  public ModelInput {
    int bands = featureSpec.mel().bands();
    if (window.bands() != bands || normaliser.bands() != bands) {
      throw new IllegalArgumentException(
          "features have %d mel bands, the window %d and the normaliser %d: they must agree"
              .formatted(bands, window.bands(), normaliser.bands()));
    }
  }
}
