package ser.model.drift;

import static ser.model.Require.require;

import java.util.Arrays;
import ser.model.input.InputMatrix;

/**
 * Mean level of each row of the network's input before it is normalised, as sums that are gathered
 * window by window and added up over tasks. Mutable, for one thread.
 */
public final class InputLevels {
  private final double[] sums;
  private long frames;

  /** Of nothing yet. */
  public InputLevels(int rows) {
    this(0, new double[rows]);
  }

  /**
   * @param frames how many were added up
   * @param sums by row of the input; copied
   */
  public InputLevels(long frames, double[] sums) {
    require(
        frames >= 0 && sums.length > 0, "%s frames of %s rows are no levels", frames, sums.length);
    this.frames = frames;
    this.sums = sums.clone();
  }

  public int rows() {
    return sums.length;
  }

  public long frames() {
    return frames;
  }

  /** By row. */
  public double[] sums() {
    return sums.clone();
  }

  /** Of a row; 0 before the first frame. */
  public double meanOf(int row) {
    return frames == 0 ? 0 : sums[row] / frames;
  }

  /** Adds the frames of an input that count. */
  public void add(InputMatrix input) {
    requireRows(input.rows());
    float[] values = input.values();
    for (int row = 0; row < sums.length; row++) {
      int from = row * input.frames();
      double sum = 0;
      for (int i = from; i < from + input.validFrames(); i++) {
        sum += values[i];
      }
      sums[row] += sum;
    }
    frames += input.validFrames();
  }

  public void merge(InputLevels others) {
    requireRows(others.rows());
    for (int row = 0; row < sums.length; row++) {
      sums[row] += others.sums[row];
    }
    frames += others.frames;
  }

  /** Back to nothing. */
  public void clear() {
    Arrays.fill(sums, 0);
    frames = 0;
  }

  private void requireRows(int others) {
    require(others == rows(), "levels of %s rows and of %s cannot be added", rows(), others);
  }
}
