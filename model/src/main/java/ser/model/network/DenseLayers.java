package ser.model.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Dense layers at the end of a network, for one row at a time: always the same sums in the same
 * order, where a matrix product of many rows rounds each by its place in the batch. DL4J's own
 * layers, called with one row, take longer to be called than to multiply.
 */
final class DenseLayers {
  private final List<One> layers;

  private DenseLayers(List<One> layers) {
    this.layers = layers;
  }

  /**
   * With copies of the weights.
   *
   * @throws IllegalArgumentException if one has another activation than ReLU or softmax: no layer
   *     of {@link NetworkArchitecture} has
   */
  static DenseLayers of(List<Layer> layers) {
    List<One> copies = new ArrayList<>();
    for (Layer layer : layers) {
      INDArray weights = layer.getParam(DefaultParamInitializer.WEIGHT_KEY);
      copies.add(
          new One(
              weights.dup('c').data().asFloat(),
              layer.getParam(DefaultParamInitializer.BIAS_KEY).dup('c').data().asFloat(),
              rectified(layer)));
    }
    return new DenseLayers(copies);
  }

  private static boolean rectified(Layer layer) {
    IActivation activation = ((BaseLayer) layer.conf().getLayer()).getActivationFn();
    if (activation instanceof ActivationReLU) {
      return true;
    }
    if (activation instanceof ActivationSoftmax) {
      return false;
    }
    throw new IllegalArgumentException(
        "dense layer %s has the activation %s, where only relu and softmax can be computed"
            .formatted(layer.conf().getLayer().getLayerName(), activation));
  }

  /** Output of the last layer for one row of input. */
  float[] of(float[] row) {
    float[] values = row;
    for (One layer : layers) {
      values = layer.of(values);
    }
    return values;
  }

  /**
   * @param weights shape [in][out]
   * @param rectified true for ReLU, false for softmax
   */
  private record One(float[] weights, float[] biases, boolean rectified) {
    float[] of(float[] input) {
      int outputs = biases.length;
      if (input.length * outputs != weights.length) {
        throw new IllegalArgumentException(
            "%d values do not fit %d weights of %d outputs"
                .formatted(input.length, weights.length, outputs));
      }
      float[] sums = biases.clone();
      for (int i = 0; i < input.length; i++) {
        float value = input[i];
        int from = i * outputs;
        for (int o = 0; o < outputs; o++) {
          sums[o] += value * weights[from + o];
        }
      }
      if (rectified) {
        for (int o = 0; o < outputs; o++) {
          sums[o] = Math.max(0, sums[o]);
        }
      } else {
        softmax(sums);
      }
      return sums;
    }

    private static void softmax(float[] logits) {
      float largest = Float.NEGATIVE_INFINITY;
      for (float logit : logits) {
        largest = Math.max(largest, logit);
      }
      double sum = 0;
      for (int c = 0; c < logits.length; c++) {
        double power = Math.exp((double) logits[c] - largest);
        logits[c] = (float) power;
        sum += power;
      }
      for (int c = 0; c < logits.length; c++) {
        logits[c] = (float) (logits[c] / sum);
      }
    }
  }
}
