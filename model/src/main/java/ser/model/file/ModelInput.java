package ser.model.file;

import java.io.Serializable;
import java.util.function.Function;
import ser.features.FeatureMatrix;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.model.input.InputMatrix;
import ser.model.input.InputSpec;
import ser.model.input.Normaliser;

/**
 * How audio becomes the network's input: features, then a fixed matrix of them, then normalised.
 *
 * @param featureSpec settings of the features that the model was trained on
 * @param inputSpec from features to the network's input
 * @param normaliser fitted on the training rows
 */
public record ModelInput(FeatureSpec featureSpec, InputSpec inputSpec, Normaliser normaliser)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if the features lack what the input needs, or the normaliser
   *     is for another number of rows
   */
  public ModelInput {
    inputSpec.requireFrom(featureSpec);
    if (normaliser.bands() != inputSpec.allRows()) {
      throw new IllegalArgumentException(
          "the input has %d rows and the normaliser %d: they must agree"
              .formatted(inputSpec.allRows(), normaliser.bands()));
    }
  }

  /**
   * The network's input.
   *
   * @param matrices gives the matrix of each feature that the input needs
   * @return planar, shape [channels][rows][frames]
   */
  public float[] of(Function<Feature, FeatureMatrix> matrices) {
    InputMatrix input = inputSpec.of(matrices);
    normaliser.apply(input);
    return input.values();
  }
}
