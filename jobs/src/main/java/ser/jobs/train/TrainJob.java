package ser.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import ser.jobs.config.TrainConfig;
import ser.jobs.mlflow.Experiment;
import ser.jobs.mlflow.TrackedRun;
import ser.jobs.run.BuildInfo;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.tables.FeatureTable;
import ser.model.drift.TrainingReference;
import ser.model.file.Architecture;
import ser.model.file.ModelCalibration;
import ser.model.file.ModelFile;
import ser.model.file.Provenance;
import ser.model.file.TrainingData;
import ser.model.input.InputFit;
import ser.model.input.Normalisation;
import ser.model.metrics.Assessment;
import ser.model.metrics.FittedCalibration;
import ser.model.metrics.Predictions;
import ser.model.network.NetworkWeights;
import ser.model.network.OutputTemperature;
import ser.model.output.ScoreNormalisation;
import ser.model.split.Side;

/** Features in, model file and report out. */
public final class TrainJob {
  private static final String MODEL = "model.safetensors";
  private static final String REPORT = "report.json";

  private TrainJob() {}

  public static JobOutcome run(JobContext context, TrainConfig config) {
    if (config.split().allFolds()) {
      return CrossValidation.run(context, config);
    }
    context.describe("Read what the features tables hold");
    TrainingPlan plan = TrainingPlan.of(context, config);
    plan.requireBuildable(config);
    if (context.dryRun()) {
      return dryRun(config, plan);
    }
    return train(context, config, plan, Checkpoints::remove).outcome();
  }

  /**
   * As {@link #run}, for folds, which are reported together. Checkpoints stay: a run that is killed
   * in a later fold finds this one done when it is repeated.
   *
   * @param plan whose layers fit its input
   */
  static Trained fold(JobContext context, TrainConfig config, TrainingPlan plan) {
    return train(context, config, plan, checkpoints -> {});
  }

  /**
   * A training that has ended.
   *
   * @param report that was written
   * @param test what the network makes of the held-out recordings
   */
  record Trained(JobOutcome outcome, ObjectNode report, Predictions test) {}

  /**
   * Trains and judges one model as {@link #run} does, and keeps none of it. Checkpoints stay in the
   * output, for the same call to go on from.
   */
  static HeldOutResult heldOut(JobContext context, TrainConfig config) {
    context.describe("Read what the features tables hold");
    TrainingPlan plan = TrainingPlan.of(context, config);
    plan.requireBuildable(config);
    LeakCheck leaks = plan.leakCheck();
    try (Checkpoints checkpoints =
        Checkpoints.open(context.storage(), config.output(), config.checkpoints())) {
      Fitted fitted = fit(context, config, plan, leaks, checkpoints);
      return HeldOutResult.of(
          plan, config.normalise().rule().label(), fitted.training(), fitted.test());
    }
  }

  private static Trained train(
      JobContext context, TrainConfig config, TrainingPlan plan, Consumer<Checkpoints> atTheEnd) {
    context.describe("Look for leaks between the sides of the split");
    LeakCheck leaks = plan.leakCheck();
    long started = System.currentTimeMillis();
    Optional<Experiment> experiment =
        Experiment.of(config.mlflow(), context.storage(), System.getenv());
    try (Checkpoints checkpoints =
        Checkpoints.open(context.storage(), config.output(), config.checkpoints())) {
      Written written = write(context, config, plan, leaks, checkpoints);
      // With the checkpoints in place: a server that is away costs no epoch, only this step.
      experiment.ifPresent(
          server -> server.log(written.tracked(context, started), written.files()));
      atTheEnd.accept(checkpoints);
      return new Trained(outcome(config, plan, written.report()), written.report(), written.test());
    }
  }

  /** What stands in the output. */
  private record Written(ObjectNode report, ModelFile model, Predictions test) {
    Map<String, byte[]> files() {
      return Map.of(
          REPORT, report.toPrettyString().getBytes(StandardCharsets.UTF_8), MODEL, model.toBytes());
    }

    TrackedRun tracked(JobContext context, long startedMs) {
      return TrackedTraining.of(
          CourseSettings.configured(context.configuration()), report, startedMs);
    }
  }

