package ser.model.file;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import ser.features.FeatureMatrix;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.model.input.InputMatrix;
import ser.model.input.InputSpec;
import ser.model.input.Normalisation;
import ser.model.input.Normaliser;

/**
 * How audio becomes the network's input: features, then a fixed matrix of them, then normalised.
 *
 * @param featureSpec settings of the features that the model was trained on
 * @param inputSpec from features to the network's input
 * @param normaliser fitted on the training rows
 * @param normalisation whether it is used as it is, or blended with each speaker's statistics
 */
public record ModelInput(
    FeatureSpec featureSpec,
    InputSpec inputSpec,
    Normaliser normaliser,
    Normalisation normalisation)
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
    Objects.requireNonNull(normalisation, "normalisation");
  }

  /** Normalised by the training set. */
  public ModelInput(FeatureSpec featureSpec, InputSpec inputSpec, Normaliser normaliser) {
    this(featureSpec, inputSpec, normaliser, new Normalisation.Corpus());
  }

  /** Whether a speaker's statistics are needed before the first of his windows can be judged. */
  public boolean bySpeaker() {
    return normalisation instanceof Normalisation.Speaker;
  }

  /**
   * The network's input of a model that is normalised by its training set.
   *
   * @param matrices gives the matrix of each feature that the input needs
   * @return planar, shape [channels][rows][frames]
   * @throws IllegalStateException if the model is normalised by speaker: the training set's
   *     statistics alone would give other emotions without a word
   */
  public float[] of(Function<Feature, FeatureMatrix> matrices) {
    if (bySpeaker()) {
      throw new IllegalStateException(
          "the model is normalised by speaker, and nobody has said whose statistics to use");
    }
    return of(matrices, normaliser);
  }

  /**
   * The network's input.
   *
   * @param matrices gives the matrix of each feature that the input needs
   * @param ofSpeaker what {@link Normalisation#of} gives for whoever speaks
   * @return planar, shape [channels][rows][frames]
   */
  public float[] of(Function<Feature, FeatureMatrix> matrices, Normaliser ofSpeaker) {
    return normalised(inputSpec.of(matrices), ofSpeaker);
  }

  /**
   * The network's inputs of a whole recording, in time: {@link InputSpec#allOf}.
   *
   * @param matrices gives the matrix of each feature that the input needs
   * @param ofSpeaker what {@link Normalisation#of} gives for whoever speaks
   * @return at least one, each planar, shape [channels][rows][frames]
   */
  public List<float[]> allOf(Function<Feature, FeatureMatrix> matrices, Normaliser ofSpeaker) {
    return inputSpec.allOf(matrices).stream().map(input -> normalised(input, ofSpeaker)).toList();
  }

  private static float[] normalised(InputMatrix input, Normaliser normaliser) {
    normaliser.apply(input);
    return input.values();
  }
}
