package ser.jobs.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.jobs.config.EvaluateConfig;
import ser.jobs.config.EvaluateConfig.OfModel;
import ser.jobs.config.EvaluateConfig.Rows;
import ser.jobs.error.UserError;
import ser.jobs.results.EvaluationPage;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.Variant;
import ser.model.file.FeatureSpecJson;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.model.metrics.Predictions;
import ser.model.onnx.OnnxModel;

/** Judges a model by the recordings of features tables. */
final class ModelRun {
  private static final long MODEL_LIMIT_BYTES = 1L << 30;

  private final JobContext context;
  private final EvaluateConfig config;
  private final OfModel task;

  ModelRun(JobContext context, EvaluateConfig config, OfModel task) {
    this.context = context;
    this.config = config;
    this.task = task;
  }

  JobOutcome run() {
    ModelFile model = model();
    requireSameSettings(model);
    context.describe("Find the recordings that the model has not learnt from");
    Dataset<Row> features =
        FeatureTable.read(context.spark(), context.storage(), config.features());
    FeatureTable.requireOnce(features.where(Variant.isOriginal()), config.features());
    TrainedTables trained = TrainedTables.of(context.storage(), model, config.features());
    JudgingRows rows =
        new JudgingRows(
            features,
            trained.found().isEmpty()
                ? features.where(functions.lit(false))
                : FeatureTable.read(context.spark(), context.storage(), trained.found()),
            Acquaintance.of(model, task.model()),
            model.labels());
    Map<Standing, Long> counts = rows.counts();
    Set<Standing> judging = judging(counts);
    if (context.dryRun()) {
      return planned(model, counts, judging);
    }
    Dataset<Row> judged = rows.of(judging);
    context.describe("Evaluate " + task.model());
    Predictions predictions = ModelPredictions.of(context, model, judged);
    ObjectNode report =
        ModelReport.of(
            new ModelReport.Facts(
                task,
                model,
                trained,
                counts,
                judging,
                TableFacts.of(context, config.features(), judged)),
            predictions,
            rows.standings());
    ReportFiles.write(
        context,
        config.output(),
        report,
        new EvaluationPage(report).toBytes(context.configuration()));
    return outcome(report, judged);
  }

  private ModelFile model() {
    byte[] bytes = context.storage().read(task.model(), MODEL_LIMIT_BYTES);
    try {
      ModelFile model = ModelFile.read(bytes, task.model());
      OnnxModel.requireFitting(model);
      return model;
    } catch (ModelFileException e) {
      throw new UserError(e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot evaluate %s: %s. Copy the file again, or make a new one with 'ser train'."
              .formatted(task.model(), e.getMessage()),
          e);
    }
  }

  private void requireSameSettings(ModelFile model) {
    FeatureSpec found = FeatureTable.spec(context.storage(), config.features());
    FeatureSpec expected = model.input().featureSpec();
    Set<Feature> needed = model.input().inputSpec().features();
    // More features than the model needs do no harm; other settings change what they say.
    Optional<String> differences =
        found.features().containsAll(needed)
            ? FeatureSpecJson.differences(expected.withFeatures(needed), found.withFeatures(needed))
            : FeatureSpecJson.differences(expected, found);
    if (differences.isPresent()) {
      throw new UserError(
          "Cannot evaluate %s on %s: the model was trained on features of other settings than the tables have (model and tables: %s). Run 'ser extract' again with the model's settings."
              .formatted(task.model(), String.join(",", config.features()), differences.get()));
    }
  }

  private Set<Standing> judging(Map<Standing, Long> counts) {
    Set<Standing> judging = EnumSet.noneOf(Standing.class);
    counts.keySet().stream()
        .filter(
            standing ->
                task.rows() == Rows.ALL ? standing != Standing.UNKNOWN_EMOTION : standing.heldOut())
        .forEach(judging::add);
    if (judging.isEmpty()) {
      throw new UserError(
          "Cannot evaluate %s on %s: none of the recordings is held out from its training (%s). Give recordings of other speakers, or set ser.evaluate.rows = all to judge it by what it has learnt from."
              .formatted(
                  task.model(),
                  String.join(",", config.features()),
                  counts.isEmpty() ? "there are none" : inWords(counts)));
    }
    return judging;
  }

  private static String inWords(Map<Standing, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getKey().label() + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }

  private JobOutcome planned(ModelFile model, Map<Standing, Long> counts, Set<Standing> judging) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", judging.stream().mapToLong(counts::get).sum());
    facts.put("standings", byLabel(counts));
    facts.put("model_id", model.modelId());
    facts.put("split", ModelReport.splitOf(task, model, judging));
    facts.put(
        "output", List.of(config.output() + "/report.json", config.output() + "/report.html"));
    return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
  }

  private JobOutcome outcome(ObjectNode report, Dataset<Row> judged) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", report.path("test").path("recordings").asLong());
    // What extract could not read is not in its table.
    facts.put("quarantined", 0);
    facts.put("rows", report.path("test").path("recordings").asLong());
    facts.put("audio_seconds", TableFacts.audioSeconds(judged));
    facts.put("model_id", report.path("model_id").asText());
    facts.put("split", report.path("split").asText());
    facts.put("normalise", report.path("normalise").asText());
    for (String metric : List.of("accuracy", "uar", "macro_f1")) {
      facts.put(metric, ReportFiles.rounded(report.path("test").path(metric).asDouble()));
    }
    facts.put("standings", report.path("standings"));
    facts.put("output", config.output());
    return new JobOutcome(JobOutcome.Status.DONE, facts);
  }

  static Map<String, Long> byLabel(Map<Standing, Long> counts) {
    Map<String, Long> labels = new LinkedHashMap<>();
    new EnumMap<>(counts).forEach((standing, count) -> labels.put(standing.label(), count));
    return labels;
  }
}
