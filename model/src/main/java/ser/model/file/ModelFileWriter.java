package ser.model.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

/**
 * Puts what a model file says besides its weights into strings, as {@link ModelFile} lists them.
 */
final class ModelFileWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ModelFileWriter() {}

  static Map<String, String> metadataOf(ModelFile model) {
    Provenance provenance = model.provenance();
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("schema_version", Integer.toString(versionOf(model)));
    metadata.put("recipe", model.architecture().recipe());
    metadata.put("layers", layers(model).toString());
    metadata.put("labels", labels(model).toString());
    metadata.put("feature_spec", FeatureSpecJson.toJson(model.input().featureSpec()).toString());
    metadata.put("input", input(model.input().inputSpec()).toString());
    metadata.put("normaliser", normaliser(model.input()).toString());
    metadata.put("split", split(provenance.split()).toString());
    metadata.put("seed", Long.toString(provenance.seed()));
    metadata.put("metrics", provenance.metrics().toString());
    metadata.put("data", data(provenance.data()).toString());
    metadata.put("licences", licences(provenance.data()).toString());
    metadata.put("commit", provenance.commit());
    metadata.put("configuration", provenance.configuration());
    if (!model.calibration().equals(ModelCalibration.none())) {
      metadata.put("calibration", calibration(model.calibration()).toString());
    }
    if (model.scores() instanceof ScoreNormalisation.BySpeaker speaker) {
      metadata.put("scores", statistics(JSON.objectNode(), speaker.training()).toString());
    }
    return metadata;
  }

  private static JsonNode calibration(ModelCalibration calibration) {
    return JSON.objectNode()
        .put("temperature", calibration.temperature())
        .put("abstain_below", calibration.abstainBelow())
        .put("recordings", calibration.recordings());
  }

  private static JsonNode layers(ModelFile model) {
    ArrayNode layers = JSON.arrayNode();
    model.architecture().layers().forEach(layers::add);
    return layers;
  }

  private static JsonNode labels(ModelFile model) {
    ArrayNode labels = JSON.arrayNode();
    model.labels().forEach(label -> labels.add(label.label()));
    return labels;
  }

  private static JsonNode input(InputSpec input) {
    ObjectNode json = JSON.objectNode();
    ArrayNode channels = json.putArray("channels");
    for (List<InputRows> channel : input.channels()) {
      ArrayNode stack = channels.addArray();
      channel.forEach(rows -> stack.add(rows.toString()));
    }
    json.put("frames", input.frames())
        .put("crop", input.fit().crop().label())
        .put("padding", input.fit().padding().label())
        .put("trim_db", input.fit().trimDb())
        .put("top_db", input.topDb());
    if (isOfFirstKind(input.fit())) {
      return json;
    }
    return json.put("trim", input.fit().trim().label()).put("level", input.fit().level().label());
  }

  /** The lowest version whose readers score as this model means it. */
  static int versionOf(ModelFile model) {
    if (model.scores().bySpeaker()) {
      return ModelFile.SCHEMA_VERSION;
    }
    if (!isOfFirstKind(model.input().inputSpec().fit())) {
      return ModelFile.FIT_VERSION;
    }
    return model.input().bySpeaker() ? ModelFile.SPEAKER_VERSION : ModelFile.FIRST_VERSION;
  }

  /** Trims at the ends and keeps levels, as readers of earlier versions do. */
  private static boolean isOfFirstKind(InputFit fit) {
    return fit.trim() == InputFit.Trim.ENDS && fit.level() == InputFit.Level.ABSOLUTE;
  }

  private static JsonNode normaliser(ModelInput input) {
    ObjectNode json = JSON.objectNode();
    json.put("normalise", input.normalisation().label());
    if (input.normalisation() instanceof Normalisation.Speaker speaker) {
      json.put("prior_s", speaker.priorS());
      json.put("speaker_deviation", speaker.deviation().label());
    }
    return statistics(json, input.normaliser());
  }

  private static JsonNode statistics(ObjectNode json, Normaliser normaliser) {
    addAll(json.putArray("mean"), normaliser.mean());
    addAll(json.putArray("deviation"), normaliser.deviation());
    return json;
  }

  private static void addAll(ArrayNode array, float[] values) {
    for (float value : values) {
      array.add((double) value); // a float's shortest decimal may be rounded twice when read
    }
  }

  private static JsonNode split(Split split) {
    ObjectNode json = JSON.objectNode();
    json.put("protocol", split.protocol()).put("seed", split.seed());
    if (split instanceof SpeakerSplit speakers) {
      heldOut(json, speakers.heldOut());
      for (Side side : Side.values()) {
        ArrayNode list = json.putArray(ModelFileReader.keyOf(side));
        speakers.speakersOf(side).forEach(list::add);
      }
    } else if (split instanceof RecordingSplit recordings) {
      json.put("test_share", recordings.testShare());
      json.put("validation_share", recordings.validationShare());
    }
    return json;
  }

  private static void heldOut(ObjectNode json, HeldOut heldOut) {
    if (heldOut instanceof HeldOut.Fold fold) {
      json.put("held_out", "fold").put("fold", fold.fold()).put("folds", fold.folds());
    } else if (heldOut instanceof HeldOut.Corpora corpora) {
      ArrayNode names = json.put("held_out", "corpora").putArray("test_corpora");
      corpora.names().forEach(names::add);
    } else {
      json.put("held_out", heldOut instanceof HeldOut.Named ? "named" : "draw");
    }
  }

  private static JsonNode data(TrainingData data) {
    ArrayNode list = JSON.arrayNode();
    for (TrainingData.Table table : data.tables()) {
      list.addObject().put("path", table.path()).put("rows", table.rows());
    }
    return list;
  }

  private static JsonNode licences(TrainingData data) {
    ObjectNode json = JSON.objectNode();
    data.licences().forEach(json::put);
    return json;
  }
}
