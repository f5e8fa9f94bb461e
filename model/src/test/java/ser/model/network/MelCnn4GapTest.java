package ser.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import ser.model.ClassWeights;
import ser.model.Emotion;
import ser.model.file.Tensor;

class MelCnn4GapTest {
  private static final NetworkShape SMALL = new NetworkShape(32, 34, 3);
  private static final List<Emotion> LABELS = List.of(Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY);

  @BeforeAll
  static void acceleration() {
    CpuAcceleration.request();
  }

  @Test
  void givenEightClasses_whenBuilt_thenItHasTheParametersOfTheRecipe() {
    MultiLayerNetwork network = network(new NetworkShape(128, 130, 8), 7);

    assertThat(network.numParams()).isEqualTo(423_688);
  }

  @Test
  void givenACpu_whenBuilt_thenEveryLayerThatCanRunsOnOneDnn() {
    CpuAcceleration acceleration = CpuAcceleration.of(network(SMALL, 7));

    assertThat(acceleration.missing()).isEmpty();
    assertThat(acceleration.helpers()).hasSize(12).contains("conv1", "bn4", "maxpool2");
  }

  @Test
  void givenOneSeed_whenBuiltTwice_thenTheWeightsAreEqual() {
    assertThat(NetworkWeights.of(network(SMALL, 7)))
        .isEqualTo(NetworkWeights.of(network(SMALL, 7)));
    assertThat(NetworkWeights.of(network(SMALL, 7)))
        .isNotEqualTo(NetworkWeights.of(network(SMALL, 8)));
  }

  @Test
  void givenWeights_whenReadBackIntoAnotherNetwork_thenItGivesTheSameProbabilities() {
    MultiLayerNetwork first = network(SMALL, 7);
    MultiLayerNetwork second = network(SMALL, 8);
    INDArray inputs = inputs(4, 1);

    NetworkWeights.into(second, NetworkWeights.of(first));

    assertThat(second.output(inputs).toFloatMatrix())
        .isDeepEqualTo(first.output(inputs).toFloatMatrix());
  }

  @Test
  void givenAConvolution_whenItsWeightsAreNamed_thenTheyAreInPyTorchsLayout() {
    Map<String, Tensor> weights = NetworkWeights.of(network(SMALL, 7));

    assertThat(weights.get("conv2.weight").shape()).containsExactly(64, 32, 3, 3);
    assertThat(weights.get("dense1.weight").shape()).containsExactly(128, 256);
    assertThat(weights.get("bn3.running_var").shape()).containsExactly(128);
  }

  @Test
  void givenAWeightOfAnotherShape_whenRead_thenTheErrorNamesIt() {
    Map<String, Tensor> weights = new TreeMap<>(NetworkWeights.of(network(SMALL, 7)));
    weights.put("dense1.bias", new Tensor(new int[] {2}, new float[2]));

    assertThatThrownBy(() -> NetworkWeights.into(network(SMALL, 7), weights))
        .hasMessageContaining("dense1.bias")
        .hasMessageContaining("[2]")
        .hasMessageContaining("[128]");
  }

  @Test
  void givenATrainedNetwork_whenItsBatchNormIsFoldedAway_thenTheProbabilitiesStay() {
    MultiLayerNetwork network = network(SMALL, 7);
    DataSet batch = new DataSet(inputs(32, 3), labels(32, 3));
    for (int step = 0; step < 5; step++) {
      network.fit(batch);
    }
    new BatchNormStatistics().observe(network, batch.getFeatures()).applyTo(network);
    MultiLayerNetwork folded = FoldedNetwork.of(network);

    assertThat(folded.getnLayers()).isEqualTo(network.getnLayers() - 4);
    assertThat(
            folded
                .output(batch.getFeatures())
                .sub(network.output(batch.getFeatures()))
                .amaxNumber()
                .doubleValue())
        // Rounding of 32-bit floats through ten layers: up to 1.1e-6 was seen.
        .isLessThan(4e-6);
  }

  @Test
  void givenOneSeedAndBatch_whenTrainedTwice_thenDropoutIsTheSameAndAnotherSeedsIsNot() {
    DataSet batch = new DataSet(inputs(8, 3), labels(8, 3));
    MultiLayerNetwork first = network(SMALL, 7);
    MultiLayerNetwork second = network(SMALL, 7);
    // What draws from the generator that all share must not matter.
    first.fit(batch);
    Nd4j.randn(100);
    second.fit(batch);

    assertThat(second.params().toFloatVector()).isEqualTo(first.params().toFloatVector());
    SeededDropout one = new SeededDropout(0.5, 1);
    INDArray ones = Nd4j.ones(4, 64);
    assertThat(dropped(one, ones, 0)).isEqualTo(dropped(one, ones, 0));
    assertThat(dropped(one, ones, 1)).isNotEqualTo(dropped(one, ones, 0));
    assertThat(dropped(one, ones.mul(2), 0)).isNotEqualTo(dropped(one, ones, 0));
    assertThat(dropped(new SeededDropout(0.5, 2), ones, 0)).isNotEqualTo(dropped(one, ones, 0));
  }

