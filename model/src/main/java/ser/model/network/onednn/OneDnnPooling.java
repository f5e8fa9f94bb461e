package ser.model.network.onednn;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling of images in NHWC order. */
public final class OneDnnPooling extends SubsamplingLayer {
  private static final long serialVersionUID = 1L;

  /** For JSON. */
  public OneDnnPooling() {}

  private OneDnnPooling(Builder builder) {
    super(builder);
  }

  /** The largest of windows side by side; a rest at the end that fills none is left out. */
  public static OneDnnPooling max(String name, int rows, int columns) {
    return new OneDnnPooling(
        new Builder(SubsamplingLayer.PoolingType.MAX)
            .name(name)
            .kernelSize(rows, columns)
            .stride(rows, columns)
            .dataFormat(CNN2DFormat.NHWC));
  }

  /** The largest of a window at every place where it fits. */
  public static OneDnnPooling slidingMax(String name, int rows, int columns) {
    return new OneDnnPooling(
        new Builder(SubsamplingLayer.PoolingType.MAX)
            .name(name)
            .kernelSize(rows, columns)
            .stride(1, 1)
            .dataFormat(CNN2DFormat.NHWC));
  }

  /**
   * Behind a {@link #slidingMax} of as many rows and columns: every so many of its places, averaged
   * with those around, from the one kept before to the one kept behind (both left out). At a border
   * the mean is of those that are there. As many come out as of {@link #max}.
   */
  public static OneDnnPooling meanOfSliding(String name, int rows, int columns) {
    return new OneDnnPooling(
        new Builder(SubsamplingLayer.PoolingType.AVG)
            .name(name)
            .kernelSize(2 * rows - 1, 2 * columns - 1)
            .stride(rows, columns)
            .padding(rows - 1, columns - 1)
            .dataFormat(CNN2DFormat.NHWC));
  }

  @Override
  public OneDnnPooling clone() {
    return (OneDnnPooling) super.clone();
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    OneDnnPoolingLayer layer = new OneDnnPoolingLayer(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialise));
    layer.setConf(conf);
    return layer;
  }
}
