package ser.model.network.onednn;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Max-pooling of images in NHWC order. */
public final class OneDnnMaxPooling extends SubsamplingLayer {
  private static final long serialVersionUID = 1L;

  /** For JSON. */
  public OneDnnMaxPooling() {}

  private OneDnnMaxPooling(Builder builder) {
    super(builder);
  }

  /** Windows side by side; a rest at the end that fills none is left out. */
  public static OneDnnMaxPooling of(String name, int rows, int columns) {
    return new OneDnnMaxPooling(
        new Builder(SubsamplingLayer.PoolingType.MAX)
            .name(name)
            .kernelSize(rows, columns)
            .stride(rows, columns)
            .dataFormat(CNN2DFormat.NHWC));
  }

  @Override
  public OneDnnMaxPooling clone() {
    return (OneDnnMaxPooling) super.clone();
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    OneDnnMaxPoolingLayer layer = new OneDnnMaxPoolingLayer(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialise));
    layer.setConf(conf);
    return layer;
  }
}
