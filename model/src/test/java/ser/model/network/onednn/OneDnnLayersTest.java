package ser.model.network.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import ser.model.Serialised;
import ser.model.network.CpuAcceleration;

class OneDnnLayersTest {
  /**
   * The JVM itself still grows at first, and frees native memory a while after its collections:
   * what leaks in each step grows in each of these.
   */
  private static final int ATTEMPTS = 20;

  private static final int CLASSES = 3;

  @BeforeAll
  static void acceleration() {
    CpuAcceleration.request();
  }

  /** What the second convolution ends with. */
  private static final Activation SECOND = Activation.RELU;

  /** From so many on the second convolution is one that Winograd's method is for. */
  private static final int MANY_FILTERS = 48;

  @AfterEach
  void switchOn() {
    System.clearProperty(OneDnn.DISABLED);
  }

  @Test
  void givenThisPlatform_whenANetworkIsMade_thenEachLayerOfOursRunsOnOneDnn() {
    assertThat(layersOnOneDnn(network(2, 16, SECOND))).isEqualTo(8);
  }

  @Test
  void givenOneDnnSwitchedOff_whenANetworkIsMade_thenNoLayerRunsOnIt() {
    assertThat(layersOnOneDnn(onDl4j(() -> network(2, 16, SECOND)))).isZero();
  }

  @ParameterizedTest(name = "{0} channels, {1} filters, batch {2}")
  @CsvSource({"1, 16, 4", "3, 32, 5", "2, 5, 3", "2, 48, 3", "1, 64, 6"})
  void givenTheSameWeights_whenTrainedForAStep_thenScoreAndGradientsAreThoseOfDl4jsLayers(
      int channels, int filters, int batch) {
    // DL4J's bias gradient of a convolution with ReLU is wrong in NHWC order on its oneDNN helper;
    // the test below compares ours with the loss itself.
    MultiLayerNetwork ours = network(channels, filters, Activation.IDENTITY);
    MultiLayerNetwork theirs = onDl4j(() -> network(channels, filters, Activation.IDENTITY));
    theirs.setParams(ours.params());
    DataSet data = data(batch, channels, 3);

    Map<String, INDArray> found = gradients(ours, data);
    Map<String, INDArray> expected = gradients(theirs, data);

    assertThat(ours.score()).isCloseTo(theirs.score(), within(1e-5));
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    double largest =
        expected.values().stream()
            .mapToDouble(g -> g.amaxNumber().doubleValue())
            .max()
            .getAsDouble();
    expected.forEach(
        (name, gradient) ->
            assertThat(found.get(name).sub(gradient).amaxNumber().doubleValue() / largest)
                .as(name)
                .isLessThan(1e-4));
  }

  @ParameterizedTest(name = "{0} filters")
  @ValueSource(ints = {32, MANY_FILTERS, 50})
  void givenTheSameWeights_whenScored_thenTheOutputIsThatOfDl4jsLayers(int filters) {
    MultiLayerNetwork ours = network(3, filters, SECOND);
    MultiLayerNetwork theirs = onDl4j(() -> network(3, filters, SECOND));
    theirs.setParams(ours.params());
    INDArray input = data(4, 3, 5).getFeatures();

    assertThat(ours.output(input).sub(theirs.output(input)).amaxNumber().doubleValue())
        .isLessThan(1e-6);
  }

  @ParameterizedTest(name = "{0}, {1} filters")
  @CsvSource({
    "0_W, 16",
    "1_gamma, 16",
    "1_beta, 16",
    "3_W, 16",
    "3_b, 16",
    "4_gamma, 16",
    "4_beta, 16",
    "0_W, 48",
    "3_W, 48",
    "3_b, 48"
  })
  void givenALossSurface_whenFollowedAlongAGradient_thenItRisesAsTheGradientSays(
      String parameter, int filters) {
    int batch = 6;
    MultiLayerNetwork network = network(2, filters, SECOND);
    DataSet data = data(batch, 2, 7);
    // DL4J divides by the batch later.
    INDArray gradient = gradients(network, data).get(parameter).dup().divi(batch);
    double slope = gradient.norm2Number().doubleValue();
    double length = 2e-3;
    INDArray step = gradient.mul(length / slope);
    INDArray values = network.getParam(parameter);

    values.addi(step);
    double above = network.score(data, true);
    values.subi(step.mul(2));
    double below = network.score(data, true);

    assertThat((above - below) / (2 * length)).isCloseTo(slope, within(0.03 * slope));
  }

