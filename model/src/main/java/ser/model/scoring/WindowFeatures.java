package ser.model.scoring;

import ser.features.FeatureExtractor;
import ser.model.file.ModelInput;

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

  /** Planar, shape [channels][rows][frames], a fresh array. */
  public float[] of(SampledWindow window) {
    float[] samples = window.samples();
    return input.of(extractor.extract(samples, 0, samples.length, window.sampleRateHz())::matrix);
  }
}
