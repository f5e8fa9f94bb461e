package ser.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import ser.model.ClassWeights;
import ser.model.input.Regularisation;

class InitialWeightsTest {
  /** Fan-in 80 x 50, fan-out 100: large enough for a variance within 2%. */
  private static final NetworkShape SHAPE = new NetworkShape(80, 50, 4);

  private static final double FAN_IN = 80 * 50;
  private static final double FAN_OUT = 100;

  @ParameterizedTest
  @CsvSource({"he-normal", "glorot-uniform", "fan-in-uniform"})
  void givenARule_whenANetworkBegins_thenItsWeightsHaveThatVariance(String label) {
    double expected =
        switch (label) {
          case "he-normal" -> 2 / FAN_IN;
          case "glorot-uniform" -> 2 / (FAN_IN + FAN_OUT);
          default -> 1 / (3 * FAN_IN);
        };

    INDArray weights = network(label, "dense 100").getLayer(0).getParam("W");

    assertThat(weights.varNumber().doubleValue()).isCloseTo(expected, Percentage.withPercentage(2));
    assertThat(weights.meanNumber().doubleValue()).isBetween(-1e-3, 1e-3);
  }

  @Test
  void givenAConvolution_whenUniformByFanIn_thenItsFanInCountsTheKernel() {
    INDArray weights = network("fan-in-uniform", "conv 64 3x3").getLayer(0).getParam("W");

    // One channel under a kernel of nine.
    assertThat(weights.amaxNumber().doubleValue()).isBetween(0.32, 1 / 3.0);
  }

  @Test
  void givenAnUnknownName_whenRead_thenTheKnownOnesAreNamed() {
    assertThatThrownBy(() -> InitialWeights.ofLabel("lecun"))
        .hasMessage("'lecun' is none of he-normal, glorot-uniform, fan-in-uniform");
  }

  private static MultiLayerNetwork network(String label, String layer) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            NetworkArchitecture.parse(List.of(layer, "dense 4"))
                .configuration(
                    SHAPE,
                    new Optimisation(
                        1e-3,
                        ClassWeights.equal(4),
                        InitialWeights.ofLabel(label),
                        3,
                        UpdateRule.adam(),
                        Regularisation.none())));
    network.init();
    return network;
  }
}
