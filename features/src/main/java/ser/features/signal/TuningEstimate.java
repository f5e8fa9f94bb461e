package ser.features.signal;

import java.util.Arrays;

/**
 * How far a clip's pitches lie from the semitones of A = 440 Hz: {@code
 * librosa.estimate_tuning(S=power, resolution=0.01)}, as {@code chroma_stft} calls it.
 *
 * <p>Pitches are the spectral peaks from 150 to 4000 Hz above a tenth of their frame's largest
 * power, placed by a parabola (Smith, "Spectral Audio Signal Processing"); of those at least as
 * strong as the median the commonest deviation is taken, in hundredths of a semitone. Holds scratch
 * buffers: not safe for use by several threads.
 */
final class TuningEstimate {
  private static final double FROM_HZ = 150;
  private static final double TO_HZ = 4000;
  private static final double THRESHOLD = 0.1;
  private static final int STEPS = 100;
  private static final double SEMITONE_ORIGIN_HZ = 440.0 / 16;

  private final double binHz;
  private final int firstBin;
  private final int endBin;
  private final int[] counts = new int[STEPS];
  private double[] strengths = new double[256];
  private double[] ranked = new double[0];
  private double[] deviations = new double[256];
  private int peaks;

  TuningEstimate(int sampleRateHz, int nFft) {
    binHz = (double) sampleRateHz / nFft;
    double toHz = Math.min(TO_HZ, sampleRateHz / 2.0);
    firstBin = Math.max(1, (int) Math.ceil(FROM_HZ / binHz));
    endBin = (int) Math.ceil(toHz / binHz);
  }

  void begin() {
    peaks = 0;
  }

  /**
   * @param power shape [nFft / 2 + 1]
   */
  void accept(double[] power) {
    double largest = 0;
    for (double p : power) {
      largest = Math.max(largest, p);
    }
    double threshold = THRESHOLD * largest;
    for (int k = firstBin; k < endBin; k++) {
      double p = power[k];
      if (p > threshold && p > power[k - 1] && p >= power[k + 1]) {
        double slope = (power[k + 1] - power[k - 1]) / 2;
        double curvature = power[k + 1] + power[k - 1] - 2 * p;
        double shift = Math.abs(slope) >= Math.abs(curvature) ? 0 : -slope / curvature;
        add(p + 0.5 * slope * shift, (k + shift) * binHz);
      }
    }
  }

  private void add(double strength, double hz) {
    if (peaks == strengths.length) {
      strengths = Arrays.copyOf(strengths, 2 * peaks);
      deviations = Arrays.copyOf(deviations, 2 * peaks);
    }
    double semitones = 12 * (Math.log(hz / SEMITONE_ORIGIN_HZ) / Math.log(2));
    double deviation = semitones - Math.floor(semitones);
    strengths[peaks] = strength;
    deviations[peaks++] = deviation >= 0.5 ? deviation - 1 : deviation;
  }

  /**
   * @return semitones, from -0.5 to 0.49; 0 for a clip without pitches
   */
  double finish() {
    if (peaks == 0) {
      return 0;
    }
    double median = medianStrength();
    Arrays.fill(counts, 0);
    for (int i = 0; i < peaks; i++) {
      if (strengths[i] >= median) {
        counts[stepOf(deviations[i])]++;
      }
    }
    int commonest = 0;
    for (int step = 1; step < STEPS; step++) {
      commonest = counts[step] > counts[commonest] ? step : commonest;
    }
    return edge(commonest);
  }

  private double medianStrength() {
    if (ranked.length < peaks) {
      ranked = new double[strengths.length];
    }
    System.arraycopy(strengths, 0, ranked, 0, peaks);
    Arrays.sort(ranked, 0, peaks);
    return (ranked[(peaks - 1) / 2] + ranked[peaks / 2]) / 2;
  }

  private static int stepOf(double deviation) {
    int step = Math.max(0, Math.min(STEPS - 1, (int) ((deviation + 0.5) * STEPS)));
    if (step > 0 && deviation < edge(step)) {
      return step - 1;
    }
    return step < STEPS - 1 && deviation >= edge(step + 1) ? step + 1 : step;
  }

  private static double edge(int step) {
    return step * 0.01 - 0.5;
  }
}
