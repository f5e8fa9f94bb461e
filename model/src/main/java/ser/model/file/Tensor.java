package ser.model.file;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One weight of a network.
 *
 * <p>The values are not copied: they are large, made once and handed on. The shape is.
 *
 * @param shape length of each dimension; empty for a single number; 0 allowed
 * @param values row-major (C order), as many as the product of the shape
 */
public record Tensor(int[] shape, float[] values) implements Serializable {

  /**
   * @throws IllegalArgumentException if shape and number of values disagree
   */
  public Tensor {
    shape = shape.clone();
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          "%d values do not make a tensor of shape %s"
              .formatted(values.length, Arrays.toString(shape)));
    }
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  /**
   * Whether it has a shape, or is a list where that is a matrix of one row or column: so earlier
   * builds wrote those.
   */
  public boolean fits(int... wanted) {
    return Arrays.equals(shape, wanted)
        || shape.length == 1
            && wanted.length == 2
            && (wanted[0] == 1 || wanted[1] == 1)
            && elements(wanted) == values.length;
  }

  /** Product of the dimensions, or -1 if one is negative or the product no int. */
  private static long elements(int[] shape) {
    long product = 1;
    for (int length : shape) {
      product = length < 0 || product > Integer.MAX_VALUE ? -1 : product * length;
      if (product < 0) {
        return -1;
      }
    }
    return product;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
