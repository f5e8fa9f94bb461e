package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import ser.jobs.config.Averaging;
import ser.model.ClassWeights;
import ser.model.input.Regularisation;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.Optimisation;

/**
 * Several workers are one machine: with plain gradient descent and an averaging after every step,
 * they take the step that one machine takes on the rows of all of them. Shown without batch
 * normalisation and dropout, which look at a worker's minibatch alone.
 */
class AveragingIT {
  private static final NetworkShape SHAPE = new NetworkShape(10, 12, 3);
  private static final int EPOCHS = 4;
  private static final double RATE = 0.05;

  private static TrainingSession session;

  @BeforeAll
  static void start() {
    session = TrainingSession.local();
  }

  @AfterAll
  static void stop() {
    session.close();
  }

  /** 22 rows are not divided evenly by any of them: some last minibatches are small. */
  @ParameterizedTest
  @CsvSource({"1, 8", "2, 4", "4, 2", "6, 2"})
  void givenWorkers_whenAveragedAfterEachStep_thenTheyAreOneMachineOnTheLargeBatch(
      int workers, int batchSize) {
    try (TrainingShards shards = shards(22, workers, batchSize)) {
      MultiLayerNetwork oneMachine = new MultiLayerNetwork(plainDescent());
      oneMachine.init();
      float[] start = oneMachine.params().toFloatVector();
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        for (int round = 0; round < shards.rounds(); round++) {
          oneMachine.fit(DataSet.merge(shards.round(epoch, round).collect()));
        }
      }

      float[] trained = trained(shards, workers, batchSize);

      requireClose(trained, oneMachine.params().toFloatVector());
      assertThat(farthest(trained, start)).isGreaterThan(0.01f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void givenTheSameLargeBatch_whenMoreWorkersShareIt_thenTheWeightsAreThoseOfOne(int workers) {
    try (TrainingShards one = shards(24, 1, 24);
        TrainingShards several = shards(24, workers, 24 / workers)) {
      requireClose(trained(several, workers, 24 / workers), trained(one, 1, 24));
    }
  }

  /** Adam counts steps: each worker must count its own, in one process too. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void givenAdam_whenAveragedEachThirdStep_thenWorkersAreNetworksOfTheirOwn(int prefetchBatches) {
    int workers = 2;
    int rounds = 4;
    try (TrainingShards shards = shards(48, workers, 4, 3)) {
      MultiLayerNetwork driver = new MultiLayerNetwork(adam());
      driver.init();
      for (int round = 0; round < rounds; round++) {
        List<MultiLayerNetwork> networks = new ArrayList<>();
        for (List<DataSet> minibatches : shards.round(1 + round / 2, round % 2).glom().collect()) {
          MultiLayerNetwork worker = driver.clone();
          minibatches.forEach(worker::fit);
          networks.add(worker);
        }
        driver.setParams(networks.get(0).params().add(networks.get(1).params()).div(workers));
        driver
            .getUpdater()
            .getStateViewArray()
            .assign(
                networks
                    .get(0)
                    .getUpdater()
                    .getStateViewArray()
                    .add(networks.get(1).getUpdater().getStateViewArray())
                    .div(workers));
        driver.setIterationCount(networks.get(0).getIterationCount());
      }

      SparkDl4jMultiLayer spark =
          new SparkDl4jMultiLayer(
              session.context().javaSpark(),
              adam(),
              new AveragingMaster(new Averaging(4, 3, workers, prefetchBatches, 2), workers, RATE));
      for (int round = 0; round < rounds; round++) {
        spark.fit(shards.round(1 + round / 2, round % 2));
      }

      assertThat(spark.getNetwork().getIterationCount()).isEqualTo(3 * rounds);
      requireClose(spark.getNetwork().params().toFloatVector(), driver.params().toFloatVector());
    }
  }

  @ParameterizedTest
  @CsvSource({"33, 2, 4, 34", "22, 4, 2, 24", "5, 6, 2, 10", "32, 2, 4, 32"})
  void givenRows_whenAnEpochIsDealt_thenEachComesOnceAndNoMinibatchHasASingleRow(
      int count, int workers, int batchSize, int withFilled) {
    try (TrainingShards shards = shards(count, workers, batchSize)) {
      List<DataSet> minibatches = new ArrayList<>();
      for (int round = 0; round < shards.rounds(); round++) {
        minibatches.addAll(shards.round(3, round).collect());
      }

      TreeMap<Float, Integer> seen = new TreeMap<>();
      for (DataSet minibatch : minibatches) {
        assertThat(minibatch.numExamples()).isBetween(2, batchSize);
        for (int i = 0; i < minibatch.numExamples(); i++) {
          seen.merge(minibatch.getFeatures().slice(i).getFloat(0, 0, 0), 1, Integer::sum);
        }
      }
      assertThat(seen).hasSize(count);
      assertThat(seen.values().stream().mapToInt(times -> times).sum()).isEqualTo(withFilled);
      assertThat(shards.rows()).isEqualTo(count);
    }
  }

  @Test
  void givenOtherPartitions_whenDealt_thenEachWorkerHasTheSameRows() {
    List<LabelledInput> rows = new ArrayList<>(SyntheticRows.of(20, SHAPE, 5));
    try (TrainingShards shards =
        shards(session.context().javaSpark().parallelize(rows, 1), 3, 4, 1)) {
      Collections.reverse(rows);
      try (TrainingShards others =
          shards(session.context().javaSpark().parallelize(rows, 7), 3, 4, 1)) {
        assertThat(namesByWorker(others)).isEqualTo(namesByWorker(shards)).hasSize(3);
      }
    }
  }

  private static List<List<String>> namesByWorker(TrainingShards shards) {
    return shards.all().map(LabelledInput::recording).glom().collect();
  }

  private static TrainingShards shards(int rows, int workers, int batchSize) {
    return shards(rows, workers, batchSize, 1);
  }

  private static TrainingShards shards(int rows, int workers, int batchSize, int batchesPerRound) {
    return shards(
        session.context().javaSpark().parallelize(SyntheticRows.of(rows, SHAPE, 5), 3),
        workers,
        batchSize,
        batchesPerRound);
  }

  private static TrainingShards shards(
      JavaRDD<LabelledInput> rows, int workers, int batchSize, int batchesPerRound) {
    return TrainingShards.of(
        rows,
        new Minibatches(SHAPE, Regularisation.none(), 11),
        workers,
        batchSize,
        batchesPerRound,
        11);
  }

  private static float[] trained(TrainingShards shards, int workers, int batchSize) {
    SparkDl4jMultiLayer spark =
        new SparkDl4jMultiLayer(
            session.context().javaSpark(),
            plainDescent(),
            new AveragingMaster(new Averaging(batchSize, 1, workers, 0, 2), workers, RATE));
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      for (int round = 0; round < shards.rounds(); round++) {
        spark.fit(shards.round(epoch, round));
      }
    }
    return spark.getNetwork().params().toFloatVector();
  }

  private static MultiLayerConfiguration adam() {
    return NetworkArchitecture.parse(List.of("conv 4 3x3", "relu", "max-pool 2x2", "dense 8"))
        .configuration(SHAPE, new Optimisation(RATE, new ClassWeights(List.of(0.5, 1.0, 1.5)), 3));
  }

  private static MultiLayerConfiguration plainDescent() {
    MultiLayerConfiguration configuration = adam();
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      if (layer.getLayer() instanceof BaseLayer withWeights) {
        withWeights.setIUpdater(new Sgd(RATE));
      }
    }
    return configuration;
  }

  private static void requireClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(farthest(actual, expected)).isCloseTo(0, Offset.offset(1e-5f));
  }

  private static float farthest(float[] actual, float[] expected) {
    float farthest = 0;
    for (int i = 0; i < actual.length; i++) {
      farthest = Math.max(farthest, Math.abs(actual[i] - expected[i]));
    }
    return farthest;
  }
}
