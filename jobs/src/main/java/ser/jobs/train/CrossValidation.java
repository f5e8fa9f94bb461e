package ser.jobs.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import ser.jobs.config.TrainConfig;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.model.Emotion;
import ser.model.metrics.Assessment;
import ser.model.metrics.AssessmentJson;
import ser.model.metrics.ClassificationReport;
import ser.model.metrics.ConfusionMatrix;
import ser.model.metrics.Predictions;
import ser.model.split.HeldOut;
import ser.model.split.SpeakerSplit;

/**
 * A model per fold, each tested on speakers whom it has never heard, and one report of all: every
 * recording is judged once, by the model that did not train on its speaker.
 */
final class CrossValidation {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SCHEMA_VERSION = 1;

  private CrossValidation() {}

  /**
   * Writes fold-1, fold-2 and so on under the output, and report.json and report.html last. What is
   * wrong with any fold shows before the first is trained.
   */
  static JobOutcome run(JobContext context, TrainConfig config) {
    List<TrainingPlan> plans = plans(context, config);
    if (context.dryRun()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("folds", plans.size());
      facts.put("output", config.output());
      return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
    }
    try (Checkpoints whole =
        Checkpoints.open(context.storage(), config.output(), config.checkpoints())) {
      ObjectNode report = train(context, config, plans);
      whole.requireHeld();
      EarlierTraining.removeFrom(context.storage(), config.output(), plans.size());
      TrainOutput.writeReport(context, config.output(), report);
      whole.remove();
      removeCheckpoints(context, config, plans.size());
      return outcome(config, report);
    }
  }

  private static List<TrainingPlan> plans(JobContext context, TrainConfig config) {
    context.describe("Read what the features tables hold");
    List<TrainingPlan> plans = new ArrayList<>();
    plans.add(TrainingPlan.of(context, fold(config, 1)));
    plans.get(0).requireBuildable(config);
    for (int fold = 2; fold <= foldsOf(plans.get(0)); fold++) {
      plans.add(TrainingPlan.of(context, fold(config, fold)));
    }
    return plans;
  }

  private static ObjectNode train(
      JobContext context, TrainConfig config, List<TrainingPlan> plans) {
    List<TrainJob.Trained> trained = new ArrayList<>();
    for (TrainingPlan plan : plans) {
      trained.add(TrainJob.fold(context, fold(config, trained.size() + 1), plan));
      // What a fold has cached is of no use to the next one.
      context.javaSpark().getPersistentRDDs().values().forEach(JavaRDD::unpersist);
    }
    ObjectNode report = pooled(trained.stream().map(TrainJob.Trained::report).toList());
    Predictions all =
        trained.stream().map(TrainJob.Trained::test).reduce(Predictions::and).orElseThrow();
    report.withObject("/test").setAll(AssessmentJson.of(Assessment.of(all, config.seed())));
    return report;
  }

  /** They have stayed until now, for a run that is killed to go on from. */
  private static void removeCheckpoints(JobContext context, TrainConfig config, int folds) {
    for (int fold = 1; fold <= folds; fold++) {
      try (Checkpoints left =
          Checkpoints.open(context.storage(), fold(config, fold).output(), config.checkpoints())) {
        left.remove();
      }
    }
  }

  /** The trainings of all folds, each with an output of its own. */
  static List<TrainConfig> folds(JobContext context, TrainConfig config) {
    int folds = foldsOf(TrainingPlan.of(context, fold(config, 1)));
    return IntStream.rangeClosed(1, folds).mapToObj(fold -> fold(config, fold)).toList();
  }

  /**
   * The report over the reports of all folds.
   *
   * @param folds in order, from the first
   */
  static ObjectNode pooled(List<ObjectNode> folds) {
    ObjectNode first = folds.get(0);
    ObjectNode report = JSON.createObjectNode();
    report.put("schema_version", SCHEMA_VERSION);
    for (String key :
        List.of("recipe", "split", "normalise", "transductive", "parameters", "seed", "corpora")) {
      report.set(key, first.path(key));
    }
    report.put("split_detail", "%d folds".formatted(folds.size()));
    for (String key : List.of("speaker_normalisation", "monitor")) {
      if (first.has(key)) {
        report.set(key, first.get(key));
      }
    }
    report.putObject("leaks").set("known", leaks(folds));
    for (int fold = 0; fold < folds.size(); fold++) {
      ObjectNode one = folds.get(fold);
      report
          .withArray("folds")
          .addObject()
          .put("folder", folder(fold + 1))
          .put("split_detail", one.path("split_detail").asText())
          .put("best_epoch", one.path("best_epoch").asInt())
          .put("model_id", one.path("model_id").asText())
          .<ObjectNode>set("epochs", one.path("epochs"))
          .set("test", one.path("test"));
    }
    ObjectNode test = report.putObject("test");
    test.setAll(ClassificationReport.of(confusion(folds)).toJson());
    for (String key : List.of("split", "normalise", "transductive", "labels")) {
      test.set(key, first.path("test").path(key));
    }
    test.put("split_detail", report.path("split_detail").asText());
    test.set("confusion", JSON.valueToTree(confusion(folds).toArray()));
    folds.forEach(
        fold -> fold.path("test").path("speakers").forEach(test.withArray("speakers")::add));
    report.set("provenance", first.path("provenance"));
    ObjectNode overFolds = report.putObject("over_folds");
    for (String metric : List.of("accuracy", "uar", "macro_f1")) {
      overFolds.set(metric, spread(folds, metric));
    }
    return report;
  }

