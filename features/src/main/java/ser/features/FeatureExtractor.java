package ser.features;

import static ser.features.Require.require;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import ser.features.audio.Clip;
import ser.features.signal.DecibelScale;
import ser.features.signal.Delta;
import ser.features.signal.MelFilterBank;
import ser.features.signal.Mfcc;
import ser.features.signal.PowerSpectrum;
import ser.features.signal.Resampler;
import ser.features.signal.RootMeanSquare;
import ser.features.signal.ZeroCrossingRate;

/**
 * From a clip to the matrices that a {@link FeatureSpec} asks for, with librosa's numbers. All
 * spectral features come from one short-time Fourier transform, and nothing is computed that was
 * not asked for.
 *
 * <p>Holds scratch buffers, filter banks and resamplers for the rates seen last: make one per
 * thread and keep it. Not safe for use by several threads.
 */
public final class FeatureExtractor {
  /** An archive has a handful of rates; one made to harm has thousands. */
  private static final int RATES_KEPT = 8;

  private final FeatureSpec spec;
  private final PowerSpectrum powerSpectrum;
  private final DecibelScale decibelScale;
  private final Mfcc mfcc;
  private final Delta delta = Delta.first();
  private final Delta delta2 = Delta.second();
  private final ZeroCrossingRate zeroCrossingRate;
  private final RootMeanSquare rootMeanSquare;
  private final float[][] mel;
  private final Map<Integer, MelFilterBank> filterBanks = new LinkedHashMap<>();
  private final Map<Integer, Resampler> resamplers = new LinkedHashMap<>();

  public FeatureExtractor(FeatureSpec spec) {
    this.spec = spec;
    powerSpectrum = new PowerSpectrum(spec.frames());
    decibelScale = new DecibelScale(spec.mel().topDb());
    mfcc = new Mfcc(spec.mfccCoefficients(), spec.mel().bands());
    zeroCrossingRate = new ZeroCrossingRate(spec.frames());
    rootMeanSquare = new RootMeanSquare(spec.frames());
    mel = new float[spec.mel().bands()][PowerSpectrum.BATCH];
  }

  /** What this extractor computes. */
  public FeatureSpec spec() {
    return spec;
  }

  /**
   * Features of a whole clip, resampled first to {@code spec.rateFor(clip.sampleRateHz())}.
   *
   * @throws IllegalArgumentException if the clip is empty or the mel bands reach beyond half of its
   *     rate
   */
  public Features extract(Clip clip) {
    int rateHz = spec.rateFor(clip.sampleRateHz());
    float[] samples = clip.samples();
    if (rateHz != clip.sampleRateHz()) {
      samples =
          kept(resamplers, clip.sampleRateHz(), from -> new Resampler(from, rateHz))
              .resample(samples);
    }
    Map<Feature, FeatureMatrix> matrices = compute(samples, 0, samples.length, rateHz);
    return new Features(spec.frames().framesOf(samples.length), clip.durationS(), matrices);
  }

  /**
   * Features of one stretch of samples alone: what lies before and after it counts as silence, and
   * the decibels are cut relative to its own peak. So a window of a stream has the numbers that a
   * clip of the same samples has.
   *
   * @param samples fractions of full scale, already at the rate to compute at
   * @param offset index of the first sample
   * @param length number of samples, above 0
   * @throws IllegalArgumentException if the stretch is empty or outside the array, the spec names
   *     another rate, or the mel bands reach beyond half the rate
   */
  public Features extract(float[] samples, int offset, int length, int sampleRateHz) {
    Objects.checkFromIndexSize(offset, length, samples.length);
    require(
        spec.rateFor(sampleRateHz) == sampleRateHz,
        "samples at %s Hz must be resampled to %s Hz first",
        sampleRateHz,
        spec.sampleRateHz());
    return new Features(
        spec.frames().framesOf(length),
        (double) length / sampleRateHz,
        compute(samples, offset, length, sampleRateHz));
  }

