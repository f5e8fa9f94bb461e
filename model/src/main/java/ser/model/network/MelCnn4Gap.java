package ser.model.network;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Four blocks of convolution 3x3 (same padding, 32-64-128-256 filters), batch normalisation, ReLU
 * and max-pooling 2x2; global average pooling; dropout 0.6; dense 128 with ReLU; dropout 0.4;
 * softmax. With 8 classes 423,688 parameters, convolution biases and the two moving statistics of
 * batch normalisation counted.
 */
public final class MelCnn4Gap implements NetworkArchitecture {
  private static final long serialVersionUID = 1L;

  private static final int[] FILTERS = {32, 64, 128, 256};
  private static final int DENSE_UNITS = 128;

  /**
   * DL4J's dropOut is the probability to keep a value; the source of the recipe says what is lost.
   */
  private static final double KEPT_BEFORE_DENSE = 1 - 0.6;

  private static final double KEPT_BEFORE_OUTPUT = 1 - 0.4;

  @Override
  public String name() {
    return "mel-cnn4-gap";
  }

  @Override
  public MultiLayerConfiguration configuration(NetworkShape shape, Optimisation optimisation) {
    double[] weights = optimisation.classWeights().toArray();
    if (weights.length != shape.classes()) {
      throw new IllegalArgumentException(
          "%d class weights do not fit %d classes".formatted(weights.length, shape.classes()));
    }
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(optimisation.seed())
            .updater(new Adam(optimisation.learningRate()))
            .weightInit(WeightInit.RELU)
            .list();
    for (int block = 0; block < FILTERS.length; block++) {
      addBlock(layers, block + 1, FILTERS[block]);
    }
    return layers
        .layer(
            new GlobalPoolingLayer.Builder(PoolingType.AVG)
                .name("pool")
                .poolingDimensions(1, 2)
                .build())
        .layer(
            new DenseLayer.Builder()
                .name("dense")
                .nOut(DENSE_UNITS)
                .activation(Activation.RELU)
                .dropOut(KEPT_BEFORE_DENSE)
                .build())
        .layer(
            new OutputLayer.Builder(new LossMCXENT(Nd4j.createFromArray(toFloats(weights))))
                .name("output")
                .nOut(shape.classes())
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.SOFTMAX)
                .dropOut(KEPT_BEFORE_OUTPUT)
                .build())
        .setInputType(InputType.convolutional(shape.bands(), shape.frames(), 1, CNN2DFormat.NHWC))
        .build();
  }

  private static void addBlock(NeuralNetConfiguration.ListBuilder layers, int block, int filters) {
    layers
        .layer(
            new ConvolutionLayer.Builder(3, 3)
                .name("conv" + block)
                .nOut(filters)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.IDENTITY)
                // 59 GFLOP/s against 9 in NCHW.
                .dataFormat(CNN2DFormat.NHWC)
                .build())
        .layer(
            new BatchNormalization.Builder()
                .name("bn" + block)
                // Plain variance: the averages of two workers' variances mean something.
                .useLogStd(false)
                .dataFormat(CNN2DFormat.NHWC)
                .build())
        .layer(
            new ActivationLayer.Builder().name("relu" + block).activation(Activation.RELU).build())
        .layer(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .name("maxpool" + block)
                .kernelSize(2, 2)
                .stride(2, 2)
                .dataFormat(CNN2DFormat.NHWC)
                .build());
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
