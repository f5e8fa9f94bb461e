package ser.model.network.attention;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import ser.model.array.FloatBlock;

/**
 * Runs {@link AttentivePooling}, one example after the other in plain Java: after convolutions and
 * pooling a clip is some ten places of some hundred channels, too few for a kernel each. So an
 * example's result depends on nothing but itself.
 */
@SuppressWarnings("overrides") // DL4J's own equals.
final class AttentivePoolingLayer extends BaseLayer<AttentivePooling> {
  private static final long serialVersionUID = 1L;

  /** What the batch that is trained on has gone through. */
  private transient AttentionPass[] passes;

  AttentivePoolingLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    int examples = Math.toIntExact(input.size(0));
    int channels = Math.toIntExact(layerConf().getNIn());
    float[] images = floats(input);
    AttentionWeights weights = weights();
    float[] pooled = new float[examples * 2 * channels];
    AttentionPass[] made = new AttentionPass[examples];
    int length = images.length / examples;
    for (int i = 0; i < examples; i++) {
      made[i] = AttentionPass.forward(weights, images, i * length, length / channels);
      made[i].writeTo(pooled, i * 2 * channels);
    }
    passes = training ? made : null;
    return array(workspaces, ArrayType.ACTIVATIONS, pooled, new long[] {examples, 2L * channels});
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    if (passes == null) {
      throw new IllegalStateException("no batch was activated in training before its gradient");
    }
    int channels = Math.toIntExact(layerConf().getNIn());
    float[] pooledGradient = floats(epsilon);
    float[] inputGradient = new float[Math.toIntExact(input.length())];
    AttentionGradient sums = new AttentionGradient(weights());
    for (int i = 0; i < passes.length; i++) {
      passes[i].backward(pooledGradient, i * 2 * channels, inputGradient, sums);
    }
    Gradient gradient = new DefaultGradient();
    put(gradient, AttentionParameters.WEIGHT, sums.weight());
    put(gradient, AttentionParameters.BIAS, sums.bias());
    put(gradient, AttentionParameters.SCORE, sums.score());
    INDArray ofInput = array(workspaces, ArrayType.ACTIVATION_GRAD, inputGradient, input.shape());
    return new Pair<>(gradient, backpropDropOutIfPresent(ofInput));
  }

  @Override
  public void clear() {
    super.clear();
    passes = null;
  }

  private void put(Gradient gradient, String parameter, float[] values) {
    INDArray view = gradientViews.get(parameter);
    FloatBlock.write(values, view);
    gradient.setGradientFor(parameter, view);
  }

  private AttentionWeights weights() {
    return new AttentionWeights(
        Math.toIntExact(layerConf().getNIn()),
        layerConf().getHidden(),
        floats(getParam(AttentionParameters.WEIGHT)),
        floats(getParam(AttentionParameters.BIAS)),
        floats(getParam(AttentionParameters.SCORE)));
  }

  private static float[] floats(INDArray values) {
    return FloatBlock.values(values);
  }

  private INDArray array(
      LayerWorkspaceMgr workspaces, ArrayType type, float[] values, long[] shape) {
    INDArray array = workspaces.createUninitialized(type, dataType, shape, 'c');
    FloatBlock.write(values, array);
    return array;
  }
}
