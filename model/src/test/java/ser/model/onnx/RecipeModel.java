package ser.model.onnx;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.model.ClassWeights;
import ser.model.Emotion;
import ser.model.file.Architecture;
import ser.model.file.ModelFile;
import ser.model.file.ModelInput;
import ser.model.file.Provenance;
import ser.model.file.Tensor;
import ser.model.file.TrainingData;
import ser.model.input.InputFit;
import ser.model.input.InputRows;
import ser.model.input.InputSpec;
import ser.model.input.Normaliser;
import ser.model.network.CpuAcceleration;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.NetworkWeights;
import ser.model.network.Optimisation;
import ser.model.split.SpeakerSplit;

/** Models with the networks of conf/recipes and weights that nothing was trained to. */
final class RecipeModel {
  private static final Path RECIPES = Path.of("../conf/recipes");
  private static final Pattern LAYERS =
      Pattern.compile("ser\\.train \\{.*?layers = \\[(.*?)]", Pattern.DOTALL);
  private static final Pattern LAYER = Pattern.compile("\"([^\"]+)\"|([a-z][a-z_-]+)");
  private static final Pattern CHANNELS = Pattern.compile("channels = \\[(.*?)]");
  private static final Pattern FRAMES = Pattern.compile("frames = (\\d+)");
  private static final List<Emotion> LABELS =
      List.of(Emotion.NEUTRAL, Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY, Emotion.FEARFUL);

  private RecipeModel() {}

  /** Every recipe that says what its network is. */
  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(RECIPES)) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }

  static ModelFile of(Path recipe) throws IOException {
    String text = Files.readString(recipe).replaceAll("(?m)^\\s*#.*$", "");
    List<List<InputRows>> channels =
        words(LAYER, first(CHANNELS, text)).stream().map(RecipeModel::channel).toList();
    return of(
        recipe.getFileName().toString(),
        words(LAYER, first(LAYERS, text)),
        channels,
        Integer.parseInt(first(FRAMES, text)));
  }

  static ModelFile of(
      String name, List<String> layers, List<List<InputRows>> channels, int frames) {
    CpuAcceleration.request();
    InputSpec input =
        new InputSpec(
            channels,
            InputFit.untrimmed(frames, InputFit.Crop.CENTRE, InputFit.Padding.SILENCE),
            80);
    NetworkShape shape = NetworkShape.of(input, LABELS.size());
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            NetworkArchitecture.parse(layers)
                .configuration(shape, new Optimisation(1, ClassWeights.equal(LABELS.size()), 5)));
    network.init();
    float[] ones = new float[input.allRows()];
    java.util.Arrays.fill(ones, 1);
    return ModelFile.of(
        new Architecture(name, layers),
        LABELS,
        new ModelInput(
            FeatureSpec.librosa(), input, new Normaliser(new float[input.allRows()], ones)),
        unlikeTheInitial(NetworkWeights.of(network)),
        new Provenance(
            new SpeakerSplit(Set.of("a"), Set.of(), Set.of("b"), 1),
            1,
            JsonNodeFactory.instance.objectNode(),
            new TrainingData(List.of(), new TreeMap<>()),
            "",
            ""));
  }

  /** Biases, factors, means and variances that leave nothing as it was, one variance tiny. */
  private static Map<String, Tensor> unlikeTheInitial(Map<String, Tensor> weights) {
    Random random = new Random(11);
    Map<String, Tensor> changed = new TreeMap<>();
    weights.forEach(
        (name, tensor) -> {
          float[] values = tensor.values().clone();
          for (int i = 0; i < values.length; i++) {
            if (name.endsWith(".running_var")) {
              values[i] = i == 0 ? 2e-5f : 0.2f + random.nextFloat();
            } else if (name.endsWith(".gamma")) {
              values[i] = i == 0 ? 1e-2f : 0.5f + random.nextFloat();
            } else if (tensor.shape().length == 1 && !name.endsWith(".score")) {
              values[i] = (float) random.nextGaussian() * 0.3f;
            }
          }
          changed.put(name, new Tensor(tensor.shape(), values));
        });
    return changed;
  }

  private static List<InputRows> channel(String text) {
    return Stream.of(text.split("\\+"))
        .map(String::strip)
        .map(
            rows ->
                InputRows.parse(
                    rows.contains(":")
                        ? rows
                        : rows
                            + ":"
                            + FeatureSpec.librosa().coefficientsOf(Feature.ofColumnName(rows))))
        .toList();
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("the recipe has nothing like " + pattern);
    }
    return matcher.group(1);
  }

  private static List<String> words(Pattern pattern, String text) {
    List<String> words = new ArrayList<>();
    for (MatchResult result : pattern.matcher(text).results().toList()) {
      words.add(result.group(1) == null ? result.group() : result.group(1));
    }
    return words;
  }
}
