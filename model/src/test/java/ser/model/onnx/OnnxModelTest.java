package ser.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.spec.Feature;
import ser.model.ClassWeights;
import ser.model.file.ModelFile;
import ser.model.file.Tensor;
import ser.model.input.InputRows;
import ser.model.network.EmotionClassifier;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.NetworkWeights;
import ser.model.network.Optimisation;
import ser.model.network.OutputTemperature;
import ser.model.network.WindowClassifier;

class OnnxModelTest {
  private static final List<String> EVERY_LAYER =
      List.of(
          "conv 4 4x2",
          "relu",
          "batch-norm",
          "max-pool 2x3",
          "conv 5 3x2 valid",
          "batch-norm",
          "relu",
          "conv-time 6 3",
          "dropout 0.2",
          "dense 7",
          "dense 3");

  static List<Path> recipes() throws IOException {
    return RecipeModel.recipes();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void givenARecipesNetwork_whenRunByOnnxRuntime_thenItsProbabilitiesAreThoseOfDl4j(Path recipe)
      throws IOException {
    requireAgreement(RecipeModel.of(recipe));
  }

  @Test
  void givenEvenKernelsAndPoolsThatLeaveARest_whenRun_thenProbabilitiesAreThoseOfDl4j() {
    requireAgreement(small(EVERY_LAYER));
  }

  @Test
  void givenOneChannel_whenRun_thenProbabilitiesAreThoseOfDl4jAlsoWithItsWeightsAsAList() {
    ModelFile model = small(List.of("conv 3 3x3", "relu", "conv 1 3x3", "global-average-pool"));
    Map<String, Tensor> asLists = new TreeMap<>(model.weights());
    asLists.replaceAll(
        (name, tensor) ->
            tensor.shape().length == 2 && (tensor.shape()[0] == 1 || tensor.shape()[1] == 1)
                ? new Tensor(new int[] {tensor.values().length}, tensor.values())
                : tensor);

    assertThat(model.weights().get("output.weight").shape()).containsExactly(5, 1);
    assertThat(asLists).isNotEqualTo(model.weights());
    requireAgreement(model);
    requireAgreement(with(model, asLists));
  }

  @Test
  void givenBlurredPools_whenRun_thenProbabilitiesAreThoseOfDl4j() {
    requireAgreement(
        small(
            List.of(
                "conv 4 3x3",
                "relu",
                "max-blur-pool 2x3",
                "conv 5 3x3",
                "batch-norm",
                "relu",
                "max-blur-pool 2x1",
                "attentive-pool 4")));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 1.7, 6})
  void givenATemperature_whenItIsBuiltIn_thenBothEnginesGiveTheScaledProbabilities(
      double temperature) {
    ModelFile plain = small(EVERY_LAYER);
    NetworkShape shape = NetworkShape.of(plain.input().inputSpec(), plain.labels().size());
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            NetworkArchitecture.parse(plain.architecture().layers())
                .configuration(
                    shape, new Optimisation(1, ClassWeights.equal(plain.labels().size()), 0)));
    network.init();
    NetworkWeights.into(network, plain.weights());

    OutputTemperature.divide(network, temperature);
    ModelFile calibrated = with(plain, NetworkWeights.of(network));

