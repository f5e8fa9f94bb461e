package ser.features;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import ser.features.signal.Chroma;
import ser.features.signal.FrameSpectrum;
import ser.features.signal.LogMel;
import ser.features.signal.PowerSpectrum;
import ser.features.signal.QuietFrames;
import ser.features.signal.SpectralContrast;
import ser.features.signal.SpectralMoment;
import ser.features.signal.SpectralStage;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;

/**
 * The features of a spec that come from the short-time Fourier transform, for clips of one rate.
 * There is one transform for all of them: a fast one in single precision where log-mel is all that
 * is asked for, else one in double precision, which log-mel shares. The few frames for which single
 * precision may not do are transformed again.
 */
final class SpectralFeatures {
  /** The transforms, which do not depend on the rate. */
  static final class Transform {
    private final PowerSpectrum fast;
    private final QuietFrames quietFrames;
    private final FrameSpectrum exact;
    private final float[][] block;

    Transform(FeatureSpec spec) {
      boolean allExact =
          spec.features().stream().anyMatch(SpectralFeatures::isStage)
              || !QuietFrames.suits(spec.mel());
      fast = allExact ? null : new PowerSpectrum(spec.frames());
      quietFrames = new QuietFrames(spec.mel());
      exact = new FrameSpectrum(spec.frames());
      block = new float[exact.bins()][PowerSpectrum.BATCH];
    }
  }

  private final FeatureSpec spec;
  private final Transform transform;
  private final LogMel logMel;
  private final Map<Feature, SpectralStage> stages = new EnumMap<>(Feature.class);

  /**
   * @throws IllegalArgumentException if the features need frequencies beyond half the rate
   */
  SpectralFeatures(FeatureSpec spec, int sampleRateHz, Transform transform) {
    this.spec = spec;
    this.transform = transform;
    int nFft = spec.frames().nFft();
    boolean wantsMel = spec.features().stream().anyMatch(Feature::usesMel);
    logMel = wantsMel ? new LogMel(sampleRateHz, nFft, spec.mel()) : null;
    for (Feature feature : spec.features()) {
      if (isStage(feature)) {
        stages.put(feature, stage(feature, sampleRateHz));
      }
    }
  }

  private static boolean isStage(Feature feature) {
    return switch (feature) {
      case SPECTRAL_CENTROID, SPECTRAL_BANDWIDTH, SPECTRAL_ROLLOFF -> true;
      case SPECTRAL_FLATNESS, SPECTRAL_CONTRAST, CHROMA -> true;
      case LOG_MEL, MFCC, MFCC_DELTA, MFCC_DELTA2, ZCR, RMS, PITCH -> false;
    };
  }

  private SpectralStage stage(Feature feature, int rateHz) {
    int nFft = spec.frames().nFft();
    return switch (feature) {
      case SPECTRAL_CENTROID -> SpectralMoment.CENTROID.stage(rateHz, nFft);
      case SPECTRAL_BANDWIDTH -> SpectralMoment.BANDWIDTH.stage(rateHz, nFft);
      case SPECTRAL_ROLLOFF -> SpectralMoment.ROLLOFF.stage(rateHz, nFft);
      case SPECTRAL_FLATNESS -> SpectralMoment.FLATNESS.stage(rateHz, nFft);
      case SPECTRAL_CONTRAST -> new SpectralContrast(rateHz, nFft, spec.contrast());
      case CHROMA -> new Chroma(rateHz, nFft, spec.chroma());
      case LOG_MEL, MFCC, MFCC_DELTA, MFCC_DELTA2, ZCR, RMS, PITCH ->
          throw new IllegalArgumentException(feature + " is no stage of the transform");
    };
  }

  /** Computes log-mel, if anything needs it, and what else is asked for, into {@code computed}. */
  void compute(
      float[] samples, int offset, int length, int frames, Map<Feature, FeatureMatrix> computed) {
    if (logMel != null) {
      computed.put(Feature.LOG_MEL, FeatureMatrix.zeros(spec, Feature.LOG_MEL, frames));
    }
    stages.forEach(
        (feature, stage) -> {
          FeatureMatrix matrix = FeatureMatrix.zeros(spec, feature, frames);
          stage.begin(frames, matrix.values());
          computed.put(feature, matrix);
        });
    float[] mel = logMel == null ? null : computed.get(Feature.LOG_MEL).values();
    if (stages.isEmpty() && mel == null) {
      return;
    }
    if (transform.fast != null) {
      fastPass(samples, offset, length, frames, mel);
    } else {
      List<SpectralStage> next = exactPass(samples, offset, length, frames, mel, stages.values());
      while (!next.isEmpty()) {
        next = exactPass(samples, offset, length, frames, null, next);
      }
    }
    if (mel != null) {
      logMel.finish(mel);
    }
  }

  private void fastPass(float[] samples, int offset, int length, int frames, float[] mel) {
    for (int first = 0; first < frames; first += PowerSpectrum.BATCH) {
      float[][] power = transform.fast.frames(samples, offset, length, first);
      int count = Math.min(PowerSpectrum.BATCH, frames - first);
      logMel.accept(power, first, count, frames, mel);
    }
    transform.quietFrames.in(mel, frames).stream()
        .forEach(
            t -> {
              transform.exact.load(samples, offset, length, t);
              copyPowerTo(0);
              logMel.accept(transform.block, t, 1, frames, mel);
            });
  }

  /**
   * @param mel receives log-mel, or null for a pass without
   * @return the stages that need another pass
   */
  private List<SpectralStage> exactPass(
      float[] samples,
      int offset,
      int length,
      int frames,
      float[] mel,
      Iterable<SpectralStage> pending) {
    for (int t = 0; t < frames; t++) {
      transform.exact.load(samples, offset, length, t);
      for (SpectralStage stage : pending) {
        stage.accept(t, transform.exact);
      }
      if (mel != null) {
        int lane = t % PowerSpectrum.BATCH;
        copyPowerTo(lane);
        if (lane == PowerSpectrum.BATCH - 1 || t == frames - 1) {
          logMel.accept(transform.block, t - lane, lane + 1, frames, mel);
        }
      }
    }
    List<SpectralStage> next = new ArrayList<>();
    for (SpectralStage stage : pending) {
      if (stage.finish()) {
        next.add(stage);
      }
    }
    return next;
  }

  private void copyPowerTo(int lane) {
    double[] power = transform.exact.power();
    for (int k = 0; k < power.length; k++) {
      transform.block[k][lane] = (float) power[k];
    }
  }
}
