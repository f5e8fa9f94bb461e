package ser.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import ser.features.spec.Feature;
import ser.model.ClassWeights;
import ser.model.Emotion;
import ser.model.input.InputFit;
import ser.model.input.InputRows;
import ser.model.input.InputSpec;

class NetworkArchitectureTest {
  @BeforeAll
  static void acceleration() {
    CpuAcceleration.request();
  }

  @Test
  void givenEveryKindOfLayer_whenPrinted_thenItIsAsWritten() {
    List<String> layers =
        List.of(
            "conv 16 3x3",
            "batch-norm",
            "relu",
            "max-pool 2x2",
            "max-blur-pool 2x1",
            "dropout 0.25",
            "dropout 0.0005",
            "conv 32 10x5 valid",
            "conv-time 8 3",
            "attentive-pool 4",
            "dense 12");

    assertThat(NetworkArchitecture.parse(layers).toText()).isEqualTo(layers);
    assertThat(NetworkArchitecture.parse(List.of("global-average-pool")).toText())
        .containsExactly("global-average-pool");
  }

  @Test
  void givenASmallShareAsEarlierBuildsPrintedIt_whenParsed_thenItIsThatShare() {
    assertThat(NetworkArchitecture.parse(List.of("dropout 5.0E-4")).toText())
        .containsExactly("dropout 0.0005");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm 64",
        "conv 16",
        "conv 0 3x3",
        "conv-time 8 4",
        "attentive-pool",
        "dropout 1.5",
        "dense",
        "dense 99999",
        "dense 3000000000",
        "dropout 2E-4000",
        ""
      })
  void givenALayerThatIsNone_whenParsed_thenRefused(String layer) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkArchitecture.parse(List.of(layer)));
  }

  @Test
  void givenAConvolutionBehindADenseLayer_whenParsed_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkArchitecture.parse(List.of("dense 8", "conv 8 3x3")))
        .withMessage("'conv 8 3x3' cannot follow 'dense 8', which leaves no rows and frames");
  }

  @Test
  void givenAConvolutionBehindAPooling_whenParsed_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkArchitecture.parse(List.of("attentive-pool 8", "relu")))
        .withMessageContaining("'relu' cannot follow 'attentive-pool 8'");
  }

  @Test
  void givenAConvolutionOverTime_whenActivated_thenOneRowAndAllFramesAreLeft() {
    MultiLayerNetwork network =
        network(List.of("conv-time 6 5", "relu"), new NetworkShape(4, 9, 2, 2));
    INDArray images = Nd4j.rand(3, 4, 9, 2);

    INDArray result =
        network.getLayer(0).activate(images, false, LayerWorkspaceMgr.noWorkspaces()).dup('c');

    assertThat(result.shape()).containsExactly(3, 1, 9, 6);
    INDArray weights = network.getParam("0_W");
    double sum = network.getParam("0_b").getDouble(2);
    // Frame 1: of the kernel's five frames the first lies before the input.
    for (int frame = 0; frame <= 3; frame++) {
      for (int row = 0; row < 4; row++) {
        for (int channel = 0; channel < 2; channel++) {
          sum +=
              images.getDouble(1, row, frame, channel)
                  * weights.getDouble(2, channel, row, frame + 1);
        }
      }
    }
    assertThat(result.getDouble(1, 0, 1, 2)).isCloseTo(Math.max(0, sum), within(1e-5));
  }

  @ParameterizedTest(name = "{0}x{1} of {2}x{3}")
  @CsvSource({"2, 2, 8, 10", "2, 1, 7, 5", "1, 3, 4, 11", "3, 2, 9, 9", "2, 3, 2, 4"})
  void givenABlurredPool_whenRun_thenEachPlaceIsTheMeanOfTheMaximaAroundIt(
      int height, int width, int rows, int frames) {
    MultiLayerNetwork network =
        network(
            List.of("max-blur-pool %dx%d".formatted(height, width)),
            new NetworkShape(rows, frames, 2, 2));
    INDArray images = Nd4j.rand(DataType.FLOAT, 2, rows, frames, 2);

    INDArray pooled = network.feedForwardToLayer(1, images).get(2);

    assertThat(pooled.shape()).containsExactly(2, rows / height, frames / width, 2);
    for (int row = 0; row < rows / height; row++) {
      for (int frame = 0; frame < frames / width; frame++) {
        double sum = 0;
        int count = 0;
        for (int y = (row - 1) * height + 1; y < (row + 1) * height; y++) {
          for (int x = (frame - 1) * width + 1; x < (frame + 1) * width; x++) {
            if (y >= 0 && x >= 0 && y + height <= rows && x + width <= frames) {
              sum += largest(images, y, y + height, x, x + width);
              count++;
            }
          }
        }
        assertThat(pooled.getDouble(1, row, frame, 1)).isCloseTo(sum / count, within(1e-6));
      }
    }
  }

  private static double largest(INDArray images, int top, int bottom, int from, int to) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int y = top; y < bottom; y++) {
      for (int x = from; x < to; x++) {
        largest = Math.max(largest, images.getDouble(1, y, x, 1));
      }
    }
    return largest;
  }

  @Test
  void givenConvolutionsOverTime_whenBuilt_thenParametersAreThoseOfKerasConv1D() {
    // Conv1D(64, 5) on 13 coefficients, Conv1D(128, 5), dense 64, softmax of 8; 4,096 flattened.
    MultiLayerNetwork network =
        network(
            List.of(
                "conv 64 13x5 valid",
                "relu",
                "max-pool 1x2",
                "dropout 0.3",
                "conv 128 1x5 valid",
                "relu",
                "max-pool 1x2",
                "dropout 0.3",
                "dense 64"),
            new NetworkShape(13, 140, 8));

    assertThat(network.numParams())
        .isEqualTo(64 * (13 * 5 + 1) + 128 * (64 * 5 + 1) + 64 * (128 * 32 + 1) + 8 * 65);
  }

  /** The softmax is the only dense layer; its input is an image, or what pooling left of one. */
  @ParameterizedTest
  @ValueSource(strings = {"max-pool 2x2", "global-average-pool"})
  void givenNoDenseLayer_whenAWindowIsScored_thenAsTheNetworkItselfDoes(String last) {
    NetworkShape shape = new NetworkShape(6, 8, 3);
    MultiLayerNetwork network = network(List.of("conv 2 3x3", "relu", last), shape);
    float[] window = new float[6 * 8];
    for (int i = 0; i < window.length; i++) {
      window[i] = (float) Math.sin(i);
    }

    float[] scored =
        EmotionClassifier.of(network, shape, List.of(Emotion.CALM, Emotion.SAD, Emotion.ANGRY))
            .probabilities(List.of(window))[0];

    assertThat(scored)
        .containsExactly(
            network.output(shape.batchOf(List.of(window), 1)).toFloatVector(), offset(1e-6f));
  }

  @Test
  void givenAnInputTooSmall_whenBuilt_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> network(List.of("max-pool 2x2", "max-pool 2x2"), new NetworkShape(3, 40, 2)))
        .withMessageContaining("3 rows x 40 frames is too small");
  }

  @Test
  void givenChannels_whenPutIntoABatch_thenTheyAreInnermost() {
    InputSpec input =
        new InputSpec(
            List.of(
                List.of(new InputRows(Feature.MFCC, 1, 0)),
                List.of(new InputRows(Feature.MFCC, 1, 1))),
            InputFit.untrimmed(2, InputFit.Crop.START, InputFit.Padding.SILENCE),
            80);

    INDArray batch = NetworkShape.of(input, 2).batchOf(List.of(new float[] {1, 2, 10, 20}), 2);

    assertThat(batch.shape()).containsExactly(2, 1, 2, 2);
    assertThat(batch.ravel().toFloatVector()).containsExactly(1, 10, 2, 20, 0, 0, 0, 0);
  }

  private static MultiLayerNetwork network(List<String> layers, NetworkShape shape) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            NetworkArchitecture.parse(layers)
                .configuration(
                    shape, new Optimisation(1e-3, ClassWeights.equal(shape.classes()), 1)));
    network.init();
    return network;
  }
}
