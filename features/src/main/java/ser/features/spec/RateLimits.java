package ser.features.spec;

import java.util.Set;

/** What a sample rate must allow for the features that are asked for. */
final class RateLimits {
  private RateLimits() {}

  static void require(
      int rateHz,
      FrameSpec frames,
      MelSpec mel,
      Set<Feature> features,
      ContrastSpec contrast,
      PitchSpec pitch) {
    double nyquistHz = rateHz / 2.0;
    if (features.stream().anyMatch(Feature::usesMel)) {
      Require.require(
          mel.fMaxHz() <= nyquistHz && mel.fMinHz() < nyquistHz,
          "f_min %s Hz and f_max %s Hz must be at most half the sample rate of %s Hz",
          mel.fMinHz(),
          mel.fMaxHz(),
          rateHz);
    }
    if (features.contains(Feature.SPECTRAL_CONTRAST)) {
      Require.require(
          contrast.lastBandHz() < nyquistHz,
          "contrast octaves %s above %s Hz: the last begins at %s Hz and must begin below half the sample rate of %s Hz",
          contrast.octaves(),
          contrast.fMinHz(),
          contrast.lastBandHz(),
          rateHz);
      Require.require(
          contrast.fMinHz() * frames.nFft() >= rateHz,
          "contrast f_min %s Hz must be at least one bin of n_fft %s at %s Hz",
          contrast.fMinHz(),
          frames.nFft(),
          rateHz);
    }
    if (features.contains(Feature.PITCH)) {
      Require.require(
          pitch.fMaxHz() <= nyquistHz,
          "pitch f_max %s Hz must be at most half the sample rate of %s Hz",
          pitch.fMaxHz(),
          rateHz);
      Require.require(
          rateHz / pitch.fMinHz() < frames.nFft() - 1,
          "pitch f_min %s Hz: n_fft %s must hold more than one of its periods at %s Hz",
          pitch.fMinHz(),
          frames.nFft(),
          rateHz);
    }
  }
}
