package ser.features.signal;

import static ser.features.signal.LaneFft.LANES;

import java.util.Arrays;
import ser.features.FrameSpec;

/**
 * Cuts samples into centred, windowed frames and gives the power of each frequency: {@code P[k] =
 * |sum_i w[i] y[i] exp(-2 pi j k i / N)|^2}, {@code k = 0..N/2}, no scaling; librosa's {@code
 * abs(stft(y, center=True, pad_mode="constant")) ** 2}.
 *
 * <p>Works on {@value LaneFft#LANES} frames at a time; see {@link LaneFft} for why. Holds scratch
 * buffers: not safe for use by several threads.
 */
public final class PowerSpectrum {
  /** Frames that one call of {@link #frames} computes. */
  public static final int BATCH = LANES;

  private final int nFft;
  private final int hopLength;
  private final float[] window;
  private final LaneFft fft;
  private final float[] twiddleCos;
  private final float[] twiddleSin;
  private final int stride;
  private final float[] staged;
  private final float[] frame;
  private final float[][] rows;
  private final float[] mirror = new float[2 * LANES];
  private final float[][] power;

  public PowerSpectrum(FrameSpec spec) {
    nFft = spec.nFft();
    hopLength = spec.hopLength();
    int half = nFft / 2;
    window = new float[nFft];
    double[] weights = HannWindow.centredIn(spec.windowLength(), nFft);
    for (int i = 0; i < nFft; i++) {
      // The 0.5 of separating even from odd samples below costs nothing here.
      window[i] = (float) (0.5 * weights[i]);
    }
    fft = new LaneFft(half);
    twiddleCos = new float[half / 2 + 1];
    twiddleSin = new float[half / 2 + 1];
    for (int k = 0; k < twiddleCos.length; k++) {
      twiddleCos[k] = (float) Math.cos(2 * Math.PI * k / nFft);
      twiddleSin[k] = (float) -Math.sin(2 * Math.PI * k / nFft);
    }
    // One cache line more than a power of two, so that the lanes do not share cache sets.
    stride = nFft + 16;
    staged = new float[LANES * stride];
    frame = new float[nFft];
    rows = fft.newRows();
    power = new float[half + 1][LANES];
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
    for (int lane = 0; lane < LANES; lane++) {
      stage(samples, offset, length, (long) (firstFrame + lane) * hopLength - nFft / 2, lane);
    }
    transposeStaged();
    fft.transform(rows);
    int half = nFft / 2;
    for (int k = 0; k <= half / 2; k++) {
      float[] low = rows[fft.rowOf(k)];
      float[] high = rows[fft.rowOf((half - k) % half)];
      if (low == high) {
        // Bins 0 and N/4 are their own mirror image.
        System.arraycopy(low, 0, mirror, 0, mirror.length);
        high = mirror;
      }
      separate(low, high, twiddleCos[k], twiddleSin[k]);
      combine(low, high, power[k], power[half - k]);
    }
    return power;
  }

  private void stage(float[] samples, int offset, int length, long start, int lane) {
    int from = (int) Math.min(nFft, Math.max(0, -start));
    int to = (int) Math.max(from, Math.min(nFft, length - start));
    if (to == from) {
      Arrays.fill(staged, lane * stride, lane * stride + nFft, 0f);
      return;
    }
    Arrays.fill(frame, 0, from, 0f);
    System.arraycopy(samples, (int) (offset + start + from), frame, from, to - from);
    Arrays.fill(frame, to, nFft, 0f);
    for (int i = 0; i < nFft; i++) {
      frame[i] *= window[i];
    }
    System.arraycopy(frame, 0, staged, lane * stride, nFft);
  }

  // Four rows at a time: one lane's samples of four rows share a cache line.
  private void transposeStaged() {
    for (int m = 0; m < rows.length; m += 4) {
      float[] r0 = rows[m];
      float[] r1 = rows[m + 1];
      float[] r2 = rows[m + 2];
      float[] r3 = rows[m + 3];
      for (int lane = 0, at = 2 * m; lane < LANES; lane++, at += stride) {
        r0[lane] = staged[at];
        r0[lane + LANES] = staged[at + 1];
        r1[lane] = staged[at + 2];
        r1[lane + LANES] = staged[at + 3];
        r2[lane] = staged[at + 4];
        r2[lane + LANES] = staged[at + 5];
        r3[lane] = staged[at + 6];
        r3[lane + LANES] = staged[at + 7];
      }
    }
  }

  // A real signal of N samples as N/2 complex ones: Press et al., "Numerical Recipes", 12.3. Of
  // bins k and N/2 - k this makes the spectra of the even and, turned by the twiddle factor, of the
  // odd samples. Two loops with combine(): the JIT compiler leaves a single one scalar, at three
  // times the cost.
  private static void separate(float[] a, float[] b, float cos, float sin) {
    for (int i = 0; i < LANES; i++) {
      float evenR = a[i] + b[i];
      float evenI = a[i + LANES] - b[i + LANES];
      float oddR = a[i + LANES] + b[i + LANES];
      float oddI = b[i] - a[i];
      a[i] = evenR;
      a[i + LANES] = evenI;
      b[i] = oddR * cos - oddI * sin;
      b[i + LANES] = oddR * sin + oddI * cos;
    }
  }

  private static void combine(float[] even, float[] odd, float[] power, float[] mirrored) {
    for (int i = 0; i < LANES; i++) {
      float lowR = even[i] + odd[i];
      float lowI = even[i + LANES] + odd[i + LANES];
      float highR = even[i] - odd[i];
      float highI = even[i + LANES] - odd[i + LANES];
      power[i] = lowR * lowR + lowI * lowI;
      mirrored[i] = highR * highR + highI * highI;
    }
  }
}
