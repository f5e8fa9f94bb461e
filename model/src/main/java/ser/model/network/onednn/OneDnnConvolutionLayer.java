package ser.model.network.onednn;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs {@link OneDnnConvolution}. */
@SuppressWarnings("overrides") // DL4J's own equals.
final class OneDnnConvolutionLayer extends ConvolutionLayer implements OneDnnLayer {
  private static final long serialVersionUID = 1L;

  private final boolean onOneDnn;
  private final boolean relu;
  private final SlidingWindow window;
  private transient ConvolutionPrimitives primitives;
  private transient INDArray activated;

  OneDnnConvolutionLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    org.deeplearning4j.nn.conf.layers.ConvolutionLayer settings = layerConf();
    IActivation activation = settings.getActivationFn();
    this.relu = isPlainRelu(activation);
    this.onOneDnn =
        OneDnn.available()
            && type == DataType.FLOAT
            && settings.getCnn2dDataFormat() == CNN2DFormat.NHWC
            && settings.getConvolutionMode() != ConvolutionMode.Causal
            && settings.getDilation()[0] == 1
            && settings.getDilation()[1] == 1
            && settings.getWeightNoise() == null
            && settings.hasBias()
            && (relu || activation instanceof ActivationIdentity);
    this.window =
        SlidingWindow.of(
            settings.getKernelSize(),
            settings.getStride(),
            settings.getPadding(),
            settings.getConvolutionMode());
  }

  @Override
  public boolean onOneDnn() {
    return onOneDnn;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    if (!onOneDnn) {
      return super.activate(training, workspaces);
    }
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    validateInputRank();
    validateInputDepth(layerConf().getNIn());
    INDArray images = DenseArray.of(input);
    ConvolutionPrimitives made = primitivesFor(ImageShape.of(images));
    INDArray result =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, DataType.FLOAT, made.output().toArray(), 'c');
    made.forward(
        images,
        getParam(ConvolutionParamInitializer.WEIGHT_KEY),
        getParam(ConvolutionParamInitializer.BIAS_KEY),
        result,
        scratch(workspaces, ArrayType.FF_WORKING_MEM));
    activated = training && relu ? result : null;
    return result;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (!onOneDnn) {
      return super.backpropGradient(epsilon, workspaces);
    }
    assertInputSet(true);
    INDArray images = DenseArray.of(input);
    INDArray delta = relu ? Relu.gradient(activated, epsilon) : DenseArray.of(epsilon);
    ConvolutionPrimitives made = primitivesFor(ImageShape.of(images));
    INDArray weightGradient = gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY);
    INDArray biasGradient = gradientViews.get(ConvolutionParamInitializer.BIAS_KEY);
    ScratchMemory.Scratch scratch = scratch(workspaces, ArrayType.BP_WORKING_MEM);
    made.backwardWeights(images, delta, weightGradient, biasGradient, scratch);
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, biasGradient);
    gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, weightGradient, 'c');
    if (index == 0) {
      return new Pair<>(gradient, null);
    }
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, images.shape(), 'c');
    made.backwardInput(getParam(ConvolutionParamInitializer.WEIGHT_KEY), inputGradient, scratch);
    return new Pair<>(gradient, backpropDropOutIfPresent(inputGradient));
  }

  @Override
  public void clear() {
    super.clear();
    activated = null;
  }

  private ConvolutionPrimitives primitivesFor(ImageShape images) {
    if (primitives == null || !primitives.images().equals(images)) {
      primitives =
          new ConvolutionPrimitives(
              ConvolutionKinds.of(images, layerConf().getNOut(), window, relu));
    }
    return primitives;
  }

  private static ScratchMemory.Scratch scratch(LayerWorkspaceMgr workspaces, ArrayType kind) {
    return floats -> workspaces.createUninitialized(kind, DataType.FLOAT, floats);
  }

  private static boolean isPlainRelu(IActivation activation) {
    return activation instanceof ActivationReLU rectified
        && rectified.getMax() == null
        && zeroOrNull(rectified.getThreshold())
        && zeroOrNull(rectified.getNegativeSlope());
  }

  private static boolean zeroOrNull(Double value) {
    return value == null || value == 0;
  }
}
