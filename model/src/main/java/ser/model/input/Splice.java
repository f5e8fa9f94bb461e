package ser.model.input;

import static ser.model.Require.require;

import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes of training rows, which are whole utterances, what a window of a call hears that begins
 * within one sentence and ends within the next: the end of a row, behind it the beginning of
 * another one with the same label.
 *
 * @param share of the rows that this happens to, each time that they are trained on
 */
public record Splice(double share) implements Serializable {
  /** Least part of a row that is left of its end. */
  private static final double LEAST_END = 0.2;

  public Splice {
    require(share >= 0 && share <= 1, "splice-share %s must be from 0 to 1", share);
  }

  /** Leaves rows as they are. */
  public static Splice none() {
    return new Splice(0);
  }

  /** Whether it happens to a row this time. */
  public boolean drawn(SplittableRandom random) {
    return share > 0 && random.nextDouble() < share;
  }

  /**
   * @param row a normalised input, planar, shape [rows][frames]. Frames of zeros at its end are
   *     padding
   * @param others of the same label; without any the end of the row stays alone
   * @param frames of an input
   * @param random decides where
   * @return a fresh array
   */
  public float[] of(float[] row, List<float[]> others, int frames, SplittableRandom random) {
    int sound = sound(row, frames);
    double part = LEAST_END + (1 - LEAST_END) * random.nextDouble();
    int end = Math.max(1, (int) Math.round(sound * part));
    int all = frames / 2 + random.nextInt(frames - frames / 2 + 1);
    float[] spliced = new float[row.length];
    copy(row, sound - end, spliced, 0, end, frames);
    if (!others.isEmpty()) {
      float[] other = others.get(random.nextInt(others.size()));
      int beginning = Math.min(sound(other, frames), Math.max(0, all - end));
      copy(other, 0, spliced, end, beginning, frames);
    }
    return spliced;
  }

  private static void copy(
      float[] source, int from, float[] target, int to, int count, int frames) {
    for (int row = 0; row < source.length; row += frames) {
      System.arraycopy(source, row + from, target, row + to, count);
    }
  }

  /** Frames up to the last that is no padding; at least one. */
  private static int sound(float[] values, int frames) {
    int sound = frames;
    while (sound > 1 && isPadding(values, sound - 1, frames)) {
      sound--;
    }
    return sound;
  }

  private static boolean isPadding(float[] values, int frame, int frames) {
    for (int i = frame; i < values.length; i += frames) {
      if (values[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
