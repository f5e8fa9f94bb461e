package ser.model.network.onednn;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Runs {@link OneDnnBatchNormalization}: training on oneDNN, evaluation (which scoring folds away)
 * on DL4J.
 */
@SuppressWarnings("overrides") // DL4J's own equals.
public final class OneDnnBatchNormalizationLayer extends BatchNormalization implements OneDnnLayer {
  private static final long serialVersionUID = 1L;

  private final boolean onOneDnn;
  private final boolean relu;
  private transient BatchNormPrimitives primitives;
  private transient INDArray batchMean;
  private transient INDArray batchVariance;
  private transient INDArray activated;

  OneDnnBatchNormalizationLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    org.deeplearning4j.nn.conf.layers.BatchNormalization settings = layerConf();
    this.relu = ((OneDnnBatchNormalization) settings).isRelu();
    this.onOneDnn =
        OneDnn.available()
            && type == DataType.FLOAT
            && settings.getCnn2DFormat() == CNN2DFormat.NHWC
            && !settings.isLockGammaBeta()
            && !settings.isUseLogStd();
  }

  @Override
  public boolean onOneDnn() {
    return onOneDnn;
  }

  /** True if negative results are put to zero. */
  public boolean relu() {
    return relu;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    if (!onOneDnn || !training || input.rank() != 4) {
      return activateOnDl4j(training, workspaces);
    }
    assertInputSet(false);
    INDArray images = DenseArray.of(input);
    ImageShape shape = ImageShape.of(images);
    prepare(shape);
    INDArray result =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape.toArray(), 'c');
    primitives.forward(
        images,
        getParam(BatchNormalizationParamInitializer.GAMMA),
        getParam(BatchNormalizationParamInitializer.BETA),
        batchMean,
        batchVariance,
        result);
    return result;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (!onOneDnn || input.rank() != 4) {
      return super.backpropGradient(relu ? Relu.gradient(activated, epsilon) : epsilon, workspaces);
    }
    assertInputSet(true);
    INDArray images = DenseArray.of(input);
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, images.shape(), 'c');
    INDArray gammaGradient = gradientViews.get(BatchNormalizationParamInitializer.GAMMA);
    INDArray betaGradient = gradientViews.get(BatchNormalizationParamInitializer.BETA);
    primitives.backward(
        images,
        getParam(BatchNormalizationParamInitializer.GAMMA),
        getParam(BatchNormalizationParamInitializer.BETA),
        batchMean,
        batchVariance,
        DenseArray.of(epsilon),
        new BatchNormPrimitives.Gradients(inputGradient, gammaGradient, betaGradient));
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(BatchNormalizationParamInitializer.GAMMA, gammaGradient);
    gradient.setGradientFor(BatchNormalizationParamInitializer.BETA, betaGradient);
    addStep(gradient, BatchNormalizationParamInitializer.GLOBAL_MEAN, batchMean);
    addStep(gradient, BatchNormalizationParamInitializer.GLOBAL_VAR, batchVariance);
    return new Pair<>(gradient, inputGradient);
  }

  @Override
  public void clear() {
    super.clear();
    activated = null;
  }

  /**
   * Mean of each channel over the last batch in training mode, shape [channels].
   *
   * @throws IllegalStateException if there was none on oneDNN
   */
  public INDArray batchMean() {
    requireBatch();
    return batchMean;
  }

  /** Biased variance of each channel over the last batch, as {@link #batchMean()}. */
  public INDArray batchVariance() {
    requireBatch();
    return batchVariance;
  }

  // DL4J's way: what is subtracted from a running average is its "gradient", with an updater that
  // takes it as it is.
  private void addStep(Gradient gradient, String average, INDArray ofBatch) {
    INDArray step = gradientViews.get(average);
    getParam(average).sub(ofBatch, step);
    step.muli(1 - layerConf().getDecay());
    gradient.setGradientFor(average, step);
  }

  private INDArray activateOnDl4j(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray result = super.activate(training, workspaces);
    if (relu) {
      Transforms.relu(result, false);
      activated = training ? result : null;
    }
    return result;
  }

  private void prepare(ImageShape shape) {
    if (primitives != null && primitives.images().equals(shape)) {
      return;
    }
    primitives = new BatchNormPrimitives(shape, (float) layerConf().getEps(), relu);
    batchMean = Nd4j.createUninitializedDetached(DataType.FLOAT, shape.channels());
    batchVariance = Nd4j.createUninitializedDetached(DataType.FLOAT, shape.channels());
  }

  private void requireBatch() {
    if (batchMean == null) {
      throw new IllegalStateException(
          "batch normalisation %s has seen no batch in training mode on oneDNN"
              .formatted(layerConf().getLayerName()));
    }
  }
}
