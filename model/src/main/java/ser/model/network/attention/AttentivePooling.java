package ser.model.network.attention;

import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attentive statistics pooling: from the places of an image, NHWC, to one weighted mean and one
 * weighted deviation per channel (Okabe, Koshinaka and Shinoda, Attentive Statistics Pooling for
 * Deep Speaker Embedding, 2018). The weight of a place is the softmax over all places of {@code v'
 * tanh(W' x + b)}.
 *
 * <p>Input [batch][rows][columns][channels], output [batch][2 * channels]: means, then deviations.
 */
public final class AttentivePooling extends FeedForwardLayer {
  /**
   * Added to a variance before its root is taken: keeps the deviation's slope finite where all
   * places are alike.
   */
  public static final float LEAST_VARIANCE = 1e-5f;

  private static final long serialVersionUID = 1L;

  private int hidden;

  /** For JSON. */
  public AttentivePooling() {}

  /**
   * @param name of the layer
   * @param hidden units between a place's channels and its weight
   */
  public static AttentivePooling of(String name, int hidden) {
    AttentivePooling layer = new AttentivePooling();
    layer.setLayerName(name);
    layer.setHidden(hidden);
    // For tanh; the network's default is meant for rectifiers.
    layer.setWeightInitFn(new WeightInitXavier());
    return layer;
  }

  public int getHidden() {
    return hidden;
  }

  public void setHidden(int hidden) {
    this.hidden = hidden;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.feedForward(2 * channelsOf(input));
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    if (override || nIn <= 0) {
      setNIn(channelsOf(input));
      setNOut(2 * nIn);
    }
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public ParamInitializer initializer() {
    return new AttentionParameters();
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return new LayerMemoryReport.Builder(
            getLayerName(), AttentivePooling.class, input, getOutputType(-1, input))
        .standardMemory(initializer().numParams(this), 0)
        .workingMemory(0, 0, 0, input.arrayElementsPerExample())
        .cacheMemory(0, 0)
        .build();
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
        "AttentivePooling", getLayerName(), index, getNIn(), getNOut());
    AttentivePoolingLayer layer = new AttentivePoolingLayer(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialise));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public AttentivePooling clone() {
    return (AttentivePooling) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other) && other instanceof AttentivePooling that && hidden == that.hidden;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), hidden);
  }

  private static long channelsOf(InputType input) {
    if (input instanceof InputType.InputTypeConvolutional image) {
      return image.getChannels();
    }
    throw new IllegalArgumentException(
        "attentive pooling needs images, and %s is none".formatted(input));
  }
}
