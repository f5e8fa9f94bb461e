package ser.model.scoring;

import java.util.EnumSet;
import ser.features.Feature;
import ser.features.FeatureExtractor;
import ser.features.FeatureSpec;
import ser.model.file.ModelInput;

/**
 * From a window's samples to the network's input: log-mel of the window alone, cut or padded,
 * normalised. Not for use by several threads at once.
 */
public final class WindowFeatures {
  private final ModelInput input;
  private final FeatureExtractor extractor;

  public WindowFeatures(ModelInput input) {
    FeatureSpec spec = input.featureSpec();
    this.input = input;
    this.extractor =
        new FeatureExtractor(
            new FeatureSpec(
                spec.sampleRateHz(),
                spec.frames(),
                spec.mel(),
                spec.mfccCoefficients(),
                EnumSet.of(Feature.LOG_MEL)));
  }

  /** Row-major [band][frame], a fresh array. */
  public float[] of(SampledWindow window) {
    float[] samples = window.samples();
    float[] values =
        input
            .window()
            .of(
                extractor
                    .extract(samples, 0, samples.length, window.sampleRateHz())
                    .matrix(Feature.LOG_MEL));
    input.normaliser().apply(values, input.window().frames());
    return values;
  }
}
