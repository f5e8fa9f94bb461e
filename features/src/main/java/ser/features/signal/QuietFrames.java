package ser.features.signal;

import java.util.Arrays;
import java.util.BitSet;
import ser.features.spec.MelSpec;

/**
 * Finds the frames whose log-mel single precision may miss by 0.001 dB: those with a band that is
 * kept and yet lies {@value #RANGE_DB} dB below the frame's loudest. Rounding errors are a ten
 * millionth of a frame's loudest bins, and spread evenly over the others.
 *
 * <p>Of the frames of RAVDESS and EmoDB one in 150 is such; all others are within 0.0008 dB.
 */
public final class QuietFrames {
  private static final float RANGE_DB = 78;

  private final float topDb;
  private float[] loudest = new float[0];
  private float[] quietest = new float[0];

  /**
   * @param spec as for {@link #suits}
   */
  public QuietFrames(MelSpec spec) {
    topDb = (float) spec.topDb();
  }

  /** Whether single precision does for nearly all frames with these settings. */
  public static boolean suits(MelSpec spec) {
    return spec.power() == 2 && spec.topDb() <= 80;
  }

  /**
   * @param logMel row-major, shape [bands][frames], not yet cut
   */
  public BitSet in(float[] logMel, int frames) {
    if (loudest.length < frames) {
      loudest = new float[frames];
      quietest = new float[frames];
    }
    float peak = Float.NEGATIVE_INFINITY;
    for (float value : logMel) {
      peak = Math.max(peak, value);
    }
    float floor = peak - topDb;
    Arrays.fill(loudest, 0, frames, floor);
    Arrays.fill(quietest, 0, frames, peak);
    for (int row = 0; row < logMel.length; row += frames) {
      for (int t = 0; t < frames; t++) {
        float value = logMel[row + t];
        loudest[t] = Math.max(loudest[t], value);
        quietest[t] = Math.min(quietest[t], value > floor ? value : peak);
      }
    }
    BitSet found = new BitSet();
    for (int t = 0; t < frames; t++) {
      if (loudest[t] - quietest[t] > RANGE_DB) {
        found.set(t);
      }
    }
    return found;
  }
}
