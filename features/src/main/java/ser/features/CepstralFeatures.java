package ser.features;

import java.util.Map;
import ser.features.signal.Delta;
import ser.features.signal.Mfcc;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;

/** The features of a spec that come from log-mel: MFCC and their derivatives. */
final class CepstralFeatures {
  private final FeatureSpec spec;
  private final Mfcc mfcc;
  private final Map<Feature, Delta> derivatives =
      Map.of(Feature.MFCC_DELTA, Delta.first(), Feature.MFCC_DELTA2, Delta.second());

  CepstralFeatures(FeatureSpec spec) {
    this.spec = spec;
    mfcc = new Mfcc(spec.mfccCoefficients(), spec.mel().bands());
  }

  /** Computes MFCC, if anything needs them, and what else is asked for, into {@code computed}. */
  void compute(int frames, Map<Feature, FeatureMatrix> computed) {
    if (spec.features().stream().noneMatch(Feature::usesMfcc)) {
      return;
    }
    FeatureMatrix cepstrum = FeatureMatrix.zeros(spec, Feature.MFCC, frames);
    mfcc.apply(computed.get(Feature.LOG_MEL).values(), frames, cepstrum.values());
    computed.put(Feature.MFCC, cepstrum);
    derivatives.forEach(
        (feature, delta) -> {
          if (spec.features().contains(feature)) {
            FeatureMatrix derivative = FeatureMatrix.zeros(spec, feature, frames);
            delta.apply(cepstrum.values(), cepstrum.coefficients(), frames, derivative.values());
            computed.put(feature, derivative);
          }
        });
  }
}
