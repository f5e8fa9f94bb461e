package ser.model.array;

import static ser.model.Require.require;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.buffer.BaseCpuDataBuffer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies 32-bit floats between the Java heap and ND4J's arrays in one piece. ND4J itself goes value
 * by value, which was a sixth of the driver's work in parameter averaging.
 */
public final class FloatBlock {
  private FloatBlock() {}

  /**
   * An array of its own.
   *
   * @param values in 'c' order
   * @param shape of as many places as there are values
   */
  public static INDArray of(float[] values, long... shape) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    write(values, array);
    return array;
  }

  /**
   * Replaces all values of an array.
   *
   * @param values in 'c' order
   * @param array of 32-bit floats; a view too
   */
  public static void write(float[] values, INDArray array) {
    require(
        values.length == array.length(),
        "%s values do not fit shape %s",
        values.length,
        Arrays.toString(array.shape()));
    if (dense(array)) {
      pointer(array).put(values, 0, values.length);
      Reference.reachabilityFence(array);
    } else {
      array.assign(Nd4j.create(values, array.shape(), 'c'));
    }
  }

  /** All values in 'c' order, as a copy; other kinds of number are converted. */
  public static float[] values(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    if (values.length == 0) {
      return values;
    }
    INDArray dense = dense(array) ? array : array.castTo(DataType.FLOAT).dup('c');
    if (!dense(dense)) {
      return dense.data().asFloat();
    }
    pointer(dense).get(values, 0, values.length);
    Reference.reachabilityFence(dense);
    return values;
  }

  /** Where a dense array begins. Never closed: the memory is the array's, which must outlive it. */
  private static FloatPointer pointer(INDArray array) {
    return new FloatPointer(array.data().addressPointer());
  }

  /**
   * Whether the values lie without gaps in 'c' order; the stride of a single place says nothing. On
   * a GPU they lie elsewhere, and ND4J must know who wrote last.
   */
  private static boolean dense(INDArray array) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) != 1 && array.stride(axis) != expected) {
        return false;
      }
      expected *= array.size(axis);
    }
    return array.dataType() == DataType.FLOAT && array.data() instanceof BaseCpuDataBuffer;
  }
}