  private static Written write(
      JobContext context,
      TrainConfig config,
      TrainingPlan plan,
      LeakCheck leaks,
      Checkpoints checkpoints) {
    Fitted fitted = fit(context, config, plan, leaks, checkpoints);
    TrainingData data =
        new TrainingData(
            rowsPerTable(context, config), FeatureTable.licences(plan.features().recordings()));
    ObjectNode report =
        TrainReport.of(
            new TrainReport.Facts(
                config.recipe(),
                config.normalise().rule().label(),
                plan.split(),
                plan.rows(),
                plan.rows().missing(config.variants()),
                data,
                Assessment.of(fitted.test(), config.seed())),
            fitted.training());
    FittedCalibration calibration = fitted.calibration();
    report.set("calibration", calibration.toJson());
    FittedCalibration.addBefore(
        report.withObject("/test"),
        fitted.test(),
        calibration.scaling(),
        calibration.before().size());
    ProtocolFacts.addTo(report, plan, config.normalise(), leaks);
    context.describe("Count what the training rows are like");
    report.set(TrainingReference.key(), TrainedOn.of(plan));
    ModelFile model =
        ModelFile.of(
                new Architecture(config.recipe(), config.network().architecture().toText()),
                plan.labels(),
                fitted.inputs().modelInput(plan),
                NetworkWeights.of(fitted.training().network()),
                new Provenance(
                    plan.split(),
                    config.seed(),
                    TrainReport.ofModel(report),
                    data,
                    BuildInfo.commit(),
                    context.configuration()))
            .with(
                new ModelCalibration(
                    calibration.scaling().temperature(),
                    calibration.limit().below(),
                    calibration.before().size()))
            .with(fitted.scores());
    report.put("model_id", model.modelId());
    checkpoints.requireHeld();
    TrainOutput.write(context, config.output(), report, model);
    return new Written(report, model, fitted.test());
  }

  /** A network that is trained, and what it makes of the held-out recordings. */
  private record Fitted(
      CheckedInputs inputs,
      DataParallelTraining.Result training,
      ScoreNormalisation scores,
      FittedCalibration calibration,
      Predictions test) {}

  private static Fitted fit(
      JobContext context,
      TrainConfig config,
      TrainingPlan plan,
      LeakCheck leaks,
      Checkpoints checkpoints) {
    context.describe("Fit the normaliser on the training rows");
    CheckedInputs inputs =
        CheckedInputs.of(plan.inputs(), config.normalise(), config.seed(), leaks);
    SparkEvaluation evaluation = new SparkEvaluation(context.javaSpark(), plan.labels());
    DataParallelTraining training =
        new DataParallelTraining(
            context,
            config.network().architecture(),
            plan.shape(),
            plan.optimisation(),
            config.schedule(),
            evaluation);
    JavaRDD<LabelledInput> trained = inputs.of(Side.TRAINING);
    JavaRDD<LabelledInput> validated = inputs.of(Side.VALIDATION);
    DataParallelTraining.Result result =
        training.run(
            trained,
            plan.rows().rowsOf(Side.VALIDATION) == 0 ? Optional.empty() : Optional.of(validated),
            checkpoints);
    ScoreNormalisation scores = new ScoreNormalisation.None();
    if (config.normalise().scores()
        && config.normalise().rule() instanceof Normalisation.Speaker rule) {
      context.describe("Measure the scores of the training recordings");
      scores =
          new ScoreNormalisation.BySpeaker(
              evaluation.scores(training.snapshot(result.network()), trained), rule);
    }
    trained.unpersist();
    context.describe("Calibrate on the validation recordings");
    Predictions validation =
        plan.rows().rowsOf(Side.VALIDATION) == 0
            ? new Predictions(plan.labels(), List.of())
            : evaluation
                .predictions(training.snapshot(result.network()), validated)
                .normalised(scores, speaker -> inputs.speechS(Side.VALIDATION, speaker));
    FittedCalibration calibration =
        plan.input().fit().crop() == InputFit.Crop.WINDOWS
            ? FittedCalibration.undivided(validation, config.abstention())
            : FittedCalibration.of(validation, config.abstention());
    OutputTemperature.divide(result.network(), calibration.scaling().temperature());
    ScoreNormalisation calibrated = scores.dividedBy(calibration.scaling().temperature());
    validated.unpersist();
    context.describe("Evaluate on the held-out recordings");
    Predictions test =
        evaluation
            .predictions(training.snapshot(result.network()), inputs.of(Side.TEST))
            .normalised(calibrated, speaker -> inputs.speechS(Side.TEST, speaker));
    return new Fitted(inputs, result, calibrated, calibration, test);
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
    facts.put("split_detail", report.path("split_detail").asText());
    facts.put("normalise", report.path("normalise").asText());
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
    facts.put("split_detail", plan.split().detail());
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
}
