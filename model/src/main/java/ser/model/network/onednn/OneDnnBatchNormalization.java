package ser.model.network.onednn;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation of images in NHWC order, with ReLU after it in the same pass if wanted; the
 * parameters are those of DL4J's own layer.
 */
public final class OneDnnBatchNormalization extends BatchNormalization {
  private static final long serialVersionUID = 1L;

  private boolean relu;

  /** For JSON. */
  public OneDnnBatchNormalization() {
    setUseLogStd(false);
    setCnn2DFormat(CNN2DFormat.NHWC);
  }

  /** A layer of this name without ReLU. */
  public static OneDnnBatchNormalization linear(String name) {
    OneDnnBatchNormalization layer = new OneDnnBatchNormalization();
    layer.setLayerName(name);
    return layer;
  }

  /** A layer of this name that puts negative results to zero. */
  public static OneDnnBatchNormalization withRelu(String name) {
    OneDnnBatchNormalization layer = linear(name);
    layer.setRelu(true);
    return layer;
  }

  public boolean isRelu() {
    return relu;
  }

  public void setRelu(boolean relu) {
    this.relu = relu;
  }

  /**
   * Does nothing: the layer keeps the plain variance, since the average of two workers' variances
   * means something. DL4J calls this with {@code true} when it reads a configuration from JSON that
   * no network was made of yet.
   */
  @Override
  public void setUseLogStd(boolean ignored) {
    super.setUseLogStd(false);
  }

  @Override
  public OneDnnBatchNormalization clone() {
    return (OneDnnBatchNormalization) super.clone();
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    LayerValidation.assertNOutSet("OneDnnBatchNormalization", getLayerName(), index, getNOut());
    OneDnnBatchNormalizationLayer layer = new OneDnnBatchNormalizationLayer(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(conf, parameters, initialise);
    layer.setParamTable(table);
    layer.setConf(conf);
    return layer;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof OneDnnBatchNormalization that
        && relu == that.relu;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), relu);
  }
}
