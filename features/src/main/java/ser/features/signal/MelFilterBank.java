package ser.features.signal;

import static ser.features.signal.PowerSpectrum.BATCH;

import java.util.Arrays;
import ser.features.spec.MelNorm;
import ser.features.spec.MelScale;
import ser.features.spec.MelSpec;

/**
 * Sums power spectra into triangular mel bands, as {@code librosa.filters.mel}.
 *
 * <p>Edges are equally spaced in mel and are not rounded to FFT bins; each triangle has the height
 * 1, or with Slaney's norm {@code 2 / (upper - lower)}. Only the weights above 0 are kept: 2,000 of
 * 131,000 in the default bank. Never changes: safe to share between threads.
 */
public final class MelFilterBank {
  private final int bins;
  private final int[] firstBin;
  private final float[][] weights;

  /**
   * @param sampleRateHz rate of the samples behind the spectra
   * @param nFft FFT size in samples
   * @throws IllegalArgumentException if the bands reach beyond half the sample rate
   */
  public MelFilterBank(int sampleRateHz, int nFft, MelSpec spec) {
    double top = spec.fMaxHz() == 0 ? sampleRateHz / 2.0 : spec.fMaxHz();
    if (top > sampleRateHz / 2.0 || spec.fMinHz() >= top) {
      throw new IllegalArgumentException(
          "mel bands from %s to %s Hz do not fit below half the sample rate of %d Hz"
              .formatted(spec.fMinHz(), top, sampleRateHz));
    }
    bins = nFft / 2 + 1;
    firstBin = new int[spec.bands()];
    weights = new float[spec.bands()][];
    double[] edgesHz = edgesHz(spec.scale(), spec.fMinHz(), top, spec.bands());
    double binHz = (double) sampleRateHz / nFft;
    for (int band = 0; band < weights.length; band++) {
      double lower = edgesHz[band];
      double centre = edgesHz[band + 1];
      double upper = edgesHz[band + 2];
      double peak = spec.norm() == MelNorm.SLANEY ? 2 / (upper - lower) : 1;
      int first = (int) Math.floor(lower / binHz) + 1;
      int end = Math.min(bins, Math.max(first, (int) Math.ceil(upper / binHz)));
      firstBin[band] = first;
      weights[band] = new float[Math.max(0, end - first)];
      for (int i = 0; i < weights[band].length; i++) {
        double hz = (first + i) * binHz;
        double height = Math.min((hz - lower) / (centre - lower), (upper - hz) / (upper - centre));
        weights[band][i] = (float) (Math.max(0, height) * peak);
      }
    }
  }

  private static double[] edgesHz(MelScale scale, double fromHz, double toHz, int bands) {
    double from = scale.melOf(fromHz);
    double to = scale.melOf(toHz);
    double[] edges = new double[bands + 2];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = scale.hzOf(from + (to - from) * i / (bands + 1));
    }
    return edges;
  }

  public int bands() {
    return weights.length;
  }

  /** The weight of one FFT bin in one band. */
  public float weight(int band, int bin) {
    int i = bin - firstBin[band];
    return i < 0 || i >= weights[band].length ? 0f : weights[band][i];
  }

  /**
   * @param power shape [nFft / 2 + 1][PowerSpectrum.BATCH], linear
   * @param mel receives shape [bands][PowerSpectrum.BATCH], linear, never negative
   * @throws IllegalArgumentException if the power has another number of bins
   */
  public void apply(float[][] power, float[][] mel) {
    if (power.length != bins) {
      throw new IllegalArgumentException(
          "the filter bank is for %d frequency bins, not %d".formatted(bins, power.length));
    }
    for (int band = 0; band < weights.length; band++) {
      float[] w = weights[band];
      float[] sum = mel[band];
      Arrays.fill(sum, 0f);
      int i = 0;
      int bin = firstBin[band];
      for (; i + 4 <= w.length; i += 4, bin += 4) {
        add4(
            sum,
            power[bin],
            power[bin + 1],
            power[bin + 2],
            power[bin + 3],
            w[i],
            w[i + 1],
            w[i + 2],
            w[i + 3]);
      }
      for (; i < w.length; i++, bin++) {
        add(sum, power[bin], w[i]);
      }
    }
  }

  private static void add4(
      float[] sum,
      float[] p0,
      float[] p1,
      float[] p2,
      float[] p3,
      float w0,
      float w1,
      float w2,
      float w3) {
    for (int i = 0; i < BATCH; i++) {
      sum[i] = sum[i] + ((w0 * p0[i] + w1 * p1[i]) + (w2 * p2[i] + w3 * p3[i]));
    }
  }

  private static void add(float[] sum, float[] p, float w) {
    for (int i = 0; i < BATCH; i++) {
      sum[i] = sum[i] + w * p[i];
    }
  }
}
