package ser.bench;

import org.deeplearning4j.nn.conf.ConvolutionMode;
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
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import ser.model.network.NetworkShape;

/** The mel CNN as DL4J's manual would have it: NCHW, its own layers, no switch set. */
final class StockNetwork {
  private StockNetwork() {}

  static MultiLayerNetwork of(NetworkShape shape) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .updater(new Adam(1e-3))
            .weightInit(WeightInit.RELU)
            .list();
    for (int filters = 32; filters <= 256; filters *= 2) {
      layers
          .layer(
              new ConvolutionLayer.Builder(3, 3)
                  .nOut(filters)
                  .convolutionMode(ConvolutionMode.Same)
                  .activation(Activation.IDENTITY)
                  .build())
          .layer(new BatchNormalization())
          .layer(new ActivationLayer(Activation.RELU))
          .layer(
              new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                  .kernelSize(2, 2)
                  .stride(2, 2)
                  .build());
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            layers
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(
                    new DenseLayer.Builder()
                        .nOut(128)
                        .activation(Activation.RELU)
                        .dropOut(0.4)
                        .build())
                .layer(new OutputLayer.Builder().nOut(shape.classes()).dropOut(0.6).build())
                .setInputType(InputType.convolutional(shape.bands(), shape.frames(), 1))
                .build());
    network.init();
    return network;
  }
}
