package ser.model.network;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import ser.model.network.attention.AttentivePooling;
import ser.model.network.onednn.OneDnnBatchNormalization;
import ser.model.network.onednn.OneDnnConvolution;
import ser.model.network.onednn.OneDnnPooling;

/** From a recipe's layers to DL4J's. {@link LayerNames} names them. */
final class LayerTranslation {
  private final NetworkShape shape;
  private final Optimisation optimisation;
  private final NeuralNetConfiguration.ListBuilder list;
  private final LayerNames names = new LayerNames();

  private int height;
  private int width;
  private int dropouts;

  /** Probability to keep a value that goes into the next layer with weights. */
  private double kept = 1;

  LayerTranslation(NetworkShape shape, Optimisation optimisation) {
    if (optimisation.classWeights().weights().size() != shape.classes()) {
      throw new IllegalArgumentException(
          "%d class weights do not fit %d classes"
              .formatted(optimisation.classWeights().weights().size(), shape.classes()));
    }
    this.shape = shape;
    this.height = shape.bands();
    this.width = shape.frames();
    this.optimisation = optimisation;
    this.list =
        new NeuralNetConfiguration.Builder()
            .seed(optimisation.seed())
            .updater(optimisation.rule().updater(optimisation.learningRate()))
            .weightInit(optimisation.initialWeights().hidden())
            .list();
  }

  MultiLayerConfiguration of(List<LayerSpec> layers) {
    for (int i = 0; i < layers.size(); i++) {
      boolean rectified = i + 1 < layers.size() && layers.get(i + 1) instanceof LayerSpec.Relu;
      if (add(layers.get(i), rectified)) {
        i++;
      }
    }
    list.layer(output());
    return list.setInputType(
            InputType.convolutional(
                shape.bands(), shape.frames(), shape.channels(), CNN2DFormat.NHWC))
        .build();
  }

  /**
   * @param rectified whether a rectifier follows
   * @return whether it runs in the same pass
   */
  private boolean add(LayerSpec layer, boolean rectified) {
    if (layer instanceof LayerSpec.Dropout dropout) {
      kept = 1 - dropout.lost();
    } else if (layer instanceof LayerSpec.Convolution convolution) {
      list.layer(convolution(convolution, rectified));
      return rectified;
    } else if (layer instanceof LayerSpec.TimeConvolution convolution) {
      list.layer(convolution(convolution, rectified));
      return rectified;
    } else if (layer instanceof LayerSpec.BatchNorm) {
      String name = names.next(layer);
      list.layer(
          rectified
              ? OneDnnBatchNormalization.withRelu(name)
              : OneDnnBatchNormalization.linear(name));
      return rectified;
    } else if (layer instanceof LayerSpec.Relu) {
      list.layer(
          new ActivationLayer.Builder()
              .name(names.next(layer))
              .activation(Activation.RELU)
              .build());
    } else if (layer instanceof LayerSpec.MaxPool pool) {
      shrink(height / pool.height(), width / pool.width());
      list.layer(OneDnnPooling.max(names.next(layer), pool.height(), pool.width()));
    } else if (layer instanceof LayerSpec.MaxBlurPool pool) {
      shrink(height / pool.height(), width / pool.width());
      String name = names.next(layer);
      list.layer(OneDnnPooling.slidingMax(name, pool.height(), pool.width()));
      list.layer(OneDnnPooling.meanOfSliding(name + "/mean", pool.height(), pool.width()));
    } else if (layer instanceof LayerSpec.GlobalAveragePool) {
      list.layer(
          new GlobalPoolingLayer.Builder(PoolingType.AVG)
              .name(names.next(layer))
              .poolingDimensions(1, 2)
              .build());
    } else if (layer instanceof LayerSpec.AttentivePool pool) {
      list.layer(trained(AttentivePooling.of(names.next(layer), pool.hidden())));
    } else if (layer instanceof LayerSpec.Dense dense) {
      list.layer(
          trained(
              new DenseLayer.Builder()
                  .name(names.next(layer))
                  .nOut(dense.units())
                  .activation(Activation.RELU)
                  .build()));
    }
    return false;
  }

  private Layer convolution(LayerSpec.Convolution convolution, boolean rectified) {
    String name = names.next(convolution);
    Activation activation = rectified ? Activation.RELU : Activation.IDENTITY;
    if (convolution.valid()) {
      shrink(height - convolution.height() + 1, width - convolution.width() + 1);
      return trained(
          OneDnnConvolution.valid(
              name, convolution.height(), convolution.width(), convolution.filters(), activation));
    }
    return trained(
        OneDnnConvolution.same(
            name, convolution.height(), convolution.width(), convolution.filters(), activation));
  }

  private Layer convolution(LayerSpec.TimeConvolution convolution, boolean rectified) {
    int rows = height;
    shrink(1, width);
    return trained(
        OneDnnConvolution.overTime(
            names.next(convolution),
            rows,
            convolution.frames(),
            convolution.filters(),
            rectified ? Activation.RELU : Activation.IDENTITY));
  }

  /** DL4J goes on with arrays of no size. */
  private void shrink(int rows, int frames) {
    if (rows < 1 || frames < 1) {
      throw new IllegalArgumentException(
          "an input of %d rows x %d frames is too small for the layers"
              .formatted(shape.bands(), shape.frames()));
    }
    height = rows;
    width = frames;
  }

  private Layer output() {
    return trained(
        new OutputLayer.Builder(new LossMCXENT(Nd4j.createFromArray(classWeights())))
            .name(LayerNames.OUTPUT)
            .nOut(shape.classes())
            .weightInit(optimisation.initialWeights().output())
            .activation(Activation.SOFTMAX)
            .build());
  }

  /** What every layer with weights has in common. */
  private Layer trained(BaseLayer layer) {
    // As a setting of the whole network DL4J would add it twice.
    layer.setRegularization(optimisation.rule().regularisation());
    if (kept < 1) {
      layer.setIDropout(new SeededDropout(kept, optimisation.seed() + dropouts++));
      kept = 1;
    }
    return layer;
  }

  private float[] classWeights() {
    double[] weights = optimisation.classWeights().toArray();
    float[] floats = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      floats[i] = (float) weights[i];
    }
    return floats;
  }
}
