package ser.jobs.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.metrics.Assessment;
import ser.model.metrics.AssessmentJson;
import ser.model.metrics.Prediction;
import ser.model.metrics.Predictions;
import ser.model.metrics.Subject;

/** Reports as jobs write them, about a few recordings that never were. */
final class TestReports {
  static final String HOSTILE = "<script>alert(1)&\".wav";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Emotion> LABELS = List.of(Emotion.SAD, Emotion.ANGRY);

  private TestReports() {}

  /** Of six recordings: five of speaker 1, and one, which has a hostile name, of speaker 2. */
  static ObjectNode assessment() {
    List<Prediction> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(prediction("take-%d.wav".formatted(i), 1, Emotion.SAD, 0.9f - 0.08f * i));
    }
    all.add(prediction(HOSTILE, 2, Emotion.ANGRY, 0.97f));
    return AssessmentJson.of(Assessment.of(new Predictions(LABELS, all), 20));
  }

  private static Prediction prediction(String name, int speaker, Emotion actual, float sad) {
    Gender gender = speaker == 1 ? Gender.MALE : Gender.FEMALE;
    Subject subject = new Subject(name, "ravdess", "ravdess-0" + speaker, gender, "normal");
    return new Prediction(subject, actual, new float[] {sad, 1 - sad});
  }

  static ObjectNode training(String split, String normalise) {
    ObjectNode report = JSON.createObjectNode();
    report.put("recipe", "mfcc-cnn3").put("split", split).put("normalise", normalise);
    if (normalise.equals("speaker")) {
      report
          .putObject("speaker_normalisation")
          .put("prior_s", 30.0)
          .put("deviation", "blended")
          .put("mixes", 0)
          .put("scores", true);
    }
    report.put("parameters", 123_456).put("seed", 20).put("model_id", "0123456789abcdef");
    report.putArray("corpora").add("ravdess");
    ObjectNode speakers = report.putObject("speakers");
    speakers.putArray("training").add("ravdess-03").add("ravdess-04");
    speakers.putArray("validation").add("ravdess-05");
    speakers.putArray("test").add("ravdess-01").add("ravdess-02");
    ObjectNode rows = report.putObject("rows");
    rows.putObject("training").put("noise", 60).put("original", 1_200);
    rows.putObject("validation").put("original", 60);
    rows.putObject("test").put("original", 6);
    report.putArray("missing_variants").add("pitch");
    report
        .put("workers", 2)
        .put("acceleration", "oneDNN")
        .put("best_epoch", 2)
        .put("monitor", "macro-f1");
    ArrayNode epochs = report.putArray("epochs");
    for (int epoch = 1; epoch <= 3; epoch++) {
      epochs
          .addObject()
          .put("epoch", epoch)
          .put("loss", 2.0 / epoch)
          .put("learning_rate", 0.0005)
          .put("validation_macro_f1", 0.5 + 0.01 * epoch)
          .put("validation_loss", 2.5 / epoch)
          .put("seconds", 1.5);
    }
    ObjectNode test = report.putObject("test").put("split", split).put("normalise", normalise);
    test.setAll(assessment());
    putProvenance(report);
    return report;
  }

  /** Of two folds with UAR 50% and 30%. */
  static ObjectNode folds() {
    ObjectNode report = training("speakers", "corpus");
    report.remove(List.of("epochs", "best_epoch", "model_id", "rows", "speakers"));
    report.put("split_detail", "2 folds");
    ((ObjectNode) report.path("test")).put("split_detail", "2 folds");
    for (int fold = 1; fold <= 2; fold++) {
      ObjectNode one = report.withArray("folds").addObject();
      one.put("folder", "fold-" + fold);
      one.put("split_detail", "fold %d of 2".formatted(fold)).put("best_epoch", 4 + fold);
      // The second one learns for an epoch more; neither has a validation side.
      for (int epoch = 1; epoch <= 1 + fold; epoch++) {
        one.withArray("epochs")
            .addObject()
            .put("epoch", epoch)
            .put("loss", 2.0 * fold / epoch)
            .putNull("validation_macro_f1")
            .putNull("validation_loss");
      }
      ObjectNode test = one.putObject("test").put("recordings", 3).put("accuracy", 0.6);
      test.put("uar", 0.7 - 0.2 * fold).put("macro_f1", 0.4);
      test.putArray("speakers").add("ravdess-0" + fold);
    }
    for (String metric : List.of("accuracy", "uar", "macro_f1")) {
      report
          .withObject("/over_folds")
          .putObject(metric)
          .put("mean", 0.4)
          .put("deviation", 0.1414)
          .put("min", 0.3)
          .put("max", 0.5);
    }
    return report;
  }

  static ObjectNode evaluation(String split) {
    ObjectNode report = JSON.createObjectNode();
    report.put("recipe", "mfcc-cnn3").put("split", split).put("normalise", "corpus");
    report.put("model", "/models/" + HOSTILE).put("model_id", "0123456789abcdef");
    report.put("trained_split", "speakers").put("seed", 20);
    report.putObject("standings").put("test", 6).put("training", 60).put("same_audio", 1);
    report.putObject("audio_compared").putArray("not_found").add("/gone/features");
    ObjectNode test = report.putObject("test");
    test.setAll(assessment());
    test.putArray("by_standing")
        .addObject()
        .put("name", "test")
        .put("recordings", 6)
        .put("accuracy", 0.6)
        .put("uar", 0.4)
        .put("macro_f1", 0.5);
    putProvenance(report);
    return report;
  }

  /** Accuracies by split 45%, 70% and 93.4%, of which 67% without a twin. */
  static ObjectNode leakGap() {
    ObjectNode report = JSON.createObjectNode();
    report.put("recipe", "mfcc-cnn3").put("normalise", "corpus").put("parameters", 123_456);
    report.put("seed", 20);
    ArrayNode protocols = report.putArray("protocols");
    protocols.add(protocol("speakers", 0.45));
    protocols.add(protocol("random", 0.7));
    protocols.add(protocol("random-with-duplicates", 0.934));
    ((ObjectNode) protocols.get(2))
        .putObject("without_twin")
        .put("recordings", 2)
        .put("accuracy", 0.67)
        .put("uar", 0.66)
        .put("macro_f1", 0.65);
    putProvenance(report);
    return report;
  }

  private static ObjectNode protocol(String split, double accuracy) {
    ObjectNode protocol = JSON.createObjectNode().put("split", split).put("normalise", "corpus");
    protocol.setAll(assessment());
    return protocol.put("accuracy", accuracy).putNull("without_twin");
  }

  private static void putProvenance(ObjectNode report) {
    ObjectNode provenance = report.putObject("provenance").put("commit", "abc1234");
    provenance.put("model_commit", "def5678");
    provenance.putArray("data").addObject().put("path", "/tables/" + HOSTILE).put("rows", 1_440);
    provenance.putObject("licences").put("ravdess", "CC-BY-NC-SA-4.0");
  }
}
