package ser.features.signal;

import static ser.features.signal.LaneFft.LANES;
import static ser.features.signal.RealDft16.BINS;
import static ser.features.signal.RealDft16.POINTS;
import static ser.features.signal.RealFft.SIGNALS;

import java.util.Arrays;
import ser.features.spec.FrameSpec;

/**
 * Cuts samples into windowed frames and gives the power of each frequency: {@code P[k] = |sum_i
 * w[i] y[i] exp(-2 pi j k i / N)|^2}, {@code k = 0..N/2}, no scaling; librosa's {@code abs(stft(y,
 * pad_mode="constant")) ** 2}.
 *
 * <p>Works on many frames at a time; see {@link LaneFft} for why. Holds scratch buffers: not safe
 * for use by several threads.
 */
public final class PowerSpectrum {
  /** Frames that one call of {@link #frames} computes. */
  public static final int BATCH = 2 * SIGNALS;

  private final int nFft;
  private final int hopLength;
  private final int firstSample;
  // In two parts: a window rounded to float would be one more error in the quietest bands, and
  // products in double stay scalar.
  private final float[] window;
  private final float[] windowRest;
  private final RealFft fft;
  private final float[][] windowed;
  private final int[] offsets = new int[SIGNALS];
  private final float[][] rows;
  private final float[] squares = new float[LANES];
  private final float[][] power;

  public PowerSpectrum(FrameSpec spec) {
    nFft = spec.nFft();
    hopLength = spec.hopLength();
    firstSample = spec.firstSample();
    double[] weights = AnalysisWindow.of(spec);
    window = new float[nFft];
    windowRest = new float[nFft];
    for (int i = 0; i < nFft; i++) {
      window[i] = (float) weights[i];
      windowRest[i] = (float) (weights[i] - window[i]);
    }
    fft = new RealFft(nFft);
    windowed = new float[SIGNALS][nFft];
    rows = fft.newRows();
    power = new float[nFft / 2 + 1][BATCH];
  }

  /** Frequency bins: {@code nFft / 2 + 1}. */
  public int bins() {
    return power.length;
  }

  /**
   * Power spectra of frames {@code firstFrame .. firstFrame + BATCH - 1}; frame {@code t} is
   * centred on sample {@code t * hopLength}, and samples outside the given ones count as 0, so
   * frames past the end are silent.
   *
   * @param samples fractions of full scale
   * @param offset index of the first sample
   * @param length number of samples
   * @return shape [bins][BATCH], linear scale; the next call overwrites it
   */
  public float[][] frames(float[] samples, int offset, int length, int firstFrame) {
    for (int half = 0; half < BATCH; half += SIGNALS) {
      long start = (long) (firstFrame + half) * hopLength + firstSample;
      if (start >= length) {
        for (float[] bin : power) {
          Arrays.fill(bin, half, BATCH, 0f);
        }
        break;
      }
      int count = 0;
      // A frame that begins behind the last sample is silent, and so are those after it.
      for (; count < SIGNALS && start < length; count++, start += hopLength) {
        cut(samples, offset, length, start, windowed[count]);
      }
      fft.forward(windowed, offsets, count, rows);
      for (int k2 = 0; k2 < rows.length; k2++) {
        square(rows[fft.rowOf(k2)], squares);
        keep(k2, half);
      }
    }
    return power;
  }

  private void cut(float[] samples, int offset, int length, long start, float[] frame) {
    int from = (int) Math.min(nFft, Math.max(0, -start));
    int end = (int) Math.max(from, Math.min(nFft, length - start));
    Arrays.fill(frame, 0, from, 0f);
    System.arraycopy(samples, (int) (offset + start + from), frame, from, end - from);
    Arrays.fill(frame, end, nFft, 0f);
    for (int i = 0; i < frame.length; i++) {
      frame[i] = frame[i] * window[i] + frame[i] * windowRest[i];
    }
  }

  // Bins above N/2 are the mirror images of those below that were not computed.
  private void keep(int k2, int half) {
    for (int k1 = 0; k1 < BINS; k1++) {
      int k = POINTS * k2 + k1;
      boolean known = (k1 == 0 || k1 == BINS - 1) && k > nFft / 2;
      if (!known) {
        float[] bin = power[k <= nFft / 2 ? k : nFft - k];
        System.arraycopy(squares, SIGNALS * k1, bin, half, SIGNALS);
      }
    }
  }

  private static void square(float[] row, float[] squares) {
    for (int i = 0; i < LANES; i++) {
      squares[i] = row[i] * row[i] + row[i + LANES] * row[i + LANES];
    }
  }
}