  @Test
  void givenAConfiguration_whenItTravelsAsJsonOrJava_thenItGivesTheSameNetwork() {
    MultiLayerConfiguration configuration = configuration(2, 16, SECOND);

    MultiLayerConfiguration viaJson = MultiLayerConfiguration.fromJson(configuration.toJson());
    MultiLayerNetwork arrived = new MultiLayerNetwork(Serialised.copyOf(viaJson));
    arrived.init();

    assertThat(viaJson.toJson()).isEqualTo(configuration.toJson());
    assertThat(layersOnOneDnn(arrived)).isEqualTo(8);
    DataSet data = data(4, 2, 9);
    MultiLayerNetwork original = network(2, 16, SECOND);
    arrived.fit(data);
    original.fit(data);
    assertThat(arrived.params().toFloatVector()).isEqualTo(original.params().toFloatVector());
  }

  @Test
  void givenManySteps_whenBatchesHaveTwoSizes_thenMemoryDoesNotGrow() throws Exception {
    MultiLayerNetwork network = network(1, MANY_FILTERS, SECOND);
    DataSet large = data(12, 1, 1);
    DataSet small = data(7, 1, 2);
    long grown = Long.MAX_VALUE;

    for (int attempt = 0; attempt < ATTEMPTS && grown >= 8; attempt++) {
      long before = residentMiB();
      train(network, large, small, 60);
      grown = residentMiB() - before;
    }

    assertThat(grown).as("MiB more after 60 steps, each time").isLessThan(8);
  }

  @Test
  void givenThreadsThatComeAndGo_whenEachTrains_thenMemoryDoesNotGrow() throws Exception {
    DataSet data = data(12, 1, 1);
    long grown = Long.MAX_VALUE;

    for (int attempt = 0; attempt < ATTEMPTS && grown >= 8; attempt++) {
      long before = residentMiB();
      for (int i = 0; i < 10; i++) {
        Thread thread = new Thread(() -> network(1, MANY_FILTERS, SECOND).fit(data));
        thread.start();
        thread.join();
      }
      grown = residentMiB() - before;
    }

    assertThat(grown).as("MiB more after ten threads, each time").isLessThan(8);
  }

  private static void train(MultiLayerNetwork network, DataSet one, DataSet two, int steps) {
    for (int i = 0; i < steps; i++) {
      network.fit(i % 2 == 0 ? one : two);
    }
  }

  private static long residentMiB() throws java.io.IOException {
    System.gc();
    String[] pages =
        java.nio.file.Files.readString(java.nio.file.Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(pages[1]) * 4096 >> 20;
  }

  private static Map<String, INDArray> gradients(MultiLayerNetwork network, DataSet data) {
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    return network.gradient().gradientForVariable();
  }

  private static long layersOnOneDnn(MultiLayerNetwork network) {
    return Arrays.stream(network.getLayers())
        .filter(layer -> layer instanceof OneDnnLayer ours && ours.onOneDnn())
        .count();
  }

  private static MultiLayerNetwork onDl4j(Supplier<MultiLayerNetwork> network) {
    System.setProperty(OneDnn.DISABLED, "true");
    MultiLayerNetwork made = network.get();
    System.clearProperty(OneDnn.DISABLED);
    return made;
  }

  private static MultiLayerNetwork network(int channels, int filters, Activation second) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(channels, filters, second));
    network.init();
    return network;
  }

  // Every kind of layer, odd sizes.
  private static MultiLayerConfiguration configuration(
      int channels, int filters, Activation second) {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .list()
        .layer(OneDnnConvolution.same("conv1", 3, 3, filters, Activation.IDENTITY))
        .layer(OneDnnBatchNormalization.withRelu("bn1"))
        .layer(OneDnnPooling.max("maxpool1", 2, 2))
        .layer(OneDnnConvolution.same("conv2", filters < MANY_FILTERS ? 5 : 3, 3, filters, second))
        .layer(OneDnnBatchNormalization.linear("bn2"))
        .layer(OneDnnPooling.max("maxpool2", 3, 1))
        .layer(OneDnnPooling.slidingMax("maxpool3", 1, 3))
        .layer(OneDnnPooling.meanOfSliding("mean3", 1, 3))
        .layer(
            new GlobalPoolingLayer.Builder(PoolingType.AVG)
                .name("pool")
                .poolingDimensions(1, 2)
                .build())
        .layer(new OutputLayer.Builder().name("output").nOut(CLASSES).build())
        .setInputType(InputType.convolutional(21, 26, channels, CNN2DFormat.NHWC))
        .build();
  }

  private static DataSet data(int batch, int channels, long seed) {
    Random random = new Random(seed);
    float[] values = new float[batch * 21 * 26 * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    INDArray labels = Nd4j.zeros(batch, CLASSES);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % CLASSES, 1);
    }
    return new DataSet(Nd4j.create(values, new long[] {batch, 21, 26, channels}, 'c'), labels);
  }
}
