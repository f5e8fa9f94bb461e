package ser.jobs.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import ser.jobs.config.EvaluateConfig.OfModel;
import ser.jobs.config.EvaluateConfig.Rows;
import ser.model.file.ModelFile;
import ser.model.file.TrainingData;
import ser.model.metrics.Assessment;
import ser.model.metrics.AssessmentJson;
import ser.model.metrics.FittedCalibration;
import ser.model.metrics.Predictions;
import ser.model.metrics.Subject;
import ser.model.metrics.TemperatureScaling;

/** The JSON report on a model; what held the recordings out stands beside every number. */
final class ModelReport {
  private static final String ALL_ROWS = "none";
  private static final String SPEAKERS = "speakers";

  private ModelReport() {}

  /**
   * @param trained tables that the model was trained on
   * @param counts recordings by standing
   * @param judging the standings whose recordings judge
   * @param data tables that it is judged on
   */
  record Facts(
      OfModel task,
      ModelFile model,
      TrainedTables trained,
      Map<Standing, Long> counts,
      Set<Standing> judging,
      TrainingData data) {}

  static ObjectNode of(Facts facts, Predictions predictions, Function<Subject, String> standings) {
    ModelFile model = facts.model();
    String split = splitOf(facts.task(), model, facts.judging());
    JsonNode trained = model.provenance().metrics();
    String normalise = trained.path("normalise").asText("corpus");
    long seed = model.provenance().seed();
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("schema_version", ReportFiles.SCHEMA_VERSION);
    report.put("kind", "model");
    report.put("model", facts.task().model());
    report.put("model_id", model.modelId());
    report.put("recipe", model.architecture().recipe());
    report.put("split", split);
    report.put("normalise", normalise);
    report.put("speaker_scores", model.scores().bySpeaker());
    report.put("trained_split", model.provenance().split().protocol());
    report.put("seed", seed);
    report.put("temperature", model.calibration().temperature());
    report.put("rows", facts.task().rows() == Rows.ALL ? "all" : "held-out");
    report.put("leaky", facts.judging().stream().anyMatch(standing -> !standing.heldOut()));
    ObjectNode counts = report.putObject("standings");
    ModelRun.byLabel(facts.counts()).forEach(counts::put);
    ObjectNode audio = report.putObject("audio_compared");
    facts.trained().found().forEach(audio.putArray("with")::add);
    facts.trained().missing().forEach(audio.putArray("not_found")::add);
    ObjectNode test = report.putObject("test");
    test.put("split", split);
    test.put("normalise", normalise);
    test.setAll(AssessmentJson.of(Assessment.of(predictions, seed)));
    FittedCalibration.addBefore(
        test,
        predictions,
        new TemperatureScaling(model.calibration().temperature()),
        model.calibration().recordings());
    test.set("by_standing", AssessmentJson.groups(Assessment.reports(predictions, standings)));
    predictions.by(Subject::speaker).keySet().forEach(test.putArray("speakers")::add);
    ReportFiles.putProvenance(report, facts.data());
    ((ObjectNode) report.path("provenance")).put("model_commit", model.provenance().commit());
    return report;
  }

  /**
   * What held the recordings out: that nobody of the training speaks in them, or the split that the
   * model was trained with; {@code none} if some were learnt from.
   */
  static String splitOf(OfModel task, ModelFile model, Set<Standing> judging) {
    if (task.rows() == Rows.ALL) {
      return ALL_ROWS;
    }
    return judging.contains(Standing.TEST) ? model.provenance().split().protocol() : SPEAKERS;
  }
}
