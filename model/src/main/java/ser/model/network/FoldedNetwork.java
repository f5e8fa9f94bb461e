package ser.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import ser.model.network.onednn.OneDnnBatchNormalizationLayer;

/**
 * A network for scoring in which each batch normalisation has become part of the convolution before
 * it: with the running statistics it is a factor and a shift per channel, which weights and biases
 * can take over, and its ReLU runs in the convolution's own pass. The probabilities are the same up
 * to rounding.
 */
final class FoldedNetwork {
  private final List<Layer> kept = new ArrayList<>();
  private final List<OneDnnBatchNormalizationLayer> folded = new ArrayList<>();

  private FoldedNetwork() {}

  /** With copies of the weights; the network itself stays as it is. */
  static MultiLayerNetwork of(MultiLayerNetwork network) {
    return new FoldedNetwork().fold(network);
  }

  private MultiLayerNetwork fold(MultiLayerNetwork network) {
    NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder().list();
    Map<Integer, InputPreProcessor> processors =
        network.getLayerWiseConfigurations().getInputPreProcessors();
    for (int i = 0; i < network.getnLayers(); i++) {
      Layer layer = network.getLayer(i);
      InputPreProcessor processor = processors.get(i);
      if (processor == null && layer instanceof OneDnnBatchNormalizationLayer batchNorm) {
        if (endsInPlainConvolution()) {
          folded.set(folded.size() - 1, batchNorm);
          continue;
        }
      }
      if (processor != null) {
        layers.inputPreProcessor(kept.size(), processor.clone());
      }
      kept.add(layer);
      folded.add(null);
    }
    for (int i = 0; i < kept.size(); i++) {
      layers.layer(i, settings(kept.get(i), folded.get(i)));
    }
    MultiLayerNetwork result = new MultiLayerNetwork(layers.build());
    result.init();
    for (int i = 0; i < kept.size(); i++) {
      copyWeights(i, result.getLayer(i));
    }
    return result;
  }

  private boolean endsInPlainConvolution() {
    int last = kept.size() - 1;
    return last >= 0
        && folded.get(last) == null
        && kept.get(last).conf().getLayer() instanceof ConvolutionLayer convolution
        && convolution.hasBias()
        && convolution.getActivationFn() instanceof ActivationIdentity;
  }

  private static org.deeplearning4j.nn.conf.layers.Layer settings(
      Layer layer, OneDnnBatchNormalizationLayer batchNorm) {
    org.deeplearning4j.nn.conf.layers.Layer settings = layer.conf().getLayer().clone();
    if (batchNorm != null && batchNorm.relu()) {
      ((ConvolutionLayer) settings).setActivationFn(Activation.RELU.getActivationFunction());
    }
    return settings;
  }

  private void copyWeights(int index, Layer target) {
    Map<String, INDArray> from = kept.get(index).paramTable();
    Map<String, INDArray> to = target.paramTable();
    if (from == null) {
      return;
    }
    from.forEach((name, values) -> to.get(name).assign(values));
    OneDnnBatchNormalizationLayer batchNorm = folded.get(index);
    if (batchNorm != null) {
      fold(
          batchNorm,
          to.get(ConvolutionParamInitializer.WEIGHT_KEY),
          to.get(ConvolutionParamInitializer.BIAS_KEY));
    }
  }

  private static void fold(
      OneDnnBatchNormalizationLayer batchNorm, INDArray weights, INDArray biases) {
    double[] gamma = values(batchNorm, BatchNormalizationParamInitializer.GAMMA);
    double[] beta = values(batchNorm, BatchNormalizationParamInitializer.BETA);
    double[] mean = values(batchNorm, BatchNormalizationParamInitializer.GLOBAL_MEAN);
    double[] variance = values(batchNorm, BatchNormalizationParamInitializer.GLOBAL_VAR);
    double epsilon = batchNorm.layerConf().getEps();
    float[] factors = new float[gamma.length];
    for (int c = 0; c < gamma.length; c++) {
      double factor = gamma[c] / Math.sqrt(variance[c] + epsilon);
      factors[c] = (float) factor;
      biases.putScalar(c, (biases.getDouble(c) - mean[c]) * factor + beta[c]);
    }
    INDArray filters = weights.reshape('c', gamma.length, weights.length() / gamma.length);
    INDArray scaled =
        filters.mulColumnVector(Nd4j.createFromArray(factors).reshape('c', gamma.length, 1));
    weights.assign(scaled.reshape('c', weights.shape()));
  }

  private static double[] values(OneDnnBatchNormalizationLayer layer, String parameter) {
    return layer.getParam(parameter).ravel().toDoubleVector();
  }
}
