package ser.model.network.onednn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** Arrays as the primitives read them. */
final class DenseArray {
  private DenseArray() {}

  /** The array itself if it lies without gaps in 'c' order, else a copy that does. */
  static INDArray of(INDArray values) {
    return values.ordering() == 'c' && Shape.hasDefaultStridesForShape(values)
        ? values
        : values.dup('c');
  }
}