    requireAgreement(calibrated);
    assertThat(calibrated.weights().equals(plain.weights())).isEqualTo(temperature == 1);
    List<float[]> windows = windows(plain, 5);
    try (WindowClassifier before = EmotionClassifier.of(plain);
        WindowClassifier after = EmotionClassifier.of(calibrated)) {
      float[][] expected = before.probabilities(windows);
      float[][] found = after.probabilities(windows);
      for (int i = 0; i < found.length; i++) {
        double sum = 0;
        for (float p : expected[i]) {
          sum += Math.pow(p, 1 / temperature);
        }
        for (int c = 0; c < found[i].length; c++) {
          assertThat((double) found[i][c])
              .isCloseTo(Math.pow(expected[i][c], 1 / temperature) / sum, within(1e-5));
        }
      }
    }
  }

  @Test
  void givenAModel_whenExported_thenTheFileSaysWhatItIs() throws Exception {
    ModelFile model = small(EVERY_LAYER);

    OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    try (OrtSession session = runtime.createSession(OnnxModel.bytesOf(model))) {
      assertThat(((TensorInfo) session.getInputInfo().get("input").getInfo()).getShape())
          .containsExactly(-1, 2, 12, 25);
      assertThat(((TensorInfo) session.getOutputInfo().get("probabilities").getInfo()).getShape())
          .containsExactly(-1, 5);
      assertThat(session.getMetadata().getCustomMetadata())
          .containsAllEntriesOf(model.metadata())
          .containsEntry("model_id", model.modelId())
          .containsEntry("labels", "[\"neutral\",\"happy\",\"sad\",\"angry\",\"fearful\"]")
          .containsKey("feature_spec");
    }
  }

  @Test
  void givenOtherCompany_whenAWindowIsScored_thenItsProbabilitiesAreTheSameBits()
      throws IOException {
    for (Path recipe : RecipeModel.recipes()) {
      ModelFile model = RecipeModel.of(recipe);
      List<float[]> windows = new ArrayList<>(windows(model, WindowClassifier.BATCH));
      try (WindowClassifier classifier = OnnxClassifier.of(model, 1)) {
        float[][] together = classifier.probabilities(windows);

        Collections.rotate(windows, 7);

        assertThat(classifier.probabilities(windows)[12]).as("%s", recipe).isEqualTo(together[5]);
        assertThat(classifier.probabilities(windows.subList(12, 13))[0])
            .as("%s", recipe)
            .isEqualTo(together[5]);
      }
    }
  }

  @Test
  void givenWeightsOfAnotherNetwork_whenExported_thenTheOneThatDoesNotFitIsNamed() {
    ModelFile model = small(EVERY_LAYER);
    Map<String, Tensor> missing = new TreeMap<>(model.weights());
    missing.remove("bn2.gamma");
    Map<String, Tensor> other = new TreeMap<>(model.weights());
    other.put("conv1.bias", new Tensor(new int[] {2}, new float[2]));
    Map<String, Tensor> more = new TreeMap<>(model.weights());
    more.put("dense9.bias", new Tensor(new int[] {2}, new float[2]));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxModel.bytesOf(with(model, missing)))
        .withMessage("weight 'bn2.gamma' is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxModel.bytesOf(with(model, other)))
        .withMessage("weight 'conv1.bias' has the shape [2] where the network needs [4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxModel.bytesOf(with(model, more)))
        .withMessage("no layer has the weights [dense9.bias]");
  }

  private static ModelFile with(ModelFile model, Map<String, Tensor> weights) {
    return ModelFile.of(
        model.architecture(), model.labels(), model.input(), weights, model.provenance());
  }

  private static ModelFile small(List<String> layers) {
    return RecipeModel.of(
        "small",
        layers,
        List.of(
            List.of(new InputRows(Feature.LOG_MEL, 12, 0)),
            List.of(new InputRows(Feature.LOG_MEL, 12, 1))),
        25);
  }

  private static void requireAgreement(ModelFile model) {
    List<float[]> windows = windows(model, 5);
    try (WindowClassifier dl4j = EmotionClassifier.of(model);
        WindowClassifier onnx = OnnxClassifier.of(model, 1)) {
      float[][] expected = dl4j.probabilities(windows);
      float[][] found = onnx.probabilities(windows);

      assertThat(onnx.labels()).isEqualTo(dl4j.labels());
      assertThat(found).hasDimensions(windows.size(), model.labels().size());
      for (int i = 0; i < found.length; i++) {
        for (int c = 0; c < found[i].length; c++) {
          assertThat(found[i][c]).isCloseTo(expected[i][c], within(1e-5f));
        }
      }
      // Agreement on answers that are all alike would prove little.
      assertThat(expected[0]).isNotEqualTo(expected[1]);
    }
  }

  private static List<float[]> windows(ModelFile model, int count) {
    Random random = new Random(3);
    int length = NetworkShape.of(model.input().inputSpec(), 2).inputLength();
    List<float[]> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] window = new float[length];
      for (int v = 0; v < length; v++) {
        window[v] = (float) random.nextGaussian() + 0.3f * i;
      }
      windows.add(window);
    }
    return windows;
  }
}
