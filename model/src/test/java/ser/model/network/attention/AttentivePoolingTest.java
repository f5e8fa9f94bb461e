package ser.model.network.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import ser.model.Serialised;
import ser.model.network.CpuAcceleration;
import ser.model.network.onednn.OneDnnConvolution;

class AttentivePoolingTest {
  private static final int CLASSES = 3;
  private static final int ROWS = 2;
  private static final int COLUMNS = 7;
  private static final int CHANNELS = 5;

  @BeforeAll
  static void acceleration() {
    CpuAcceleration.request();
  }

  @Test
  void givenAnImage_whenPooled_thenTheResultIsWhatTheDefinitionSays() {
    MultiLayerNetwork network = network(4);
    INDArray images = images(3, 1);
    INDArray weight = network.getParam("1_W");
    INDArray bias = network.getParam("1_b");
    INDArray score = network.getParam("1_v");
    bias.assign(Nd4j.createFromArray(0.3f, -0.2f, 0.1f, 0.5f));

    INDArray pooled = pooled(network, images);

    assertThat(pooled.shape()).containsExactly(3, 2 * CHANNELS);
    for (int example = 0; example < 3; example++) {
      double[] scores = new double[ROWS * COLUMNS];
      double sum = 0;
      for (int place = 0; place < scores.length; place++) {
        for (int h = 0; h < 4; h++) {
          double before = bias.getDouble(h);
          for (int c = 0; c < CHANNELS; c++) {
            before += at(images, example, place, c) * weight.getDouble(c, h);
          }
          scores[place] += score.getDouble(h) * Math.tanh(before);
        }
        sum += Math.exp(scores[place]);
      }
      for (int c = 0; c < CHANNELS; c++) {
        double mean = 0;
        double square = 0;
        for (int place = 0; place < scores.length; place++) {
          double share = Math.exp(scores[place]) / sum;
          mean += share * at(images, example, place, c);
          square += share * Math.pow(at(images, example, place, c), 2);
        }
        assertThat(pooled.getDouble(example, c)).isCloseTo(mean, within(1e-5));
        assertThat(pooled.getDouble(example, CHANNELS + c))
            .isCloseTo(Math.sqrt(square - mean * mean), within(1e-4));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"0_W", "0_b", "1_W", "1_b", "1_v", "2_W"})
  void givenALossSurface_whenFollowedAlongAGradient_thenItRisesAsTheGradientSays(String parameter) {
    MultiLayerNetwork network = network(4);
    int batch = 6;
    DataSet data = new DataSet(images(batch, 2), labels(batch));
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    INDArray gradient = network.gradient().gradientForVariable().get(parameter).dup().divi(batch);
    double slope = gradient.norm2Number().doubleValue();
    double length = 1e-2;
    INDArray step = gradient.mul(length / slope);
    INDArray values = network.getParam(parameter);

    values.addi(step);
    double above = network.score(data, true);
    values.subi(step.mul(2));
    double below = network.score(data, true);

    assertThat(slope).isGreaterThan(1e-4);
    assertThat((above - below) / (2 * length)).isCloseTo(slope, within(0.01 * slope));
  }

  @Test
  void givenOtherCompany_whenPooled_thenAnExamplesResultIsTheSameBits() {
    MultiLayerNetwork network = network(4);
    INDArray images = images(5, 3);
    INDArray one = images.get(NDArrayIndex.interval(2, 3)).dup('c');

    assertThat(pooled(network, one).toFloatMatrix()[0])
        .isEqualTo(pooled(network, images).toFloatMatrix()[2]);
  }

  @Test
  void givenAllPlacesAlike_whenTrained_thenNothingBecomesInfinite() {
    MultiLayerNetwork network = network(4);
    INDArray images = Nd4j.ones(4, ROWS, COLUMNS, CHANNELS);

    network.fit(new DataSet(images, labels(4)));

    assertThat(network.params().toFloatVector()).doesNotContain(Float.NaN);
    assertThat(network.score()).isFinite();
  }

  @Test
  void givenAConfiguration_whenItTravelsAsJsonOrJava_thenItGivesTheSameNetwork() {
    MultiLayerConfiguration configuration = configuration(4);

    MultiLayerConfiguration viaJson = MultiLayerConfiguration.fromJson(configuration.toJson());
    MultiLayerNetwork arrived = new MultiLayerNetwork(Serialised.copyOf(viaJson));
    arrived.init();

    assertThat(viaJson).isEqualTo(configuration).isNotEqualTo(configuration(5));
    MultiLayerNetwork original = network(4);
    DataSet data = new DataSet(images(4, 4), labels(4));
    arrived.fit(data);
    original.fit(data);
    assertThat(arrived.params().toFloatVector()).isEqualTo(original.params().toFloatVector());
  }

  @Test
  void givenChannelsAndHiddenUnits_whenBuilt_thenParametersAreCounted() {
    Map<String, INDArray> table = network(4).getLayer(1).paramTable();

    assertThat(table.get("W").shape()).containsExactly(CHANNELS, 4);
    assertThat(network(4).getLayer(1).numParams()).isEqualTo(CHANNELS * 4 + 4 + 4);
    assertThat(table.get("W").stdNumber().doubleValue()).isBetween(0.2, 1.2);
    assertThat(table.get("v").norm2Number().doubleValue()).isPositive();
  }

  private static INDArray pooled(MultiLayerNetwork network, INDArray images) {
    return network
        .getLayer(1)
        .activate(images.dup('c'), false, LayerWorkspaceMgr.noWorkspaces())
        .dup('c');
  }

  private static double at(INDArray images, int example, int place, int channel) {
    return images.getDouble(example, place / COLUMNS, place % COLUMNS, channel);
  }

  private static MultiLayerNetwork network(int hidden) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(hidden));
    network.init();
    return network;
  }

  private static MultiLayerConfiguration configuration(int hidden) {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Sgd(0.1))
        .weightInit(WeightInit.XAVIER)
        .list()
        .layer(
            OneDnnConvolution.same(
                "conv1", 3, 3, CHANNELS, org.nd4j.linalg.activations.Activation.IDENTITY))
        .layer(AttentivePooling.of("attention1", hidden))
        .layer(new OutputLayer.Builder().name("output").nOut(CLASSES).build())
        .setInputType(InputType.convolutional(ROWS, COLUMNS, CHANNELS, CNN2DFormat.NHWC))
        .build();
  }

  private static INDArray images(int examples, long seed) {
    Random random = new Random(seed);
    float[] values = new float[examples * ROWS * COLUMNS * CHANNELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.create(values, new long[] {examples, ROWS, COLUMNS, CHANNELS}, 'c');
  }

  private static INDArray labels(int examples) {
    INDArray labels = Nd4j.zeros(examples, CLASSES);
    for (int i = 0; i < examples; i++) {
      labels.putScalar(i, i % CLASSES, 1);
    }
    return labels;
  }
}
