package ser.jobs.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import ser.jobs.run.BuildInfo;
import ser.model.file.TrainingData;
import ser.model.metrics.Assessment;
import ser.model.metrics.AssessmentJson;
import ser.model.split.Side;
import ser.model.split.Split;

/** The JSON report of a training run; the split stands beside every number. */
final class TrainReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SCHEMA_VERSION = 1;

  private TrainReport() {}

  /**
   * @param recipe its name
   * @param normalise what the input's mean and deviation were taken over
   * @param split how the recordings were divided
   * @param rows what stands on each side
   * @param missingVariants kinds of variants that were asked for and are not in the tables
   * @param data that is trained on, with its licences
   * @param test what the held-out recordings gave
   */
  record Facts(
      String recipe,
      String normalise,
      Split split,
      SplitRows rows,
      List<String> missingVariants,
      TrainingData data,
      Assessment test) {}

  static ObjectNode of(Facts facts, DataParallelTraining.Result training) {
    ObjectNode report = JSON.createObjectNode();
    report.put("schema_version", SCHEMA_VERSION);
    report.put("recipe", facts.recipe());
    report.put("split", facts.split().protocol());
    report.put("normalise", facts.normalise());
    report.put("parameters", training.network().numParams());
    report.put("seed", facts.split().seed());
    facts.data().licences().keySet().forEach(report.putArray("corpora")::add);
    report.set("speakers", speakers(facts.rows()));
    report.set("rows", rows(facts.rows()));
    facts.missingVariants().forEach(report.putArray("missing_variants")::add);
    report.put("workers", training.workers());
    report.put("acceleration", training.acceleration().toString());
    report.put("best_epoch", training.bestEpoch());
    training.monitor().ifPresent(monitor -> report.put("monitor", monitor.label()));
    report.put("resumed_after_epoch", training.resumedAfter());
    training.epochs().forEach(epoch -> report.withArray("epochs").add(epoch(epoch)));
    report.set("test", test(facts));
    report.set("provenance", provenance(facts));
    return report;
  }

  /**
   * What a model keeps of a report: not how long an epoch took, nor whether a run was interrupted.
   * Equal trainings make equal models, with one id.
   */
  static ObjectNode ofModel(ObjectNode report) {
    ObjectNode kept = report.deepCopy();
    kept.remove("resumed_after_epoch");
    kept.path("epochs").forEach(epoch -> ((ObjectNode) epoch).remove("seconds"));
    return kept;
  }

  private static ObjectNode epoch(Epoch epoch) {
    ObjectNode json = JSON.createObjectNode();
    json.put("epoch", epoch.epoch());
    json.put("loss", epoch.loss());
    json.put("learning_rate", epoch.learningRate());
    json.put("validation_macro_f1", epoch.validation().map(Epoch.Validation::macroF1).orElse(null));
    json.put("validation_loss", epoch.validation().map(Epoch.Validation::loss).orElse(null));
    return json.put("seconds", Math.round(epoch.seconds() * 10) / 10.0);
  }

  private static ObjectNode test(Facts facts) {
    ObjectNode test = JSON.createObjectNode();
    test.put("split", facts.split().protocol());
    test.put("normalise", facts.normalise());
    test.setAll(AssessmentJson.of(facts.test()));
    facts.rows().speakersOf(Side.TEST).forEach(test.putArray("speakers")::add);
    return test;
  }

  private static ObjectNode provenance(Facts facts) {
    ObjectNode provenance = JSON.createObjectNode();
    provenance.put("commit", BuildInfo.commit());
    ArrayNode tables = provenance.putArray("data");
    facts
        .data()
        .tables()
        .forEach(table -> tables.addObject().put("path", table.path()).put("rows", table.rows()));
    ObjectNode licences = provenance.putObject("licences");
    facts.data().licences().forEach(licences::put);
    return provenance;
  }

  /** By side, then by kind of variant. */
  private static ObjectNode rows(SplitRows rows) {
    ObjectNode sides = JSON.createObjectNode();
    for (Side side : Side.values()) {
      ObjectNode kinds = sides.putObject(nameOf(side));
      rows.rowsByKind(side).forEach(kinds::put);
    }
    return sides;
  }

  private static String nameOf(Side side) {
    return side.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static ObjectNode speakers(SplitRows rows) {
    ObjectNode sides = JSON.createObjectNode();
    for (Side side : Side.values()) {
      ArrayNode names = sides.putArray(nameOf(side));
      rows.speakersOf(side).forEach(names::add);
    }
    return sides;
  }
}
