package ser.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import ser.model.file.ModelFileException;
import ser.model.file.Safetensors;
import ser.model.file.Tensor;

/**
 * A checkpoint as a safetensors file: {@code parameters}, {@code updater_state} and {@code
 * best_parameters}, each [values] in DL4J's order; in {@code __metadata__} the {@code epochs}, the
 * {@code best} epoch, the {@code steps}, and the {@code settings} that the training had, as JSON.
 * Nothing in it is code.
 *
 * @param settings what decides the course of the training
 * @param state after an epoch
 */
record CheckpointFile(SortedMap<String, String> settings, TrainingState state) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "ser-checkpoint";
  private static final String SCHEMA_VERSION = "1";

  byte[] toBytes() {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("format", FORMAT);
    metadata.put("schema_version", SCHEMA_VERSION);
    metadata.put("settings", text(JSON.valueToTree(settings)));
    metadata.put("steps", Integer.toString(state.weights().steps()));
    ArrayNode epochs = JSON.createArrayNode();
    state.epochs().forEach(epoch -> epochs.add(toJson(epoch)));
    metadata.put("epochs", text(epochs));
    metadata.put(
        "best",
        text(
            JSON.createObjectNode()
                .put("epoch", state.best().epoch())
                .put("score", state.best().score())));
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put("parameters", tensor(state.weights().parameters()));
    tensors.put("updater_state", tensor(state.weights().updaterState()));
    tensors.put("best_parameters", tensor(state.best().parameters()));
    return Safetensors.of(metadata, tensors).toBytes();
  }

  /**
   * @throws ModelFileException if the bytes are no checkpoint
   */
  static CheckpointFile read(byte[] bytes) throws ModelFileException {
    Safetensors file = Safetensors.read(bytes);
    Map<String, String> metadata = file.metadata();
    if (!FORMAT.equals(metadata.get("format"))
        || !SCHEMA_VERSION.equals(metadata.get("schema_version"))) {
      throw new ModelFileException(
          "it is no checkpoint of schema version %s".formatted(SCHEMA_VERSION));
    }
    try {
      List<Epoch> epochs = new ArrayList<>();
      JSON.readTree(metadata.get("epochs")).forEach(epoch -> epochs.add(epoch(epoch)));
      JsonNode best = JSON.readTree(metadata.get("best"));
      return new CheckpointFile(
          JSON.readValue(metadata.get("settings"), new TypeReference<TreeMap<String, String>>() {}),
          new TrainingState(
              epochs,
              new Weights(
                  values(file, "parameters"),
                  values(file, "updater_state"),
                  Integer.parseInt(metadata.get("steps"))),
              new TrainingState.Best(
                  best.required("epoch").intValue(),
                  best.required("score").doubleValue(),
                  values(file, "best_parameters"))));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new ModelFileException(
          "its metadata is not that of a checkpoint: " + e.getMessage(), e);
    }
  }

  private static ObjectNode toJson(Epoch epoch) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("epoch", epoch.epoch())
            .put("loss", epoch.loss())
            .put("learning_rate", epoch.learningRate())
            .put("seconds", epoch.seconds());
    epoch
        .validation()
        .ifPresent(
            validation ->
                json.putObject("validation")
                    .put("macro_f1", validation.macroF1())
                    .put("loss", validation.loss()));
    return json;
  }

  private static Epoch epoch(JsonNode json) {
    Optional<Epoch.Validation> validation =
        Optional.ofNullable(json.get("validation"))
            .map(
                node ->
                    new Epoch.Validation(
                        node.required("macro_f1").doubleValue(),
                        node.required("loss").doubleValue()));
    return new Epoch(
        json.required("epoch").intValue(),
        json.required("loss").doubleValue(),
        json.required("learning_rate").doubleValue(),
        validation,
        json.required("seconds").doubleValue());
  }

  private static Tensor tensor(float[] values) {
    return new Tensor(new int[] {values.length}, values);
  }

  private static float[] values(Safetensors file, String name) {
    Tensor tensor = file.tensors().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("tensor '%s' is missing".formatted(name));
    }
    return tensor.values();
  }

  private static String text(JsonNode json) {
    return json.toString();
  }
}
