package ser.serve.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import ser.features.audio.RejectionReason;
import ser.model.Emotion;
import ser.model.scoring.ScoredWindow;
import ser.serve.engine.Answer;
import ser.serve.engine.Channel;
import ser.serve.engine.ModelResult;
import ser.serve.engine.Pictures;
import ser.serve.engine.Verdict;

/** An {@link Answer} as /api/predict gives it. */
final class AnswerJson {
  private AnswerJson() {}

  static ObjectNode of(Answer answer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("duration_s", answer.durationS());
    json.put("sample_rate_hz", answer.sampleRateHz()).put("channels", answer.channels());
    if (answer.channel().isPresent()) {
      json.put("channel", answer.channel().getAsInt());
    } else {
      json.put("channel", Channel.MIXED);
    }
    json.put(
        "read_in_part",
        answer.results().get(0).readInPart().map(RejectionReason::code).orElse(null));
    ArrayNode results = json.putArray("results");
    answer.results().forEach(result -> results.add(result(result)));
    answer.pictures().ifPresent(pictures -> put(pictures, json));
    return json;
  }

  private static ObjectNode result(ModelResult result) {
    List<Emotion> labels = result.model().file().labels();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", result.model().id());
    json.set("verdict", verdict(result.verdict()));
    json.put("speech_s", result.summary().speechS());
    putProbabilities(json, labels, result.summary().meanProbabilities());
    ArrayNode windows = json.putArray("windows");
    for (ScoredWindow window : result.windows()) {
      ObjectNode item = windows.addObject();
      item.put("start_s", window.startS()).put("end_s", window.endS());
      item.put("speech", window.speech());
      boolean named =
          window.speech()
              && window.probabilities().get(window.best()) >= result.model().abstainBelow();
      item.put("emotion", named ? labels.get(window.best()).label() : null);
      putProbabilities(item, labels, window.probabilities());
    }
    ArrayNode segments = json.putArray("segments");
    result
        .segments()
        .forEach(
            segment ->
                segments
                    .addObject()
                    .put("start_s", segment.startS())
                    .put("end_s", segment.endS())
                    .put("emotion", segment.emotion().label())
                    .put("confidence", segment.confidence()));
    return json;
  }

  private static ObjectNode verdict(Verdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("emotion", verdict.emotion().map(Emotion::label).orElse(null));
    if (verdict.probability().isPresent()) {
      json.put("probability", verdict.probability().getAsDouble());
    } else {
      json.putNull("probability");
    }
    return json.put("not_sure", verdict.notSure());
  }

  /** Null without speech, as in the tables. */
  private static void putProbabilities(
      ObjectNode json, List<Emotion> labels, List<Double> probabilities) {
    if (probabilities.isEmpty()) {
      json.putNull("probabilities");
      return;
    }
    ObjectNode byLabel = json.putObject("probabilities");
    for (int i = 0; i < labels.size(); i++) {
      byLabel.put(labels.get(i).label(), probabilities.get(i));
    }
  }

  private static void put(Pictures pictures, ObjectNode json) {
    ObjectNode waveform = json.putObject("waveform");
    waveform.set("min", numbers(pictures.waveform().low()));
    waveform.set("max", numbers(pictures.waveform().high()));
    ObjectNode logMel = json.putObject("log_mel");
    logMel.put("png", pictures.logMelPng()).put("max_hz", pictures.maxHz());
    ArrayNode marks = logMel.putArray("marks");
    pictures.marks().forEach(mark -> marks.addObject().put("hz", mark.hz()).put("at", mark.at()));
  }

  /** A picture needs no more digits. */
  private static ArrayNode numbers(float[] values) {
    ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
    for (float value : values) {
      numbers.add(Math.round(value * 1e4) / 1e4);
    }
    return numbers;
  }
}
