package ser.features.signal;

import ser.features.spec.FrameSpec;

/**
 * Root mean square of each frame's samples, not windowed, with silence before and after the clip:
 * {@code librosa.feature.rms(y, frame_length=nFft, pad_mode="constant")}, summed in double. Holds
 * scratch buffers: not safe for use by several threads.
 */
public final class RootMeanSquare {
  private final FrameSpec spec;
  private final FrameSums frameSums;
  private double[] sums = new double[0];

  public RootMeanSquare(FrameSpec spec) {
    this.spec = spec;
    frameSums = new FrameSums(spec.nFft(), spec.hopLength());
  }

  /**
   * @param rms receives one value per frame, {@code spec.framesOf(length)} of them
   */
  public void apply(float[] samples, int offset, int length, float[] rms) {
    int frames = spec.framesOf(length);
    if (sums.length < frames) {
      sums = new double[frames];
    }
    frameSums.apply(
        (from, to) ->
            sumOfSquares(samples, offset + Math.max(0, from), offset + Math.min(length, to)),
        spec.firstSample(),
        frames,
        sums);
    for (int t = 0; t < frames; t++) {
      rms[t] = (float) Math.sqrt(sums[t] / spec.nFft());
    }
  }

  private static double sumOfSquares(float[] y, int from, int to) {
    // Four sums, or each addition waits four cycles for the one before.
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      double y0 = y[i];
      double y1 = y[i + 1];
      double y2 = y[i + 2];
      double y3 = y[i + 3];
      s0 += y0 * y0;
      s1 += y1 * y1;
      s2 += y2 * y2;
      s3 += y3 * y3;
    }
    for (; i < to; i++) {
      s0 += (double) y[i] * y[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
