package ser.jobs.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.EvaluateConfig;
import ser.jobs.config.EvaluateConfig.LeakGap;
import ser.jobs.config.TrainConfig;
import ser.jobs.results.LeakGapPage;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.Variant;
import ser.jobs.train.ComparedTrainings;
import ser.jobs.train.HeldOutResult;
import ser.jobs.train.TrainJob;
import ser.model.metrics.Assessment;
import ser.model.metrics.AssessmentJson;
import ser.model.metrics.ClassificationReport;

/** Trains one recipe under each split and sets the results side by side. */
final class LeakGapRun {
  private static final Logger LOG = LoggerFactory.getLogger(LeakGapRun.class);

  private final JobContext context;
  private final EvaluateConfig config;
  private final LeakGap task;

  LeakGapRun(JobContext context, EvaluateConfig config, LeakGap task) {
    this.context = context;
    this.config = config;
    this.task = task;
  }

  JobOutcome run() {
    if (context.dryRun()) {
      return planned();
    }
    try (ComparedTrainings trainings =
        ComparedTrainings.open(
            context,
            config.output() + "/" + LeakGap.UNFINISHED,
            task.trainings().get(0).checkpoints())) {
      return compare(trainings);
    }
  }

  private JobOutcome compare(ComparedTrainings trainings) {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    TrainConfig any = task.trainings().get(0);
    report.put("schema_version", ReportFiles.SCHEMA_VERSION);
    report.put("kind", "leak-gap");
    report.put("recipe", any.recipe());
    report.put("seed", any.seed());
    ArrayNode protocols = report.putArray("protocols");
    for (TrainConfig training : task.trainings()) {
      HeldOutResult result = trainings.heldOut(training);
      ObjectNode protocol = protocol(result, training.seed());
      protocols.add(protocol);
      report.put("normalise", result.normalise());
      report.put("speaker_scores", training.normalise().scores());
      report.put("parameters", result.parameters());
      LOG.info(
          "split {}, normalise {}: accuracy {}, UAR {}, macro F1 {} on {} recordings",
          result.split(),
          result.normalise(),
          ReportFiles.rounded(protocol.path("accuracy").asDouble()),
          ReportFiles.rounded(protocol.path("uar").asDouble()),
          ReportFiles.rounded(protocol.path("macro_f1").asDouble()),
          protocol.path("recordings").asLong());
    }
    Dataset<Row> recordings =
        FeatureTable.read(context.spark(), context.storage(), config.features())
            .where(Variant.isOriginal());
    ReportFiles.putProvenance(report, TableFacts.of(context, config.features(), recordings));
    trainings.requireHeld();
    ReportFiles.write(
        context, config.output(), report, new LeakGapPage(report).toBytes(context.configuration()));
    trainings.remove();
    return outcome(report, recordings);
  }

  private static ObjectNode protocol(HeldOutResult result, long seed) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("split", result.split());
    json.put("normalise", result.normalise());
    json.put("training_rows", result.trainingRows());
    json.setAll(AssessmentJson.of(Assessment.of(result.test(), seed)));
    int alone = result.withoutTwin().size();
    if (alone > 0 && alone < result.test().size()) {
      json.set("without_twin", ClassificationReport.of(result.withoutTwin().confusion()).toJson());
    } else {
      json.putNull("without_twin");
    }
    return json;
  }

  private JobOutcome planned() {
    Map<String, Object> facts = new LinkedHashMap<>();
    List<Object> trainings = new ArrayList<>();
    for (TrainConfig training : task.trainings()) {
      Map<String, Object> planned = TrainJob.run(context, training).facts();
      facts.putIfAbsent("recordings", planned.get("recordings"));
      Map<String, Object> shown = new LinkedHashMap<>();
      for (String fact : List.of("split", "recordings", "rows")) {
        shown.put(fact, planned.get(fact));
      }
      trainings.add(shown);
    }
    facts.put("recipe", task.trainings().get(0).recipe());
    facts.put("trainings", trainings);
    facts.put(
        "output", List.of(config.output() + "/report.json", config.output() + "/report.html"));
    return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
  }

  private JobOutcome outcome(ObjectNode report, Dataset<Row> recordings) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", recordings.count());
    // What extract could not read is not in its table.
    facts.put("quarantined", 0);
    facts.put("rows", report.path("protocols").path(0).path("training_rows").asLong());
    facts.put("audio_seconds", TableFacts.audioSeconds(recordings));
    facts.put("recipe", report.path("recipe").asText());
    facts.put("normalise", report.path("normalise").asText());
    List<Object> splits = new ArrayList<>();
    for (var protocol : report.path("protocols")) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("split", protocol.path("split").asText());
      shown.put("recordings", protocol.path("recordings").asLong());
      for (String metric : List.of("accuracy", "uar", "macro_f1")) {
        shown.put(metric, ReportFiles.rounded(protocol.path(metric).asDouble()));
      }
      if (protocol.path("without_twin").isObject()) {
        shown.put(
            "accuracy_without_twin",
            ReportFiles.rounded(protocol.path("without_twin").path("accuracy").asDouble()));
        shown.put(
            "recordings_without_twin", protocol.path("without_twin").path("recordings").asLong());
      }
      splits.add(shown);
    }
    facts.put("splits", splits);
    facts.put("output", config.output());
    return new JobOutcome(JobOutcome.Status.DONE, facts);
  }
}
