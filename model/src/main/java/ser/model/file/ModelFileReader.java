package ser.model.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import ser.model.Emotion;
import ser.model.input.InputFit;
import ser.model.input.InputRows;
import ser.model.input.InputSpec;
import ser.model.input.Normalisation;
import ser.model.input.Normaliser;
import ser.model.output.ScoreNormalisation;
import ser.model.split.HeldOut;
import ser.model.split.RecordingSplit;
import ser.model.split.Side;
import ser.model.split.SpeakerSplit;
import ser.model.split.Split;

/** Makes a model from the strings that {@link ModelFile} lists, trusting none of them. */
final class ModelFileReader {
  private final Safetensors file;
  private final String id;

  /**
   * @param id of the file
   */
  ModelFileReader(Safetensors file, String id) {
    this.file = file;
    this.id = id;
  }

  ModelFile read() throws ModelFileException {
    requireVersion();
    Architecture architecture =
        parsed(
            "recipe",
            recipe ->
                new Architecture(
                    recipe, parsed("layers", text -> strings(StrictJson.array(text)))));
    List<Emotion> labels = parsed("labels", ModelFileReader::labels);
    ModelInput input =
        parsed(
            "feature_spec",
            spec ->
                new ModelInput(
                    FeatureSpecJson.parse(spec),
                    parsed("input", ModelFileReader::input),
                    parsed("normaliser", ModelFileReader::normaliser),
                    parsed("normaliser", ModelFileReader::normalisation)));
    Provenance provenance =
        new Provenance(
            parsed("split", ModelFileReader::split),
            parsed("seed", Long::parseLong),
            parsed("metrics", StrictJson::object),
            new TrainingData(
                parsed("data", ModelFileReader::tables),
                parsed("licences", ModelFileReader::licences)),
            parsed("commit", text -> text),
            parsed("configuration", text -> text));
    try {
      return requireOfItsVersion(
          new ModelFile(
              architecture,
              labels,
              input,
              file.tensors(),
              provenance,
              calibration(),
              scores(input.normalisation()),
              id));
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(e.getMessage(), e);
    }
  }

  /** The key of a side's speakers: {@code training}. */
  static String keyOf(Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }

  private void requireVersion() throws ModelFileException {
    String version = file.metadata().get("schema_version");
    if (version == null) {
      throw new ModelFileException(
          "its __metadata__ has no 'schema_version', so it was not written by 'ser train'");
    }
    if (IntStream.rangeClosed(ModelFile.FIRST_VERSION, ModelFile.SCHEMA_VERSION)
        .mapToObj(Integer::toString)
        .noneMatch(version::equals)) {
      throw new ModelFileException(
          "its schema version is %s, and this version of ser reads %d to %d"
              .formatted(version, ModelFile.FIRST_VERSION, ModelFile.SCHEMA_VERSION));
    }
  }

  /** Keys that are missing have a meaning, and a damaged one would be taken for missing. */
  private ModelFile requireOfItsVersion(ModelFile model) throws ModelFileException {
    String version = file.metadata().get("schema_version");
    String said = Integer.toString(ModelFileWriter.versionOf(model));
    if (!said.equals(version)) {
      throw new ModelFileException(
          "its schema version is %s, and what it says of its input makes it one of version %s"
              .formatted(version, said));
    }
    return model;
  }

