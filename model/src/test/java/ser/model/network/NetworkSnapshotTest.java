package ser.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import ser.model.ClassWeights;
import ser.model.Serialised;

class NetworkSnapshotTest {
  private static final NetworkShape SHAPE = new NetworkShape(32, 34, 3);
  private static final Optimisation OPTIMISATION = new Optimisation(1e-3, ClassWeights.equal(3), 7);

  @BeforeAll
  static void acceleration() {
    CpuAcceleration.request();
  }

  @Test
  void givenATrainedNetwork_whenItTravels_thenItGivesTheSameProbabilities() {
    MultiLayerNetwork trained = trained();
    INDArray inputs = inputs(4, 2);

    MultiLayerNetwork arrived = Serialised.copyOf(snapshot(trained)).restore();

    assertThat(arrived.output(inputs).toFloatMatrix())
        .isDeepEqualTo(trained.output(inputs).toFloatMatrix());
    assertThat(arrived.numParams()).isEqualTo(trained.numParams());
  }

  @Test
  void givenASnapshot_whenTheNetworkIsTrainedOn_thenTheSnapshotStays() {
    MultiLayerNetwork network = trained();
    NetworkSnapshot snapshot = snapshot(network);
    float[][] before = network.output(inputs(4, 2)).toFloatMatrix();

    network.fit(batch(3));

    assertThat(network.output(inputs(4, 2)).toFloatMatrix()).isNotEqualTo(before);
    assertThat(snapshot.restore().output(inputs(4, 2)).toFloatMatrix()).isDeepEqualTo(before);
  }

  @Test
  void givenTwoRestoredNetworks_whenOneIsTrained_thenTheOtherStays() {
    NetworkSnapshot snapshot = snapshot(trained());
    MultiLayerNetwork first = snapshot.restore();
    MultiLayerNetwork second = snapshot.restore();
    float[][] before = second.output(inputs(4, 2)).toFloatMatrix();

    first.fit(batch(3));

    assertThat(second.output(inputs(4, 2)).toFloatMatrix()).isDeepEqualTo(before);
  }

  private static NetworkSnapshot snapshot(MultiLayerNetwork network) {
    return NetworkSnapshot.of(network, MelCnn4Gap.architecture(), SHAPE, OPTIMISATION);
  }

  private static MultiLayerNetwork trained() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(MelCnn4Gap.architecture().configuration(SHAPE, OPTIMISATION));
    network.init();
    network.fit(batch(1));
    return network;
  }

  private static DataSet batch(long seed) {
    INDArray labels = Nd4j.zeros(6, 3);
    for (int i = 0; i < 6; i++) {
      labels.putScalar(i, i % 3, 1);
    }
    return new DataSet(inputs(6, seed), labels);
  }

  private static INDArray inputs(int examples, long seed) {
    Random random = new Random(seed);
    float[] values = new float[examples * SHAPE.inputLength()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.create(values, new long[] {examples, SHAPE.bands(), SHAPE.frames(), 1}, 'c');
  }
}
