package ser.model.scoring;

import ser.features.FeatureExtractor;
import ser.features.Features;
import ser.model.file.ModelInput;
import ser.model.input.InputMatrix;
import ser.model.input.Normaliser;

/**
 * From a window's samples to the network's input: features of the window alone, cut or padded,
 * normalised. Not for use by several threads at once.
 */
public final class WindowFeatures {
  private final ModelInput input;
  private final FeatureExtractor extractor;

  public WindowFeatures(ModelInput input) {
    this.input = input;
    this.extractor =
        new FeatureExtractor(input.featureSpec().withFeatures(input.inputSpec().features()));
  }

  /**
   * Normalised by the training set: planar, shape [channels][rows][frames], a fresh array.
   *
   * @throws IllegalStateException if the model is normalised by speaker
   */
  public float[] of(SampledWindow window) {
    return input.of(featuresOf(window)::matrix);
  }

  /** The same, normalised by what {@link SpeakerStatistics} gives. */
  public float[] of(SampledWindow window, Normaliser ofSpeaker) {
    return input.of(featuresOf(window)::matrix, ofSpeaker);
  }

  /** As it is before it is normalised. */
  public InputMatrix cut(SampledWindow window) {
    return input.inputSpec().of(featuresOf(window)::matrix);
  }

  private Features featuresOf(SampledWindow window) {
    float[] samples = window.samples();
    return extractor.extract(samples, 0, samples.length, window.sampleRateHz());
  }
}
