package ser.model.network;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import ser.model.file.Tensor;

/**
 * Weights of a network by name, in the layout that PyTorch uses, so that Python reads them as they
 * are: {@code conv1.weight} [out][in][height][width], {@code conv1.bias} [out], {@code bn1.gamma},
 * {@code bn1.beta}, {@code bn1.running_mean}, {@code bn1.running_var} [channels], {@code
 * dense.weight} [out][in], {@code dense.bias} [out], {@code attention.weight} [hidden][channels],
 * {@code attention.bias} and {@code attention.score} [hidden].
 */
public final class NetworkWeights {

  private static final Map<String, String> BATCH_NORM_NAMES =
      Map.of("gamma", "gamma", "beta", "beta", "mean", "running_mean", "var", "running_var");
  private static final Map<String, String> WEIGHT_NAMES =
      Map.of("W", "weight", "b", "bias", "v", "score");

  private NetworkWeights() {}

  /** All weights of a network. */
  public static Map<String, Tensor> of(MultiLayerNetwork network) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Layer layer : network.getLayers()) {
      layer
          .paramTable()
          .forEach(
              (parameter, values) ->
                  tensors.put(nameOf(layer, parameter), toTensor(parameter, values)));
    }
    return tensors;
  }

  /**
   * Gives a network its weights.
   *
   * @throws IllegalArgumentException naming the weight that is missing, unknown or of another shape
   */
  public static void into(MultiLayerNetwork network, Map<String, Tensor> tensors) {
    int used = 0;
    for (Layer layer : network.getLayers()) {
      for (Map.Entry<String, INDArray> parameter : layer.paramTable().entrySet()) {
        String name = nameOf(layer, parameter.getKey());
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
          throw new IllegalArgumentException("weight '%s' is missing".formatted(name));
        }
        assign(parameter.getKey(), parameter.getValue(), name, tensor);
        used++;
      }
    }
    if (used != tensors.size()) {
      throw new IllegalArgumentException(
          "%d weights were found where the network has %d".formatted(tensors.size(), used));
    }
  }

  private static String nameOf(Layer layer, String parameter) {
    Map<String, String> names =
        layer instanceof BatchNormalization ? BATCH_NORM_NAMES : WEIGHT_NAMES;
    String name = names.get(parameter);
    if (name == null) {
      throw new IllegalStateException(
          "layer %s has a parameter '%s' that the model file has no name for"
              .formatted(layer.conf().getLayer().getLayerName(), parameter));
    }
    return layer.conf().getLayer().getLayerName() + "." + name;
  }

  private static Tensor toTensor(String parameter, INDArray values) {
    INDArray arranged = arranged(parameter, values);
    INDArray copy = arranged.dup('c');
    return new Tensor(toInts(copy.shape()), copy.data().getFloatsAt(0, (int) copy.length()));
  }

  private static void assign(String parameter, INDArray values, String name, Tensor tensor) {
    INDArray arranged = arranged(parameter, values);
    if (!tensor.fits(toInts(arranged.shape()))) {
      throw new IllegalArgumentException(
          "weight '%s' has the shape %s where the network needs %s"
              .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(arranged.shape())));
    }
    // A view: writing into it writes into the network.
    arranged.assign(Nd4j.create(tensor.values(), arranged.shape(), 'c'));
  }

  /** A view of DL4J's array in the model file's layout. */
  private static INDArray arranged(String parameter, INDArray values) {
    if ("W".equals(parameter)) {
      // A convolution's stand as they should already: [out][in][height][width].
      return values.rank() == 2 ? values.transpose() : values;
    }
    if (values.rank() == 2 && values.size(0) == 1) {
      return values.reshape(values.length());
    }
    return values;
  }

  private static int[] toInts(long[] shape) {
    return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
  }
}
