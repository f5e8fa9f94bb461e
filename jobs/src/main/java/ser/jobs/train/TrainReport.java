package ser.jobs.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import ser.model.SpeakerSplit;
import ser.model.metrics.ClassificationReport;
import ser.model.metrics.ConfusionMatrix;

/** The JSON report of a training run; the split stands beside every number. */
final class TrainReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SCHEMA_VERSION = 1;

  private TrainReport() {}

  /**
   * @param recipe its name
   * @param protocol of the split
   * @param normalise what the input's mean and deviation were taken over
   * @param split the speakers of each side
   * @param corpora that the rows come from
   * @param test what the held-out speakers gave
   */
  record Facts(
      String recipe,
      String protocol,
      String normalise,
      SpeakerSplit split,
      List<String> corpora,
      ConfusionMatrix test) {}

  static ObjectNode of(Facts facts, DataParallelTraining.Result training) {
    ObjectNode report = JSON.createObjectNode();
    report.put("schema_version", SCHEMA_VERSION);
    report.put("recipe", facts.recipe());
    report.put("split", facts.protocol());
    report.put("normalise", facts.normalise());
    report.put("parameters", training.network().numParams());
    report.put("seed", facts.split().seed());
    facts.corpora().forEach(report.putArray("corpora")::add);
    report.set("speakers", speakers(facts.split()));
    report.put("workers", training.workers());
    report.put("acceleration", training.acceleration().toString());
    report.put("best_epoch", training.bestEpoch());
    training.epochs().forEach(epoch -> report.withArray("epochs").add(epoch(epoch)));
    report.set("test", test(facts));
    return report;
  }

  private static ObjectNode epoch(Epoch epoch) {
    ObjectNode json = JSON.createObjectNode();
    json.put("epoch", epoch.epoch());
    json.put("loss", epoch.loss());
    json.put("learning_rate", epoch.learningRate());
    epoch
        .validationMacroF1()
        .ifPresentOrElse(
            f1 -> json.put("validation_macro_f1", f1), () -> json.putNull("validation_macro_f1"));
    return json.put("seconds", Math.round(epoch.seconds() * 10) / 10.0);
  }

  private static ObjectNode test(Facts facts) {
    Set<String> speakers = facts.split().speakersOf(SpeakerSplit.Side.TEST);
    ObjectNode test = JSON.createObjectNode();
    test.put("split", facts.protocol());
    test.setAll(ClassificationReport.of(facts.test()).toJson());
    ArrayNode labels = test.putArray("labels");
    facts.test().labels().forEach(label -> labels.add(label.label()));
    test.set("confusion", JSON.valueToTree(facts.test().toArray()));
    test.put("recordings", facts.test().total());
    speakers.stream().sorted().forEach(test.putArray("speakers")::add);
    return test;
  }

  private static ObjectNode speakers(SpeakerSplit split) {
    ObjectNode sides = JSON.createObjectNode();
    for (SpeakerSplit.Side side : SpeakerSplit.Side.values()) {
      ArrayNode names = sides.putArray(side.name().toLowerCase(java.util.Locale.ROOT));
      split.speakersOf(side).stream().sorted().forEach(names::add);
    }
    return sides;
  }
}