  /** By kind, how often all folds together have it, with the example of the first of them. */
  private static ArrayNode leaks(List<ObjectNode> folds) {
    Map<String, ObjectNode> byKind = new LinkedHashMap<>();
    for (ObjectNode fold : folds) {
      for (JsonNode leak : fold.path("leaks").path("known")) {
        ObjectNode all =
            byKind.computeIfAbsent(
                leak.path("kind").asText(), kind -> leak.<ObjectNode>deepCopy().put("count", 0L));
        all.put("count", all.path("count").asLong() + leak.path("count").asLong());
      }
    }
    return JSON.createArrayNode().addAll(byKind.values());
  }

  /** Mean, sample deviation, least and most of a number over the folds. */
  private static ObjectNode spread(List<ObjectNode> folds, String metric) {
    double[] values =
        folds.stream().mapToDouble(fold -> fold.path("test").path(metric).asDouble()).toArray();
    double mean = java.util.Arrays.stream(values).average().orElseThrow();
    double squares =
        java.util.Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return JSON.createObjectNode()
        .put("mean", mean)
        .put("deviation", Math.sqrt(squares / (values.length - 1)))
        .put("min", java.util.Arrays.stream(values).min().orElseThrow())
        .put("max", java.util.Arrays.stream(values).max().orElseThrow());
  }

  private static ConfusionMatrix confusion(List<ObjectNode> folds) {
    List<Emotion> labels =
        StreamSupport.stream(folds.get(0).path("test").path("labels").spliterator(), false)
            .map(label -> Emotion.ofLabel(label.asText()))
            .toList();
    ConfusionMatrix sum = new ConfusionMatrix(labels);
    for (ObjectNode fold : folds) {
      Iterator<JsonNode> rows = fold.path("test").path("confusion").iterator();
      for (Emotion actual : labels) {
        Iterator<JsonNode> row = rows.next().iterator();
        for (Emotion predicted : labels) {
          sum.add(actual, predicted, row.next().asLong());
        }
      }
    }
    return sum;
  }

  private static TrainConfig fold(TrainConfig config, int fold) {
    return config.with(config.split().withFold(fold), config.output() + "/" + folder(fold));
  }

  /** Of a fold's model and reports, in the output. */
  private static String folder(int fold) {
    return "fold-" + fold;
  }

  private static int foldsOf(TrainingPlan plan) {
    return plan.split() instanceof SpeakerSplit split
            && split.heldOut() instanceof HeldOut.Fold fold
        ? fold.folds()
        : 1;
  }

  private static JobOutcome outcome(TrainConfig config, ObjectNode report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    JsonNode test = report.path("test");
    facts.put("recordings", test.path("recordings").asLong());
    facts.put("quarantined", 0);
    facts.put("folds", report.path("folds").size());
    facts.put("split", report.path("split").asText());
    facts.put("split_detail", report.path("split_detail").asText());
    facts.put("normalise", report.path("normalise").asText());
    facts.put("test_accuracy", rounded(test.path("accuracy")));
    facts.put("test_uar", rounded(test.path("uar")));
    facts.put("test_macro_f1", rounded(test.path("macro_f1")));
    JsonNode uar = report.path("over_folds").path("uar");
    facts.put("fold_uar_mean", rounded(uar.path("mean")));
    facts.put("fold_uar_deviation", rounded(uar.path("deviation")));
    facts.put("output", config.output());
    return new JobOutcome(JobOutcome.Status.DONE, facts);
  }

  private static double rounded(JsonNode value) {
    return Math.round(value.asDouble() * 10_000) / 10_000.0;
  }
}
