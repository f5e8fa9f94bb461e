package ser.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;
import ser.model.Emotion;
import ser.model.file.ModelFile;
import ser.model.scoring.RecordingSummary;
import ser.model.scoring.ScoredWindow;

/** For programs: one JSON object a line. */
final class JsonLines implements ResultPrinter {
  private final PrintStream out;
  private final List<Emotion> labels;
  private final String modelId;
  private final double abstainBelow;
  private final boolean timeline;

  /**
   * @param abstainBelow least probability of an emotion that is named
   */
  JsonLines(PrintStream out, ModelFile model, double abstainBelow, boolean timeline) {
    this.out = out;
    this.labels = model.labels();
    this.modelId = model.modelId();
    this.abstainBelow = abstainBelow;
    this.timeline = timeline;
  }

  @Override
  public void window(String recording, ScoredWindow window) {
    if (!timeline) {
      return;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("recording", recording);
    json.put("start_s", window.startS()).put("end_s", window.endS());
    OptionalInt best = window.speech() ? OptionalInt.of(window.best()) : OptionalInt.empty();
    putEmotion(json, best, window.probabilities());
    out.println(json);
  }

  @Override
  public void recording(String recording, RecordingSummary summary) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("recording", recording);
    putEmotion(json, summary.dominant(), summary.meanProbabilities());
    json.put("duration_s", summary.durationS()).put("speech_s", summary.speechS());
    json.put("windows", summary.windows()).put("model_id", modelId);
    out.println(json);
  }

  /** Without speech all are null, as in the tables. */
  private void putEmotion(ObjectNode json, OptionalInt best, List<Double> probabilities) {
    if (best.isEmpty()) {
      json.putNull("emotion").put("not_sure", false);
      json.putNull("confidence").putNull("probabilities");
      return;
    }
    double confidence = probabilities.get(best.getAsInt());
    boolean sure = confidence >= abstainBelow;
    json.put("emotion", sure ? labels.get(best.getAsInt()).label() : null);
    json.put("not_sure", !sure).put("confidence", confidence);
    ObjectNode byLabel = json.putObject("probabilities");
    for (int i = 0; i < labels.size(); i++) {
      byLabel.put(labels.get(i).label(), probabilities.get(i));
    }
  }
}
