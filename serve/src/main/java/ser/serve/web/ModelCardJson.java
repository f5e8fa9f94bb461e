package ser.serve.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import ser.features.spec.FeatureSpec;
import ser.model.file.ModelFile;
import ser.model.file.Tensor;
import ser.model.split.SpeakerSplit;
import ser.model.split.Split;
import ser.serve.engine.ServedModel;

/** A model's card: what it is, where it comes from, how good it was found to be. */
final class ModelCardJson {
  static final String NOTICE =
      "Inferring the emotions of people at work or in education from their voice is prohibited in the EU (AI Act, Article 5(1)(f)), except for medical or safety reasons. Emotions here are those that actors were asked to play: an answer is no evidence of what somebody feels.";

  private static final List<String> METRICS = List.of("accuracy", "uar", "macro_f1", "recordings");

  private ModelCardJson() {}

  static ObjectNode of(ServedModel served) {
    ModelFile model = served.file();
    JsonNode metrics = model.provenance().metrics();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", served.id()).put("name", served.name());
    json.put("recipe", model.architecture().recipe());
    ArrayNode labels = json.putArray("labels");
    model.labels().forEach(label -> labels.add(label.label()));
    json.put("parameters", parameters(model));
    putInput(json, model);
    json.put("abstain_below", served.abstainBelow());
    json.set("split", split(model.provenance().split()));
    putData(json, model);
    JsonNode test = metrics.path("test");
    json.set("metrics", test.isObject() ? figures(test) : JsonNodeFactory.instance.nullNode());
    json.set("confusion", confusion(test));
    ArrayNode weaknesses = json.putArray("weaknesses");
    Weaknesses.of(model).forEach(weaknesses::add);
    return json.put("notice", NOTICE);
  }

  private static long parameters(ModelFile model) {
    long count = 0;
    for (Tensor tensor : model.weights().values()) {
      count += tensor.values().length;
    }
    return count;
  }

  /** A rate of its own, or none where each recording keeps its rate. */
  private static void putInput(ObjectNode json, ModelFile model) {
    FeatureSpec spec = model.input().featureSpec();
    long samples = spec.frames().samplesOf(model.input().inputSpec().frames());
    if (spec.sampleRateHz() == FeatureSpec.NATIVE_RATE) {
      json.putNull("sample_rate_hz").putNull("window_s");
    } else {
      json.put("sample_rate_hz", spec.sampleRateHz());
      json.put("window_s", (double) samples / spec.sampleRateHz());
    }
    json.put("normalise", model.input().bySpeaker() ? "speaker" : "corpus");
    json.put("speaker_scores", model.scores().bySpeaker());
  }

  private static ObjectNode split(Split split) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("protocol", split.protocol()).put("detail", split.detail());
    if (split instanceof SpeakerSplit speakers) {
      json.put("training_speakers", speakers.training().size());
      json.put("validation_speakers", speakers.validation().size());
      json.put("test_speakers", speakers.test().size());
    }
    return json;
  }

  private static void putData(ObjectNode json, ModelFile model) {
    ArrayNode corpora = json.putArray("corpora");
    ArrayNode licences = json.putArray("licences");
    model
        .provenance()
        .data()
        .licences()
        .forEach(
            (corpus, licence) -> {
              corpora.add(corpus);
              licences.add(licence);
            });
    json.put(
        "training_rows",
        model.provenance().data().tables().stream().mapToLong(table -> table.rows()).sum());
    json.put("commit", model.provenance().commit());
  }

  private static ObjectNode figures(JsonNode test) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    METRICS.forEach(name -> json.set(name, test.path(name)));
    json.put("speakers", test.path("speakers").size());
    json.set("uar_range", test.path("uar_range"));
    return json;
  }

  private static JsonNode confusion(JsonNode test) {
    if (!test.path("confusion").isArray() || !test.path("labels").isArray()) {
      return JsonNodeFactory.instance.nullNode();
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("labels", test.path("labels"));
    json.set("rows", test.path("confusion"));
    return json;
  }
}