  private <T> T parsed(String key, Parser<T> parser) throws ModelFileException {
    String text = file.metadata().get(key);
    if (text == null) {
      throw new ModelFileException("its __metadata__ lacks '%s'".formatted(key));
    }
    try {
      return parser.parse(text);
    } catch (JsonProcessingException e) {
      throw new ModelFileException(
          "'%s' in its __metadata__: %s".formatted(key, e.getOriginalMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(
          "'%s' in its __metadata__: %s".formatted(key, e.getMessage()), e);
    }
  }

  /** Models of earlier versions have none. */
  private ModelCalibration calibration() throws ModelFileException {
    return file.metadata().containsKey("calibration")
        ? parsed("calibration", ModelFileReader::calibration)
        : ModelCalibration.none();
  }

  private ScoreNormalisation scores(Normalisation rule) throws ModelFileException {
    boolean latest =
        Integer.toString(ModelFile.SCHEMA_VERSION).equals(file.metadata().get("schema_version"));
    if (file.metadata().containsKey("scores") != latest) {
      throw new ModelFileException(
          "'scores' stand in models of schema version %d, and in no others"
              .formatted(ModelFile.SCHEMA_VERSION));
    }
    if (!latest) {
      return new ScoreNormalisation.None();
    }
    Normaliser training = parsed("scores", ModelFileReader::normaliser);
    if (rule instanceof Normalisation.Speaker speaker && speaker.priorS() > 0) {
      return new ScoreNormalisation.BySpeaker(training, speaker);
    }
    throw new ModelFileException(
        "it has 'scores', and is not normalised by speaker with a prior above 0");
  }

  private static ModelCalibration calibration(String text) throws JsonProcessingException {
    ObjectNode json = StrictJson.object(text);
    return new ModelCalibration(
        number(json.path("temperature")),
        number(json.path("abstain_below")),
        wholeNumber(json, "recordings"));
  }

  private static List<Emotion> labels(String text) throws JsonProcessingException {
    return strings(StrictJson.array(text)).stream().map(Emotion::ofLabel).toList();
  }

  private static InputSpec input(String text) throws JsonProcessingException {
    ObjectNode json = StrictJson.object(text);
    List<List<InputRows>> channels = new ArrayList<>();
    require(json.path("channels").isArray(), "a list of channels", json.path("channels"));
    json.path("channels")
        .forEach(channel -> channels.add(strings(channel).stream().map(InputRows::parse).toList()));
    return new InputSpec(
        channels,
        new InputFit(
            smallNumber(json, "frames"),
            InputFit.Crop.ofLabel(string(json.path("crop"))),
            InputFit.Padding.ofLabel(string(json.path("padding"))),
            number(json.path("trim_db")),
            // Both are missing in models of earlier versions.
            json.has("trim")
                ? InputFit.Trim.ofLabel(string(json.path("trim")))
                : InputFit.Trim.ENDS,
            json.has("level")
                ? InputFit.Level.ofLabel(string(json.path("level")))
                : InputFit.Level.ABSOLUTE),
        number(json.path("top_db")));
  }

  private static Normaliser normaliser(String text) throws JsonProcessingException {
    ObjectNode json = StrictJson.object(text);
    return new Normaliser(floats(json.path("mean")), floats(json.path("deviation")));
  }

  private static Normalisation normalisation(String text) throws JsonProcessingException {
    ObjectNode json = StrictJson.object(text);
    if (!json.has("normalise")) {
      return new Normalisation.Corpus(); // as written before there was another one
    }
    String label = string(json.path("normalise"));
    return switch (label) {
      case "corpus" -> new Normalisation.Corpus();
      case "speaker" ->
          new Normalisation.Speaker(
              number(json.path("prior_s")),
              Normalisation.Speaker.Deviation.ofLabel(string(json.path("speaker_deviation"))));
      default -> throw new IllegalArgumentException("normalise '%s' is unknown".formatted(label));
    };
  }

  private static Split split(String text) throws JsonProcessingException {
    ObjectNode json = StrictJson.object(text);
    String protocol = string(json.path("protocol"));
    long seed = wholeNumber(json, "seed");
    return switch (protocol) {
      case "speakers" ->
          new SpeakerSplit(
              speakers(json, Side.TRAINING),
              speakers(json, Side.VALIDATION),
              speakers(json, Side.TEST),
              seed,
              heldOut(json));
      case "random", "random-with-duplicates" ->
          new RecordingSplit(
              protocol.endsWith("duplicates"),
              number(json.path("test_share")),
              number(json.path("validation_share")),
              seed);
      default -> throw new IllegalArgumentException("no split is called '%s'".formatted(protocol));
    };
  }

  private static HeldOut heldOut(ObjectNode json) {
    String label = json.has("held_out") ? string(json.path("held_out")) : "draw";
    return switch (label) {
      case "draw" -> new HeldOut.Draw();
      case "fold" -> new HeldOut.Fold(smallNumber(json, "fold"), smallNumber(json, "folds"));
      case "named" -> new HeldOut.Named();
      case "corpora" -> new HeldOut.Corpora(strings(json.path("test_corpora")));
      default -> throw new IllegalArgumentException("held_out '%s' is unknown".formatted(label));
    };
  }

  private static Set<String> speakers(ObjectNode json, Side side) {
    return new TreeSet<>(strings(json.path(keyOf(side))));
  }

  private static List<TrainingData.Table> tables(String text) throws JsonProcessingException {
    List<TrainingData.Table> tables = new ArrayList<>();
    for (JsonNode table : StrictJson.array(text)) {
      tables.add(new TrainingData.Table(string(table.path("path")), wholeNumber(table, "rows")));
    }
    return tables;
  }

  private static SortedMap<String, String> licences(String text) throws JsonProcessingException {
    SortedMap<String, String> licences = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : StrictJson.object(text).properties()) {
      licences.put(entry.getKey(), string(entry.getValue()));
    }
    return licences;
  }

  private static List<String> strings(JsonNode list) {
    require(list.isArray(), "a list of strings", list);
    List<String> strings = new ArrayList<>();
    list.forEach(node -> strings.add(string(node)));
    return strings;
  }

  private static float[] floats(JsonNode list) {
    require(list.isArray(), "a list of numbers", list);
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) number(list.get(i));
    }
    return values;
  }

  private static String string(JsonNode node) {
    require(node.isTextual(), "a string", node);
    return node.textValue();
  }

  private static double number(JsonNode node) {
    require(node.isNumber(), "a number", node);
    return node.doubleValue();
  }

  private static long wholeNumber(JsonNode json, String key) {
    JsonNode node = json.path(key);
    require(node.isIntegralNumber() && node.canConvertToLong(), "a whole number as " + key, node);
    return node.longValue();
  }

  private static int smallNumber(JsonNode json, String key) {
    long value = wholeNumber(json, key);
    require(value == (int) value, "a smaller number as " + key, json.path(key));
    return (int) value;
  }

  private static void require(boolean condition, String expected, JsonNode found) {
    if (!condition) {
      throw new IllegalArgumentException("expected %s and found '%s'".formatted(expected, found));
    }
  }

  /** What makes a value of one metadata string. */
  @FunctionalInterface
  private interface Parser<T> {
    /**
     * @throws IllegalArgumentException if the text is not of its kind, as a clause
     */
    T parse(String text) throws JsonProcessingException, ModelFileException;
  }
}
