package ser.features.signal;

import java.util.Arrays;
import ser.features.spec.ContrastSpec;

/**
 * Peaks against valleys in octave bands: {@code librosa.feature.spectral_contrast(quantile=0.02)}
 * (Jiang et al., ICME 2002). Of each band the mean of the lowest and of the highest 2% of the
 * magnitudes, at least one of each, in decibels, both cut 80 dB below the clip's largest; their
 * difference.
 *
 * <p>As in librosa a band also holds the bin below its lower edge, and all but the highest leave
 * out their last one. Holds scratch buffers: not safe for use by several threads.
 */
public final class SpectralContrast implements SpectralStage {
  private static final double QUANTILE = 0.02;
  private static final double MIN_MAGNITUDE = 1e-10;
  private static final double TOP_DB = 80;

  private final int[] first;
  private final int[] end;
  private final int[] quantile;
  private final double[] sorted;
  private double[] valleys = new double[0];
  private double[] peaks = new double[0];
  private int frames;
  private float[] contrast;

  /**
   * @param sampleRateHz rate of the samples behind the spectra; the highest band begins below half
   *     of it
   * @param nFft FFT size in samples; a bin is at most as wide as the lowest band
   */
  public SpectralContrast(int sampleRateHz, int nFft, ContrastSpec spec) {
    int bins = nFft / 2 + 1;
    double binHz = 1 / (nFft * (1.0 / sampleRateHz));
    first = new int[spec.rows()];
    end = new int[spec.rows()];
    quantile = new int[spec.rows()];
    sorted = new double[bins];
    double lowHz = 0;
    double highHz = spec.fMinHz();
    for (int row = 0; row < spec.rows(); row++) {
      boolean highest = row == spec.octaves();
      int from = 0;
      while (from < bins - 1 && from * binHz < lowHz) {
        from++;
      }
      int to = from;
      while (to < bins && (highest || to * binHz <= highHz)) {
        to++;
      }
      first[row] = Math.max(0, from - 1);
      quantile[row] = (int) Math.max(1, Math.rint(QUANTILE * (to - first[row])));
      end[row] = highest ? to : to - 1;
      lowHz = highHz;
      highHz *= 2;
    }
  }

  @Override
  public void begin(int frames, float[] values) {
    this.frames = frames;
    contrast = values;
    if (valleys.length < values.length) {
      valleys = new double[values.length];
      peaks = new double[values.length];
    }
  }

  @Override
  public void accept(int t, FrameSpectrum spectrum) {
    for (int row = 0; row < first.length; row++) {
      int count = end[row] - first[row];
      System.arraycopy(spectrum.magnitude(), first[row], sorted, 0, count);
      Arrays.sort(sorted, 0, count);
      int taken = Math.min(quantile[row], count);
      double low = 0;
      double high = 0;
      for (int i = 0; i < taken; i++) {
        low += sorted[i];
        high += sorted[count - 1 - i];
      }
      valleys[row * frames + t] = low / taken;
      peaks[row * frames + t] = high / taken;
    }
  }

  @Override
  public boolean finish() {
    toDecibels(valleys, contrast.length);
    toDecibels(peaks, contrast.length);
    for (int i = 0; i < contrast.length; i++) {
      contrast[i] = (float) (peaks[i] - valleys[i]);
    }
    return false;
  }

  /** {@code librosa.power_to_db}, in double; in place. */
  private static void toDecibels(double[] values, int length) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      values[i] = 10 * Math.log10(Math.max(values[i], MIN_MAGNITUDE));
      largest = Math.max(largest, values[i]);
    }
    for (int i = 0; i < length; i++) {
      values[i] = Math.max(values[i], largest - TOP_DB);
    }
  }
}
