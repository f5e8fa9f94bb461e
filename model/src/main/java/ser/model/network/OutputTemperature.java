package ser.model.network;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Builds a temperature into a network: weights and biases of the layer before the softmax are
 * divided by it, so the logits are, whoever computes them.
 */
public final class OutputTemperature {
  private OutputTemperature() {}

  /**
   * Changes the network.
   *
   * @param temperature above 0; 1 leaves every bit as it is
   */
  public static void divide(MultiLayerNetwork network, double temperature) {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("temperature %s must be above 0".formatted(temperature));
    }
    if (temperature != 1) {
      for (INDArray weights : network.getOutputLayer().paramTable().values()) {
        weights.divi(temperature);
      }
    }
  }
}
