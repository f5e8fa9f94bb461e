package ser.features.signal;

import ser.features.spec.FrameSpec;

/**
 * Sign changes between neighbouring samples inside each frame, divided by the frame's length;
 * {@code librosa.feature.zero_crossing_rate(y, frame_length=nFft)}. A sample counts as negative
 * below -1e-10. Before and after the clip its first and last sample repeat, which adds no change.
 * Holds scratch buffers: not safe for use by several threads.
 */
public final class ZeroCrossingRate {
  private static final float THRESHOLD = 1e-10f;

  private final FrameSpec spec;
  private final FrameSums frameSums;
  private double[] sums = new double[0];

  public ZeroCrossingRate(FrameSpec spec) {
    this.spec = spec;
    // A frame of N samples has N - 1 pairs of neighbours.
    frameSums = new FrameSums(spec.nFft() - 1, spec.hopLength());
  }

  /**
   * @param zcr receives one value per frame, {@code spec.framesOf(length)} of them
   */
  public void apply(float[] samples, int offset, int length, float[] zcr) {
    int frames = spec.framesOf(length);
    if (sums.length < frames) {
      sums = new double[frames];
    }
    // Position i stands for the pair of samples i and i + 1.
    frameSums.apply(
        (from, to) ->
            signChanges(samples, offset + Math.max(0, from), offset + Math.min(length - 1, to)),
        spec.firstSample(),
        frames,
        sums);
    for (int t = 0; t < frames; t++) {
      zcr[t] = (float) (sums[t] / spec.nFft());
    }
  }

  private static int signChanges(float[] y, int from, int to) {
    if (from >= to) {
      return 0;
    }
    int changes = 0;
    // The sign bit of y + 1e-10 says whether y < -1e-10, without a branch: which way one goes
    // cannot be predicted in noise.
    int before = Float.floatToRawIntBits(y[from] + THRESHOLD);
    for (int i = from + 1; i <= to; i++) {
      int sign = Float.floatToRawIntBits(y[i] + THRESHOLD);
      changes += (sign ^ before) >>> 31;
      before = sign;
    }
    return changes;
  }
}
