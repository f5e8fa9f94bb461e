package ser.report.image;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Values to be drawn, or to be drawn from.
 *
 * <p>The array is not copied.
 *
 * @param rows from the bottom of a picture up, at least 1
 * @param columns from left to right, at least 1
 * @param values row-major, shape [rows][columns], finite
 */
@SuppressWarnings("ArrayRecordComponent")
public record Matrix(int rows, int columns, float[] values) implements Serializable {
  public Matrix {
    if (rows < 1 || columns < 1 || values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d values do not make %d rows x %d columns".formatted(values.length, rows, columns));
    }
  }

  public float at(int row, int column) {
    return values[row * columns + column];
  }

  /** Rows from one number on, up to the last. */
  public Matrix fromRow(int first) {
    if (first < 0 || first >= rows) {
      throw new IllegalArgumentException("there is no row %d of %d".formatted(first, rows));
    }
    return new Matrix(
        rows - first, columns, Arrays.copyOfRange(values, first * columns, values.length));
  }

  /** The same picture with fewer columns, each the mean of those it stands for. */
  public Matrix narrowedTo(int mostColumns) {
    if (columns <= mostColumns) {
      return this;
    }
    float[] narrow = new float[rows * mostColumns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < mostColumns; column++) {
        int from = (int) ((long) column * columns / mostColumns);
        int to = (int) ((long) (column + 1) * columns / mostColumns);
        double sum = 0;
        for (int i = from; i < to; i++) {
          sum += at(row, i);
        }
        narrow[row * mostColumns + column] = (float) (sum / (to - from));
      }
    }
    return new Matrix(rows, mostColumns, narrow);
  }

  /**
   * The value below which some share of all values lie: 0 gives the smallest, 1 the largest.
   *
   * @param share from 0 to 1
   */
  public double quantile(double share) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
