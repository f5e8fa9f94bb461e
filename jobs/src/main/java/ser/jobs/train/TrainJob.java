package ser.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import ser.jobs.config.TrainConfig;
import ser.jobs.mlflow.Experiment;
import ser.jobs.mlflow.TrackedRun;
import ser.jobs.run.BuildInfo;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.tables.FeatureTable;
import ser.model.file.Architecture;
import ser.model.file.ModelFile;
import ser.model.file.ModelInput;
import ser.model.file.Provenance;
import ser.model.file.TrainingData;
import ser.model.input.Normaliser;
import ser.model.metrics.ConfusionMatrix;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkWeights;
import ser.model.split.Side;

/** Features in, model file and report out. */
public final class TrainJob {
  private static final String CORPUS = "corpus";
  private static final String MODEL = "model.safetensors";
  private static final String REPORT = "report.json";

  private TrainJob() {}

  public static JobOutcome run(JobContext context, TrainConfig config) {
    context.describe("Read what the features tables hold");
    TrainingPlan plan = TrainingPlan.of(context, config);
    if (context.dryRun()) {
      return dryRun(config, plan);
    }
    plan.requireNoLeak();
    long started = System.currentTimeMillis();
    Optional<Experiment> experiment =
        Experiment.of(config.mlflow(), context.storage(), System.getenv());
    try (Checkpoints checkpoints =
        Checkpoints.open(context.storage(), config.output(), config.checkpoints())) {
      Trained trained = train(context, config, plan, checkpoints);
      // With the checkpoints in place: a server that is away costs no epoch, only this step.
      experiment.ifPresent(
          server -> server.log(trained.tracked(context, started), trained.files()));
      checkpoints.remove();
      return outcome(config, plan, trained.report());
    }
  }

  private record Trained(ObjectNode report, ModelFile model) {
    Map<String, byte[]> files() {
      return Map.of(REPORT, bytes(report.toPrettyString()), MODEL, model.toBytes());
    }

    TrackedRun tracked(JobContext context, long startedMs) {
      return TrackedTraining.of(
          CourseSettings.configured(context.configuration()), report, startedMs);
    }
  }

  private static Trained train(
      JobContext context, TrainConfig config, TrainingPlan plan, Checkpoints checkpoints) {
    InputPreparation inputs =
        new InputPreparation(plan.features(), plan.input(), plan.split(), plan.labels());
    context.describe("Fit the normaliser on the training rows");
    Normaliser normaliser = inputs.normaliser();
    SparkEvaluation evaluation = new SparkEvaluation(context.javaSpark(), plan.labels());
    NetworkArchitecture architecture = config.network().architecture();
    DataParallelTraining training =
        new DataParallelTraining(
            context,
            architecture,
            plan.shape(),
            plan.optimisation(),
            config.schedule(),
            evaluation);

    DataParallelTraining.Result result =
        training.run(
            inputs.inputsOf(Side.TRAINING, normaliser),
            plan.rows().rowsOf(Side.VALIDATION) == 0
                ? Optional.empty()
                : Optional.of(cached(inputs, Side.VALIDATION, normaliser)),
            Optional.of(checkpoints));
    context.describe("Evaluate on the held-out recordings");
    ConfusionMatrix test =
        evaluation
            .of(training.snapshot(result.network()), inputs.inputsOf(Side.TEST, normaliser))
            .confusion();
    SortedMap<String, String> licences = FeatureTable.licences(plan.features().recordings());
    ObjectNode report =
        TrainReport.of(
            new TrainReport.Facts(
                config.recipe(),
                CORPUS,
                plan.split(),
                plan.rows(),
                plan.rows().missing(config.variants()),
                List.copyOf(licences.keySet()),
                test),
            result);
    ModelFile model =
        ModelFile.of(
            new Architecture(config.recipe(), architecture.toText()),
            plan.labels(),
            new ModelInput(plan.spec(), plan.input(), normaliser),
            NetworkWeights.of(result.network()),
            new Provenance(
                plan.split(),
                config.seed(),
                report,
                new TrainingData(rowsPerTable(context, config), licences),
                BuildInfo.commit(),
                context.configuration()));
    report.put("model_id", model.modelId());
    checkpoints.requireHeld();
    context.storage().write(config.output() + "/" + REPORT, bytes(report.toPrettyString()));
    // Last: who sees the model may rely on its report.
    context.storage().write(config.output() + "/" + MODEL, model.toBytes());
    return new Trained(report, model);
  }

  private static JavaRDD<LabelledInput> cached(
      InputPreparation inputs, Side side, Normaliser normaliser) {
    return inputs.inputsOf(side, normaliser).persist(StorageLevel.MEMORY_AND_DISK_SER());
  }

  private static JobOutcome outcome(TrainConfig config, TrainingPlan plan, ObjectNode report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", plan.rows().recordings());
    // What extract could not read is not in its table.
    facts.put("quarantined", 0);
    facts.put("rows", plan.rows().rowsOf(Side.TRAINING));
    facts.put("audio_seconds", audioSeconds(plan.features().recordings()));
    facts.put("epochs", report.path("epochs").size());
    facts.put("best_epoch", report.path("best_epoch").asInt());
    facts.put("split", report.path("split").asText());
    facts.put("corpora", report.path("corpora"));
    facts.put("test_accuracy", rounded(report, "accuracy"));
    facts.put("test_uar", rounded(report, "uar"));
    facts.put("test_macro_f1", rounded(report, "macro_f1"));
    facts.put("model_id", report.path("model_id").asText());
    facts.put("output", config.output());
    return new JobOutcome(JobOutcome.Status.DONE, facts);
  }

  private static double audioSeconds(Dataset<Row> features) {
    return Math.round(features.agg(functions.sum("duration_s")).first().getDouble(0) * 10) / 10.0;
  }

  private static JobOutcome dryRun(TrainConfig config, TrainingPlan plan) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", plan.rows().recordings());
    facts.put("rows", plan.rows().rowsOf(Side.TRAINING));
    facts.put("labels", plan.labels().stream().map(label -> label.label()).toList());
    facts.put("split", plan.split().protocol());
    facts.put("test_speakers", plan.rows().speakersOf(Side.TEST));
    facts.put("validation_speakers", plan.rows().speakersOf(Side.VALIDATION));
    facts.put("output", config.output());
    return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
  }

  private static List<TrainingData.Table> rowsPerTable(JobContext context, TrainConfig config) {
    return config.features().stream()
        .map(
            path ->
                new TrainingData.Table(
                    path,
                    FeatureTable.read(context.spark(), context.storage(), List.of(path)).count()))
        .toList();
  }

  private static double rounded(ObjectNode report, String metric) {
    return Math.round(report.path("test").path(metric).asDouble() * 10_000) / 10_000.0;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
