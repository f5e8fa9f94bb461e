package ser.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import ser.model.ClassWeights;
import ser.model.Serialised;
import ser.model.input.Regularisation;

class UpdateRuleTest {
  private static final NetworkShape SHAPE = new NetworkShape(4, 6, 2);
  private static final double RATE = 0.25;

  @BeforeAll
  static void acceleration() {
    CpuAcceleration.request();
  }

  @ParameterizedTest
  @EnumSource(UpdateRule.Kind.class)
  void givenDecay_whenAStepIsTaken_thenWeightsLoseTheirShareAndBiasesNothing(UpdateRule.Kind kind) {
    MultiLayerNetwork plain = network(new UpdateRule(kind, 0));
    MultiLayerNetwork decayed = network(new UpdateRule(kind, 0.1));
    INDArray before = plain.getParam("1_W").dup();
    DataSet data = data();
    // The rate that counts is the schedule's.
    plain.setLearningRate(RATE / 2);
    decayed.setLearningRate(RATE / 2);

    plain.fit(data);
    decayed.fit(data);

    INDArray difference = plain.getParam("1_W").sub(decayed.getParam("1_W"));
    assertThat(difference.sub(before.mul(0.1 * RATE / 2)).amaxNumber().doubleValue())
        .isLessThan(1e-6);
    assertThat(before.amaxNumber().doubleValue()).isGreaterThan(0.1);
    for (String kept : List.of("0_gamma", "0_beta", "1_b")) {
      assertThat(decayed.getParam(kept)).as(kept).isEqualTo(plain.getParam(kept));
    }
    assertThat(decayed.score()).as("what reports show as the loss").isEqualTo(plain.score());
  }

  @Test
  void givenSgd_whenAStepIsTaken_thenItIsTheGradientTimesTheRate() {
    MultiLayerNetwork network = network(new UpdateRule(UpdateRule.Kind.SGD, 0));
    DataSet data = data();
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    INDArray gradient = network.gradient().gradientForVariable().get("1_W").dup();
    INDArray before = network.getParam("1_W").dup();

    network.fit(data);

    INDArray step = before.sub(network.getParam("1_W"));
    assertThat(step.sub(gradient.mul(RATE / 8)).amaxNumber().doubleValue())
        .isCloseTo(0, within(1e-6));
  }

  @Test
  void givenDecay_whenTheConfigurationTravelsAsJson_thenItArrives() {
    MultiLayerConfiguration configuration =
        network(new UpdateRule(UpdateRule.Kind.ADAM, 0.1)).getLayerWiseConfigurations();

    MultiLayerConfiguration arrived =
        Serialised.copyOf(MultiLayerConfiguration.fromJson(configuration.toJson()));

    assertThat(arrived.getConf(1).getLayer().getRegularizationByParam("W"))
        .containsExactly(new DecoupledDecay(0.1));
  }

  @Test
  void givenADecayThatIsNone_whenMade_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UpdateRule(UpdateRule.Kind.SGD, Double.NaN))
        .withMessage("weight-decay NaN must be at least 0 and below 1");
  }

  private static MultiLayerNetwork network(UpdateRule rule) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            NetworkArchitecture.parse(List.of("batch-norm"))
                .configuration(
                    SHAPE,
                    new Optimisation(
                        RATE,
                        ClassWeights.equal(2),
                        InitialWeights.HE_NORMAL,
                        3,
                        rule,
                        Regularisation.none())));
    network.init();
    return network;
  }

  private static DataSet data() {
    float[] values = new float[8 * SHAPE.inputLength()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * i);
    }
    INDArray labels = Nd4j.zeros(8, 2);
    for (int i = 0; i < 8; i++) {
      labels.putScalar(i, i % 2, 1);
    }
    return new DataSet(Nd4j.create(values, new long[] {8, 4, 6, 1}, 'c'), labels);
  }
}
