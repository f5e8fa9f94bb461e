package ser.features;

import static ser.features.spec.Require.require;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import ser.features.audio.Clip;
import ser.features.signal.Resampler;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;

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
  private final SpectralFeatures.Transform transform;
  private final CepstralFeatures cepstral;
  private final Map<Integer, RateStages> stages = new LinkedHashMap<>();
  private final Map<Integer, Resampler> resamplers = new LinkedHashMap<>();

  /** What depends on the rate that features are computed at. */
  private record RateStages(SpectralFeatures spectral, SampleFeatures ofSamples) {}

  public FeatureExtractor(FeatureSpec spec) {
    this.spec = spec;
    transform = new SpectralFeatures.Transform(spec);
    cepstral = new CepstralFeatures(spec);
  }

  /** What this extractor computes. */
  public FeatureSpec spec() {
    return spec;
  }

  /**
   * Features of a whole clip, resampled first to {@code spec.rateFor(clip.sampleRateHz())}.
   *
   * @throws IllegalArgumentException if the clip is empty, or its rate too low for what is asked
   *     for: {@link FeatureSpec#requireFits}
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
   *     another rate, or the rate is too low for what is asked for
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
    RateStages atRate = kept(stages, sampleRateHz, this::stagesAt);
    Map<Feature, FeatureMatrix> computed = new EnumMap<>(Feature.class);
    atRate.spectral().compute(samples, offset, length, frames, computed);
    cepstral.compute(frames, computed);
    atRate.ofSamples().compute(samples, offset, length, frames, computed);
    computed.keySet().retainAll(spec.features());
    return computed;
  }

  private RateStages stagesAt(int rateHz) {
    spec.requireFits(rateHz);
    return new RateStages(
        new SpectralFeatures(spec, rateHz, transform), new SampleFeatures(spec, rateHz));
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
