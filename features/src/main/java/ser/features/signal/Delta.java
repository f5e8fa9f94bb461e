package ser.features.signal;

/**
 * Derivative over time of each coefficient by Savitzky-Golay smoothing over 9 frames: {@code
 * librosa.feature.delta(width=9, order=1|2)}. Never changes: safe to share between threads.
 *
 * <p>Inside, {@code D[t] = sum_i w_i C[t + i]}, {@code i = -4..4}, with {@code w_i = i / 60} for
 * the first derivative (the slope of the fitted line) and {@code (3 i^2 - 20) / 462} for the second
 * (of the fitted parabola, not the delta of the delta): Savitzky and Golay, Anal. Chem. 36 (1964).
 * At the ends the first 4 frames repeat frame 4 and the last 4 the one 4 before the end (librosa's
 * mode {@code interp}: the fitted polynomial has a constant derivative of its own order). Clips
 * below 9 frames, for which librosa raises an error, count as preceded and followed by their first
 * and last frame (mode {@code nearest}).
 */
public final class Delta {
  private static final int REACH = 4;
  private static final int WIDTH = 2 * REACH + 1;

  private final float[] weights = new float[REACH + 1];
  private final boolean antisymmetric;

  private Delta(boolean antisymmetric) {
    this.antisymmetric = antisymmetric;
    for (int i = 0; i <= REACH; i++) {
      weights[i] = antisymmetric ? i / 60f : (3 * i * i - 20) / 462f;
    }
  }

  /** The first derivative, per frame. */
  public static Delta first() {
    return new Delta(true);
  }

  /** The second derivative, per frame squared. */
  public static Delta second() {
    return new Delta(false);
  }

  /**
   * @param values row-major, shape [coefficients][frames], at least one frame
   * @param derivative receives the same shape; another array than {@code values}
   */
  public void apply(float[] values, int coefficients, int frames, float[] derivative) {
    for (int c = 0; c < coefficients; c++) {
      int start = c * frames;
      int end = start + frames;
      if (frames < WIDTH) {
        for (int t = start; t < end; t++) {
          derivative[t] = nearEdge(values, start, end, t);
        }
        continue;
      }
      inside(values, start + REACH, end - REACH, derivative);
      for (int t = 0; t < REACH; t++) {
        derivative[start + t] = derivative[start + REACH];
        derivative[end - 1 - t] = derivative[end - 1 - REACH];
      }
    }
  }

  private void inside(float[] v, int from, int to, float[] derivative) {
    float w1 = weights[1];
    float w2 = weights[2];
    float w3 = weights[3];
    float w4 = weights[4];
    if (antisymmetric) {
      for (int t = from; t < to; t++) {
        derivative[t] =
            (w1 * (v[t + 1] - v[t - 1]) + w2 * (v[t + 2] - v[t - 2]))
                + (w3 * (v[t + 3] - v[t - 3]) + w4 * (v[t + 4] - v[t - 4]));
      }
    } else {
      // The weights add up to 0, so differences from the middle give the same sum; silence's -1131
      // in the first coefficient would cost three digits otherwise.
      for (int t = from; t < to; t++) {
        float twice = 2 * v[t];
        derivative[t] =
            (w1 * (v[t + 1] + v[t - 1] - twice) + w2 * (v[t + 2] + v[t - 2] - twice))
                + (w3 * (v[t + 3] + v[t - 3] - twice) + w4 * (v[t + 4] + v[t - 4] - twice));
      }
    }
  }

  private float nearEdge(float[] v, int start, int end, int t) {
    float sum = 0;
    for (int i = 1; i <= REACH; i++) {
      float after = v[Math.min(end - 1, t + i)];
      float before = v[Math.max(start, t - i)];
      sum += weights[i] * (antisymmetric ? after - before : after + before - 2 * v[t]);
    }
    return sum;
  }
}
