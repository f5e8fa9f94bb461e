package ser.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import ser.model.ClassWeights;
import ser.model.Emotion;

class RowwiseHeadTest {
  private static final NetworkShape SHAPE = new NetworkShape(6, 10, 2, 3);
  private static final List<Emotion> LABELS = List.of(Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY);

  @BeforeAll
  static void acceleration() {
    CpuAcceleration.request();
  }

  static Stream<List<String>> networks() {
    return Stream.of(
        List.of("conv 4 3x3", "relu"),
        List.of("conv 4 3x3", "relu", "dense 5"),
        List.of("conv 4 3x3", "global-average-pool"),
        List.of("conv 4 3x3", "global-average-pool", "dense 5", "dense 4"),
        List.of("conv-time 4 3", "attentive-pool 3"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void givenAHeadOfAnyLength_whenScored_thenTheProbabilitiesAreThoseOfTheWholeNetwork(
      List<String> layers) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            NetworkArchitecture.parse(layers)
                .configuration(SHAPE, new Optimisation(1e-3, ClassWeights.equal(3), 1)));
    network.init();
    List<float[]> windows = windows(5);
    INDArray expected = network.output(SHAPE.batchOf(windows, windows.size()));

    float[][] found = EmotionClassifier.of(network, SHAPE, LABELS).probabilities(windows);

    for (int i = 0; i < found.length; i++) {
      for (int c = 0; c < 3; c++) {
        assertThat((double) found[i][c]).isCloseTo(expected.getDouble(i, c), within(1e-6));
      }
    }
  }

  private static List<float[]> windows(int count) {
    Random random = new Random(1);
    List<float[]> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] values = new float[SHAPE.inputLength()];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) random.nextGaussian();
      }
      windows.add(values);
    }
    return windows;
  }
}
