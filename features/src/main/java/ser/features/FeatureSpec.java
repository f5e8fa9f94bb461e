package ser.features;

import static ser.features.Require.require;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Everything that decides the numbers in a features table. Two tables with equal specs can be
 * mixed; a model scores only features of its own spec.
 *
 * @param sampleRateHz rate that clips are resampled to; 0 keeps each recording's own rate
 * @param frames framing and FFT
 * @param mel mel bands and decibels
 * @param mfccCoefficients how many cepstral coefficients, at most the number of mel bands
 * @param features which features are computed, never empty
 */
public record FeatureSpec(
    int sampleRateHz, FrameSpec frames, MelSpec mel, int mfccCoefficients, Set<Feature> features)
    implements Serializable {

  /** The value of {@link #sampleRateHz} that keeps each recording's own rate. */
  public static final int NATIVE_RATE = 0;

  public FeatureSpec {
    require(
        sampleRateHz == NATIVE_RATE || (sampleRateHz >= 1_000 && sampleRateHz <= 384_000),
        "sample rate %s Hz must be from 1000 to 384000, or native",
        sampleRateHz);
    require(
        mfccCoefficients > 0 && mfccCoefficients <= mel.bands(),
        "%s MFCC must be from 1 to the number of mel bands, %s",
        mfccCoefficients,
        mel.bands());
    require(
        sampleRateHz == NATIVE_RATE || mel.fMaxHz() <= sampleRateHz / 2.0,
        "f_max %s Hz must be at most half the sample rate of %s Hz",
        mel.fMaxHz(),
        sampleRateHz);
    require(!features.isEmpty(), "at least one feature must be named");
    features = Collections.unmodifiableSet(EnumSet.copyOf(features));
  }

  /** librosa's defaults: 22,050 Hz, n_fft 2048, hop 512, 128 mel bands, 40 MFCC. */
  public static FeatureSpec librosa() {
    return new FeatureSpec(
        22_050,
        new FrameSpec(2048, 2048, 512),
        new MelSpec(128, 0, 0, 80),
        40,
        EnumSet.allOf(Feature.class));
  }

  /** Usual in speech recognition: 16 kHz, windows of 25 ms every 10 ms. */
  public static FeatureSpec speech() {
    return new FeatureSpec(
        16_000,
        new FrameSpec(512, 400, 160),
        new MelSpec(80, 0, 0, 80),
        40,
        EnumSet.allOf(Feature.class));
  }

  /** For telephone audio: 8 kHz, windows of 25 ms every 10 ms, 40 bands from 200 to 3500 Hz. */
  public static FeatureSpec telephone() {
    return new FeatureSpec(
        8_000,
        new FrameSpec(512, 200, 80),
        new MelSpec(40, 200, 3500, 80),
        13,
        EnumSet.allOf(Feature.class));
  }

  /**
   * @throws IllegalArgumentException naming the presets that exist, if there is none of that name
   */
  public static FeatureSpec preset(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "librosa" -> librosa();
      case "speech" -> speech();
      case "telephone" -> telephone();
      default ->
          throw new IllegalArgumentException(
              "No feature preset is called '%s'; there are librosa, speech, telephone"
                  .formatted(name));
    };
  }

  /** The rate that a recording of {@code sourceRateHz} has when its features are computed. */
  public int rateFor(int sourceRateHz) {
    return sampleRateHz == NATIVE_RATE ? sourceRateHz : sampleRateHz;
  }

  /** How many coefficients a feature has per frame. */
  public int coefficientsOf(Feature feature) {
    return switch (feature) {
      case LOG_MEL -> mel.bands();
      case MFCC, MFCC_DELTA, MFCC_DELTA2 -> mfccCoefficients;
      case ZCR, RMS -> 1;
    };
  }
}