  private Map<Feature, FeatureMatrix> compute(
      float[] samples, int offset, int length, int sampleRateHz) {
    require(length > 0, "a clip without samples has no features");
    int frames = spec.frames().framesOf(length);
    Set<Feature> wanted = spec.features();
    Map<Feature, FeatureMatrix> computed = new EnumMap<>(Feature.class);
    if (wanted.stream().anyMatch(f -> f.ordinal() <= Feature.MFCC_DELTA2.ordinal())) {
      computed.put(Feature.LOG_MEL, logMel(samples, offset, length, sampleRateHz, frames));
    }
    if (wanted.stream().anyMatch(FeatureExtractor::isCepstral)) {
      FeatureMatrix cepstrum = matrix(Feature.MFCC, frames);
      mfcc.apply(computed.get(Feature.LOG_MEL).values(), frames, cepstrum.values());
      computed.put(Feature.MFCC, cepstrum);
    }
    if (wanted.contains(Feature.MFCC_DELTA)) {
      computed.put(
          Feature.MFCC_DELTA, derivative(delta, computed.get(Feature.MFCC), Feature.MFCC_DELTA));
    }
    if (wanted.contains(Feature.MFCC_DELTA2)) {
      computed.put(
          Feature.MFCC_DELTA2, derivative(delta2, computed.get(Feature.MFCC), Feature.MFCC_DELTA2));
    }
    if (wanted.contains(Feature.ZCR)) {
      FeatureMatrix zcr = matrix(Feature.ZCR, frames);
      zeroCrossingRate.apply(samples, offset, length, zcr.values());
      computed.put(Feature.ZCR, zcr);
    }
    if (wanted.contains(Feature.RMS)) {
      FeatureMatrix rms = matrix(Feature.RMS, frames);
      rootMeanSquare.apply(samples, offset, length, rms.values());
      computed.put(Feature.RMS, rms);
    }
    computed.keySet().retainAll(wanted);
    return computed;
  }

  private static boolean isCepstral(Feature feature) {
    return switch (feature) {
      case MFCC, MFCC_DELTA, MFCC_DELTA2 -> true;
      case LOG_MEL, ZCR, RMS -> false;
    };
  }

  private FeatureMatrix logMel(
      float[] samples, int offset, int length, int sampleRateHz, int frames) {
    MelFilterBank filterBank =
        kept(
            filterBanks,
            sampleRateHz,
            rate -> new MelFilterBank(rate, spec.frames().nFft(), spec.mel()));
    FeatureMatrix logMel = matrix(Feature.LOG_MEL, frames);
    for (int first = 0; first < frames; first += PowerSpectrum.BATCH) {
      int count = Math.min(PowerSpectrum.BATCH, frames - first);
      filterBank.apply(powerSpectrum.frames(samples, offset, length, first), mel);
      for (int band = 0; band < mel.length; band++) {
        decibelScale.convert(mel[band], logMel.values(), band * frames + first, count);
      }
    }
    decibelScale.cutBelowPeak(logMel.values());
    return logMel;
  }

  private FeatureMatrix derivative(Delta delta, FeatureMatrix of, Feature feature) {
    FeatureMatrix derivative = matrix(feature, of.frames());
    delta.apply(of.values(), of.coefficients(), of.frames(), derivative.values());
    return derivative;
  }

  private FeatureMatrix matrix(Feature feature, int frames) {
    int coefficients = spec.coefficientsOf(feature);
    return new FeatureMatrix(
        coefficients, frames, new float[Math.multiplyExact(coefficients, frames)]);
  }

  private static <T> T kept(Map<Integer, T> byRate, int rateHz, IntFunction<T> make) {
    T value = byRate.get(rateHz);
    if (value == null) {
      if (byRate.size() >= RATES_KEPT) {
        byRate.remove(byRate.keySet().iterator().next());
      }
      value = make.apply(rateHz);
      byRate.put(rateHz, value);
    }
    return value;
  }
}
