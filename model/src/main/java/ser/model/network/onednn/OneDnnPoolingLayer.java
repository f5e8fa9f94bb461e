package ser.model.network.onednn;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs {@link OneDnnPooling}. */
@SuppressWarnings("overrides") // DL4J's own equals.
final class OneDnnPoolingLayer extends SubsamplingLayer implements OneDnnLayer {
  private static final long serialVersionUID = 1L;

  private final boolean onOneDnn;
  private final PoolingPrimitives.Kind kind;
  private final SlidingWindow window;
  private transient PoolingPrimitives trained;
  private transient PoolingPrimitives scored;

  OneDnnPoolingLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    org.deeplearning4j.nn.conf.layers.SubsamplingLayer settings = layerConf();
    this.onOneDnn =
        OneDnn.available()
            && type == DataType.FLOAT
            && (settings.getPoolingType() == PoolingType.MAX
                || settings.getPoolingType() == PoolingType.AVG
                    && !settings.isAvgPoolIncludePadInDivisor())
            && settings.getCnn2dDataFormat() == CNN2DFormat.NHWC
            && settings.getConvolutionMode() != ConvolutionMode.Causal
            && settings.getDilation()[0] == 1
            && settings.getDilation()[1] == 1;
    this.kind =
        settings.getPoolingType() == PoolingType.MAX
            ? PoolingPrimitives.Kind.MAX
            : PoolingPrimitives.Kind.MEAN;
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
    if (!onOneDnn || input.rank() != 4) {
      return super.activate(training, workspaces);
    }
    INDArray images = DenseArray.of(input);
    PoolingPrimitives made = primitivesFor(ImageShape.of(images), training);
    INDArray result =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, DataType.FLOAT, made.output().toArray(), 'c');
    made.forward(images, result);
    return result;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (!onOneDnn || input.rank() != 4) {
      return super.backpropGradient(epsilon, workspaces);
    }
    assertInputSet(true);
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'c');
    trained.backward(DenseArray.of(epsilon), inputGradient);
    return new Pair<>(new DefaultGradient(), inputGradient);
  }

  private PoolingPrimitives primitivesFor(ImageShape images, boolean training) {
    PoolingPrimitives made = training ? trained : scored;
    if (made == null || !made.images().equals(images)) {
      made = new PoolingPrimitives(kind, images, window, training);
      if (training) {
        trained = made;
      } else {
        scored = made;
      }
    }
    return made;
  }
}
