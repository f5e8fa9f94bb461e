package ser.model.network.onednn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** ReLU behind a layer that does it in the same pass. */
final class Relu {
  private Relu() {}

  /**
   * The gradient before ReLU.
   *
   * @param activated what came out of it
   * @param epsilon the gradient of that
   */
  static INDArray gradient(INDArray activated, INDArray epsilon) {
    return activated.gt(0).castTo(epsilon.dataType()).muli(epsilon);
  }
}
