package ser.features.spec;

import static ser.features.spec.Require.require;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Everything that decides the numbers in a features table. Two tables with equal specs can be
 * mixed; a model scores only features of its own spec.
 *
 * <p>Settings of contrast, chroma and pitch count only where these are computed; else they are
 * librosa's, whatever was given. So specs that give the same numbers are equal.
 *
 * @param sampleRateHz rate that clips are resampled to; 0 keeps each recording's own rate
 * @param frames framing and FFT
 * @param mel mel bands and decibels
 * @param mfccCoefficients how many cepstral coefficients, at most the number of mel bands
 * @param features which features are computed, never empty
 * @param contrast bands of the spectral contrast
 * @param chroma tuning of the pitch classes
 * @param pitch search range of the fundamental frequency
 */
public record FeatureSpec(
    int sampleRateHz,
    FrameSpec frames,
    MelSpec mel,
    int mfccCoefficients,
    Set<Feature> features,
    ContrastSpec contrast,
    ChromaSpec chroma,
    PitchSpec pitch)
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
    require(!features.isEmpty(), "at least one feature must be named");
    features = Collections.unmodifiableSet(EnumSet.copyOf(features));
    contrast = features.contains(Feature.SPECTRAL_CONTRAST) ? contrast : ContrastSpec.LIBROSA;
    chroma = features.contains(Feature.CHROMA) ? chroma : ChromaSpec.estimate();
    pitch = features.contains(Feature.PITCH) ? pitch : PitchSpec.LIBROSA;
    if (sampleRateHz != NATIVE_RATE) {
      RateLimits.require(sampleRateHz, frames, mel, features, contrast, pitch);
    }
  }

  /** With librosa's contrast, chroma and pitch. */
  public FeatureSpec(
      int sampleRateHz,
      FrameSpec frames,
      MelSpec mel,
      int mfccCoefficients,
      Set<Feature> features) {
    this(
        sampleRateHz,
        frames,
        mel,
        mfccCoefficients,
        features,
        ContrastSpec.LIBROSA,
        ChromaSpec.estimate(),
        PitchSpec.LIBROSA);
  }

  /** The standard features of {@link Preset#LIBROSA}. */
  public static FeatureSpec librosa() {
    return Preset.LIBROSA.spec(Feature.STANDARD);
  }

  /** The standard features of {@link Preset#SPEECH}. */
  public static FeatureSpec speech() {
    return Preset.SPEECH.spec(Feature.STANDARD);
  }

  /** The standard features of {@link Preset#TELEPHONE}. */
  public static FeatureSpec telephone() {
    return Preset.TELEPHONE.spec(Feature.STANDARD);
  }

  /**
   * The same settings for other features: those of contrast, chroma and pitch are librosa's where
   * this spec does not compute them.
   */
  public FeatureSpec withFeatures(Set<Feature> others) {
    return new FeatureSpec(
        sampleRateHz, frames, mel, mfccCoefficients, others, contrast, chroma, pitch);
  }

  /** The same settings at another rate; {@link #NATIVE_RATE} keeps each recording's own. */
  public FeatureSpec withSampleRate(int otherRateHz) {
    return new FeatureSpec(
        otherRateHz, frames, mel, mfccCoefficients, features, contrast, chroma, pitch);
  }

  /** The rate that a recording of {@code sourceRateHz} has when its features are computed. */
  public int rateFor(int sourceRateHz) {
    return sampleRateHz == NATIVE_RATE ? sourceRateHz : sampleRateHz;
  }

  /**
   * Checks that recordings of a rate have these features; needed only for native rates.
   *
   * @throws IllegalArgumentException if a feature needs frequencies beyond half the rate, or longer
   *     frames
   */
  public void requireFits(int sourceRateHz) {
    RateLimits.require(rateFor(sourceRateHz), frames, mel, features, contrast, pitch);
  }

  /** How many coefficients a feature has per frame. */
  public int coefficientsOf(Feature feature) {
    return switch (feature) {
      case LOG_MEL -> mel.bands();
      case MFCC, MFCC_DELTA, MFCC_DELTA2 -> mfccCoefficients;
      case ZCR, RMS, PITCH -> 1;
      case SPECTRAL_CENTROID, SPECTRAL_BANDWIDTH, SPECTRAL_ROLLOFF, SPECTRAL_FLATNESS -> 1;
      case SPECTRAL_CONTRAST -> contrast.rows();
      case CHROMA -> 12;
    };
  }
}
