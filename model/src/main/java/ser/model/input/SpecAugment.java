package ser.model.input;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Puts bands of rows and of frames to the mean: Park and others, SpecAugment (2019), without its
 * time warping. All channels lose the same ones.
 *
 * @param rowMasks how many bands of rows
 * @param rows of each at most; between 0 and this many are drawn
 * @param frameMasks how many stretches of frames
 * @param frames of each at most
 */
public record SpecAugment(int rowMasks, int rows, int frameMasks, int frames)
    implements Serializable {
  public SpecAugment {
    require(rowMasks >= 0 && rowMasks <= 16, "row-masks %s must be from 0 to 16", rowMasks);
    require(rows > 0 && rows <= 1024, "rows %s must be from 1 to 1024", rows);
    require(frameMasks >= 0 && frameMasks <= 16, "frame-masks %s must be from 0 to 16", frameMasks);
    require(frames > 0 && frames <= 1 << 16, "frames %s must be from 1 to 65536", frames);
  }

  /** Leaves inputs as they are. */
  public static SpecAugment none() {
    return new SpecAugment(0, 1, 0, 1);
  }

  /**
   * @param values a normalised input, planar, shape [channels][rows][frames]; changed
   * @param rowCount rows of a channel
   * @param frameCount frames of the input
   * @param random decides where
   */
  public void mask(float[] values, int rowCount, int frameCount, SplittableRandom random) {
    int channels = values.length / (rowCount * frameCount);
    for (int mask = 0; mask < rowMasks; mask++) {
      Stretch stretch = Stretch.drawn(random, rows, rowCount);
      for (int channel = 0; channel < channels; channel++) {
        int from = (channel * rowCount + stretch.from()) * frameCount;
        Arrays.fill(values, from, from + stretch.length() * frameCount, 0);
      }
    }
    for (int mask = 0; mask < frameMasks; mask++) {
      Stretch stretch = Stretch.drawn(random, frames, frameCount);
      for (int row = 0; row < channels * rowCount; row++) {
        int from = row * frameCount + stretch.from();
        Arrays.fill(values, from, from + stretch.length(), 0);
      }
    }
  }

  private record Stretch(int from, int length) {
    static Stretch drawn(SplittableRandom random, int longest, int available) {
      int length = random.nextInt(Math.min(longest, available) + 1);
      return new Stretch(random.nextInt(available - length + 1), length);
    }
  }
}