  @Test
  void givenDropout_whenApplied_thenTheShareKeptAndTheMeanAreRight() {
    INDArray ones = Nd4j.ones(100, 100);

    INDArray result =
        new SeededDropout(0.4, 3)
            .applyDropout(
                ones,
                Nd4j.zeros(100, 100),
                0,
                0,
                org.deeplearning4j.nn.workspace.LayerWorkspaceMgr.noWorkspaces());

    assertThat(result.gt(0).castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT).meanNumber())
        .satisfies(share -> assertThat(share.doubleValue()).isCloseTo(0.4, within(0.02)));
    assertThat(result.meanNumber().doubleValue()).isCloseTo(1, within(0.05));
  }

  private static java.util.BitSet dropped(SeededDropout dropout, INDArray values, int iteration) {
    float[] result =
        dropout
            .applyDropout(
                values,
                values.dup(),
                iteration,
                0,
                org.deeplearning4j.nn.workspace.LayerWorkspaceMgr.noWorkspaces())
            .ravel()
            .toFloatVector();
    java.util.BitSet zeros = new java.util.BitSet();
    for (int i = 0; i < result.length; i++) {
      zeros.set(i, result[i] == 0);
    }
    return zeros;
  }

  @Test
  void givenATrainedNetwork_whenStatisticsAreRecomputed_thenEvaluationAgreesWithTrainingMode() {
    MultiLayerNetwork network = network(SMALL, 7);
    DataSet batch = new DataSet(inputs(32, 3), labels(32, 3));
    for (int step = 0; step < 3; step++) {
      network.fit(batch);
    }
    // What batch norm does in training on this batch; dropout left out.
    INDArray lagging = pooled(network, batch.getFeatures(), false);
    INDArray inTraining = pooled(network, batch.getFeatures(), true);

    new BatchNormStatistics().observe(network, batch.getFeatures()).applyTo(network);

    INDArray recomputed = pooled(network, batch.getFeatures(), false);
    assertThat(recomputed.distance2(inTraining) / inTraining.norm2Number().doubleValue())
        .isLessThan(1e-3);
    assertThat(lagging.distance2(inTraining) / inTraining.norm2Number().doubleValue())
        .as("without recomputing")
        .isGreaterThan(0.1);
  }

  @Test
  void givenTwoHalvesOfTheData_whenStatisticsAreMerged_thenTheyAreThoseOfAll() {
    INDArray all = inputs(8, 5);
    ChannelMoments merged = ChannelMoments.of(firstHalf(all)).copy();

    merged.merge(ChannelMoments.of(secondHalf(all)));

    ChannelMoments expected = ChannelMoments.of(all);
    assertThat(merged.mean()[0]).isCloseTo(expected.mean()[0], within(1e-5f));
    assertThat(merged.variance()[0]).isCloseTo(expected.variance()[0], within(1e-5f));
  }

  @Test
  void givenOtherCompany_whenAWindowIsScored_thenItsProbabilitiesAreTheSameBits() {
    EmotionClassifier classifier = EmotionClassifier.of(network(SMALL, 7), SMALL, LABELS);
    List<float[]> windows = new ArrayList<>();
    for (int i = 0; i < EmotionClassifier.BATCH; i++) {
      windows.add(inputs(1, i).ravel().toFloatVector());
    }

    float[][] together = classifier.probabilities(windows);

    assertThat(classifier.probabilities(windows.subList(5, 6))[0]).isEqualTo(together[5]);
    assertThat(classifier.probabilities(windows.subList(3, 9))[2]).isEqualTo(together[5]);
    for (int i = 0; i < windows.size(); i++) {
      Collections.rotate(windows, 1);
      // The place in the batch, too, must not matter.
      assertThat(classifier.probabilities(windows)[(5 + i + 1) % windows.size()])
          .isEqualTo(together[5]);
    }
  }

  private static INDArray firstHalf(INDArray all) {
    return rows(all, 0, all.size(0) / 2);
  }

  private static INDArray secondHalf(INDArray all) {
    return rows(all, all.size(0) / 2, all.size(0));
  }

  private static INDArray rows(INDArray all, long from, long to) {
    return all.get(
            org.nd4j.linalg.indexing.NDArrayIndex.interval(from, to),
            org.nd4j.linalg.indexing.NDArrayIndex.all(),
            org.nd4j.linalg.indexing.NDArrayIndex.all(),
            org.nd4j.linalg.indexing.NDArrayIndex.all())
        .dup('c');
  }

  /**
   * Activations behind the last pooling, batch norm with the batch's statistics or the running
   * ones.
   */
  private static INDArray pooled(MultiLayerNetwork network, INDArray inputs, boolean training) {
    INDArray activations = inputs;
    for (int i = 0; i <= network.getnLayers() - 3; i++) {
      boolean batchNorm = network.getLayer(i) instanceof BatchNormalization;
      activations =
          network
              .getLayer(i)
              .activate(
                  activations,
                  training && batchNorm,
                  org.deeplearning4j.nn.workspace.LayerWorkspaceMgr.noWorkspaces())
              .dup();
    }
    network.clear();
    return activations;
  }

  private static MultiLayerNetwork network(NetworkShape shape, long seed) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            MelCnn4Gap.architecture()
                .configuration(
                    shape, new Optimisation(1e-3, ClassWeights.equal(shape.classes()), seed)));
    network.init();
    return network;
  }

  private static INDArray inputs(int examples, long seed) {
    Random random = new Random(seed);
    float[] values = new float[examples * SMALL.inputLength()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * 2 + 1);
    }
    return Nd4j.create(values, new long[] {examples, SMALL.bands(), SMALL.frames(), 1}, 'c');
  }

  private static INDArray labels(int examples, int classes) {
    INDArray labels = Nd4j.zeros(examples, classes);
    for (int i = 0; i < examples; i++) {
      labels.putScalar(i, i % classes, 1);
    }
    return labels;
  }
}
