package ser.features;

import java.util.EnumMap;
import java.util.Map;
import ser.features.signal.RootMeanSquare;
import ser.features.signal.Yin;
import ser.features.signal.ZeroCrossingRate;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;

/** The features of a spec that come from the samples themselves, for clips of one rate. */
final class SampleFeatures {
  @FunctionalInterface
  private interface Stage {
    void apply(float[] samples, int offset, int length, float[] values);
  }

  private final FeatureSpec spec;
  private final Map<Feature, Stage> stages = new EnumMap<>(Feature.class);

  SampleFeatures(FeatureSpec spec, int sampleRateHz) {
    this.spec = spec;
    if (spec.features().contains(Feature.ZCR)) {
      stages.put(Feature.ZCR, new ZeroCrossingRate(spec.frames())::apply);
    }
    if (spec.features().contains(Feature.RMS)) {
      stages.put(Feature.RMS, new RootMeanSquare(spec.frames())::apply);
    }
    if (spec.features().contains(Feature.PITCH)) {
      stages.put(Feature.PITCH, new Yin(sampleRateHz, spec.frames(), spec.pitch())::apply);
    }
  }

  void compute(
      float[] samples, int offset, int length, int frames, Map<Feature, FeatureMatrix> computed) {
    stages.forEach(
        (feature, stage) -> {
          FeatureMatrix matrix = FeatureMatrix.zeros(spec, feature, frames);
          stage.apply(samples, offset, length, matrix.values());
          computed.put(feature, matrix);
        });
  }
}
