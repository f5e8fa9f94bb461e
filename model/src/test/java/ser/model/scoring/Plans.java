package ser.model.scoring;

import java.util.Arrays;
import java.util.OptionalDouble;
import ser.features.spec.FeatureSpec;
import ser.model.file.ModelInput;
import ser.model.input.InputSpec;
import ser.model.input.Normaliser;

/** Inputs of models that are not there. */
final class Plans {
  private Plans() {}

  /** A model of three seconds. */
  static ModelInput librosa() {
    return input(FeatureSpec.librosa(), 130);
  }

  /** A model of 1,120 samples at 8,000 Hz: 15 frames of 80 samples. */
  static ModelInput telephone() {
    return input(FeatureSpec.telephone(), 15);
  }

  static ModelInput input(FeatureSpec spec, int frames) {
    int bands = spec.mel().bands();
    float[] mean = new float[bands];
    float[] deviation = new float[bands];
    Arrays.fill(mean, -40);
    Arrays.fill(deviation, 20);
    return new ModelInput(
        spec, InputSpec.logMel(bands, frames, spec.mel().topDb()), new Normaliser(mean, deviation));
  }

  /** The model's own window and step. */
  static WindowPlan plan(ModelInput input) {
    return WindowPlan.of(input, OptionalDouble.empty(), OptionalDouble.empty());
  }

  static WindowPlan plan(ModelInput input, double windowS, double hopS) {
    return WindowPlan.of(input, OptionalDouble.of(windowS), OptionalDouble.of(hopS));
  }
}
