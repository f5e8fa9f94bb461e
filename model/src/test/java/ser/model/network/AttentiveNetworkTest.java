package ser.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import ser.model.ClassWeights;
import ser.model.Emotion;
import ser.model.input.Regularisation;

/** The layers of recipe best: convolution over time and attentive pooling with all around them. */
class AttentiveNetworkTest {
  private static final NetworkShape SMALL = new NetworkShape(16, 24, 3, 3);
  private static final List<Emotion> LABELS = List.of(Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY);
  private static final NetworkArchitecture BEST =
      NetworkArchitecture.parse(
          List.of(
              "conv 16 3x3",
              "batch-norm",
              "relu",
              "max-pool 2x2",
              "conv 32 3x3",
              "batch-norm",
              "relu",
              "max-pool 2x2",
              "conv 64 3x3",
              "batch-norm",
              "relu",
              "max-pool 2x2",
              "conv 96 3x3",
              "batch-norm",
              "relu",
              "max-pool 2x1",
              "conv-time 128 3",
              "batch-norm",
              "relu",
              "attentive-pool 32",
              "dropout 0.3"));

  @BeforeAll
  static void acceleration() {
    CpuAcceleration.request();
  }

  @Test
  void givenEightClasses_whenBuilt_thenItHasTheParametersOfTheRecipe() {
    // 233,113 in the reference, without the convolutions' biases (336 here), the running averages
    // of batch normalisation (672) and with a bias of the attention's score (1), which softmax
    // undoes.
    assertThat(network(new NetworkShape(64, 128, 3, 8)).numParams())
        .isEqualTo(233_113 + 336 + 672 - 1);
  }

  @Test
  void givenACpu_whenBuilt_thenEveryConvolutionRunsOnOneDnn() {
    CpuAcceleration acceleration = CpuAcceleration.of(network(SMALL));

    assertThat(acceleration.missing()).isEmpty();
    assertThat(acceleration.helpers()).hasSize(14).contains("conv5", "bn5");
  }

  @Test
  void givenWeights_whenReadBackIntoAnotherNetwork_thenItGivesTheSameProbabilities() {
    MultiLayerNetwork first = trained();
    MultiLayerNetwork second = network(SMALL);
    INDArray inputs = inputs(4, 1);

    NetworkWeights.into(second, NetworkWeights.of(first));

    assertThat(second.output(inputs).toFloatMatrix())
        .isDeepEqualTo(first.output(inputs).toFloatMatrix());
    assertThat(NetworkWeights.of(first).get("attention1.weight").shape()).containsExactly(32, 128);
    assertThat(NetworkWeights.of(first).get("attention1.score").shape()).containsExactly(32);
  }

  @Test
  void givenASnapshot_whenRestored_thenItGivesTheSameProbabilities() {
    MultiLayerNetwork network = trained();
    INDArray inputs = inputs(4, 1);

    MultiLayerNetwork restored =
        NetworkSnapshot.of(network, BEST, SMALL, optimisation(3)).restore();

    assertThat(restored.output(inputs).toFloatMatrix())
        .isDeepEqualTo(network.output(inputs).toFloatMatrix());
  }

  @Test
  void givenATrainedNetwork_whenItsBatchNormIsFoldedAway_thenTheProbabilitiesStay() {
    MultiLayerNetwork network = trained();
    INDArray inputs = inputs(32, 3);

    MultiLayerNetwork folded = FoldedNetwork.of(network);

    assertThat(folded.getnLayers()).isEqualTo(network.getnLayers() - 5);
    assertThat(folded.output(inputs).sub(network.output(inputs)).amaxNumber().doubleValue())
        .isLessThan(1e-5);
  }

  @Test
  void givenOtherCompany_whenAWindowIsScored_thenItsProbabilitiesAreTheSameBits() {
    EmotionClassifier classifier = EmotionClassifier.of(trained(), SMALL, LABELS);
    List<float[]> windows = new ArrayList<>();
    for (int i = 0; i < EmotionClassifier.BATCH; i++) {
      windows.add(inputs(1, i).ravel().toFloatVector());
    }
    float[][] together = classifier.probabilities(windows);

    Collections.rotate(windows, 7);

    assertThat(classifier.probabilities(windows)[12]).isEqualTo(together[5]);
    assertThat(classifier.probabilities(windows.subList(12, 13))[0]).isEqualTo(together[5]);
  }

  @Test
  void givenSeparableClasses_whenTrained_thenTheyAreTold() {
    MultiLayerNetwork network = network(SMALL);
    DataSet batch = new DataSet(inputs(24, 3), labels(24));
    // One class is loud, one late.
    for (int i = 0; i < 24; i++) {
      INDArray example = batch.getFeatures().slice(i);
      if (i % 3 == 0) {
        example.addi(2);
      } else if (i % 3 == 1) {
        example
            .get(
                org.nd4j.linalg.indexing.NDArrayIndex.all(),
                org.nd4j.linalg.indexing.NDArrayIndex.interval(12, 24),
                org.nd4j.linalg.indexing.NDArrayIndex.all())
            .addi(3);
      }
    }

    for (int step = 0; step < 40; step++) {
      network.fit(batch);
    }
    new BatchNormStatistics().observe(network, batch.getFeatures()).applyTo(network);

    INDArray found = network.output(batch.getFeatures()).argMax(1);
    for (int i = 0; i < 24; i++) {
      assertThat(found.getInt(i)).as("example %d", i).isEqualTo(i % 3);
    }
  }

  private static MultiLayerNetwork trained() {
    MultiLayerNetwork network = network(SMALL);
    DataSet batch = new DataSet(inputs(32, 3), labels(32));
    for (int step = 0; step < 3; step++) {
      network.fit(batch);
    }
    new BatchNormStatistics().observe(network, batch.getFeatures()).applyTo(network);
    return network;
  }

  private static MultiLayerNetwork network(NetworkShape shape) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(BEST.configuration(shape, optimisation(shape.classes())));
    network.init();
    return network;
  }

  private static Optimisation optimisation(int classes) {
    return new Optimisation(
        3e-3,
        ClassWeights.equal(classes),
        InitialWeights.HE_NORMAL,
        7,
        new UpdateRule(UpdateRule.Kind.ADAM, 0.01),
        Regularisation.none());
  }

  private static INDArray inputs(int examples, long seed) {
    Random random = new Random(seed);
    float[] values = new float[examples * SMALL.inputLength()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.create(
        values, new long[] {examples, SMALL.bands(), SMALL.frames(), SMALL.channels()}, 'c');
  }

  private static INDArray labels(int examples) {
    INDArray labels = Nd4j.zeros(examples, LABELS.size());
    for (int i = 0; i < examples; i++) {
      labels.putScalar(i, i % LABELS.size(), 1);
    }
    return labels;
  }
}
