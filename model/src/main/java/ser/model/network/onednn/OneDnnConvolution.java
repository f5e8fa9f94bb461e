package ser.model.network.onednn;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution on images in NHWC order, with the parameters of DL4J's own layer. Runs on oneDNN's
 * primitives if its activation is identity or ReLU, without dilation.
 *
 * <p>As the first layer of a network it gives no gradient of its input, which nobody asks for and
 * which costs more than the rest of the layer.
 */
public final class OneDnnConvolution extends ConvolutionLayer {
  private static final long serialVersionUID = 1L;

  /** For JSON. */
  public OneDnnConvolution() {}

  private OneDnnConvolution(Builder builder) {
    super(builder);
  }

  /**
   * With padding such that a stride of 1 keeps the image's size.
   *
   * @param name of the layer
   * @param filters channels that come out
   * @param activation of the results; follow identity by batch normalisation
   */
  public static OneDnnConvolution same(
      String name, int rows, int columns, int filters, Activation activation) {
    return of(
        new Builder(rows, columns).convolutionMode(ConvolutionMode.Same),
        name,
        filters,
        activation);
  }

  /** As {@link #same}, without padding: only what the kernel covers. */
  public static OneDnnConvolution valid(
      String name, int rows, int columns, int filters, Activation activation) {
    return of(
        new Builder(rows, columns).convolutionMode(ConvolutionMode.Truncate),
        name,
        filters,
        activation);
  }

  /**
   * Over all rows at once, so that one is left, with padding that keeps the columns.
   *
   * @param rows of the image
   * @param columns of the kernel, an odd number
   */
  public static OneDnnConvolution overTime(
      String name, int rows, int columns, int filters, Activation activation) {
    return of(
        new Builder(rows, columns)
            .convolutionMode(ConvolutionMode.Truncate)
            .padding(0, columns / 2),
        name,
        filters,
        activation);
  }

  private static OneDnnConvolution of(
      Builder kernel, String name, int filters, Activation activation) {
    return new OneDnnConvolution(
        kernel.name(name).nOut(filters).activation(activation).dataFormat(CNN2DFormat.NHWC));
  }

  @Override
  public OneDnnConvolution clone() {
    return (OneDnnConvolution) super.clone();
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    LayerValidation.assertNInNOutSet(
        "OneDnnConvolution", getLayerName(), index, getNIn(), getNOut());
    OneDnnConvolutionLayer layer = new OneDnnConvolutionLayer(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(conf, parameters, initialise);
    layer.setParamTable(table);
    layer.setConf(conf);
    return layer;
  }
}
