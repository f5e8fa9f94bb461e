package ser.jobs.score;

import java.util.List;
import ser.jobs.config.ScoreConfig;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;
import ser.jobs.run.JobOutcome;
import ser.jobs.run.RecordingRun;
import ser.jobs.storage.RecordingWalk;
import ser.jobs.storage.RunOutput;
import ser.jobs.tables.CallTable;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.SegmentTable;
import ser.jobs.tables.WindowTable;
import ser.model.file.FeatureSpecJson;
import ser.model.file.ModelFile;
import ser.model.file.ModelFileException;
import ser.model.onnx.OnnxModel;
import ser.model.scoring.WindowPlan;

/** Recordings and a model in, windows, segments, calls and quarantine out. */
public final class ScoreJob {
  private static final List<String> TABLES =
      List.of(WindowTable.NAME, SegmentTable.NAME, CallTable.NAME, QuarantineTable.NAME);
  private static final long MODEL_LIMIT_BYTES = 1L << 30;

  private ScoreJob() {}

  public static JobOutcome run(JobContext context, ScoreConfig config) {
    config.recordings().requireReader();
    TaskClassifier.requireAvailable(config.engine());
    ModelFile model = model(context, config);
    WindowPlan plan = plan(model, config);
    RecordingRun run = new RecordingRun("score", config.recordings(), config.output());
    try (RecordingWalk walk = run.walk(context, TABLES)) {
      if (context.dryRun()) {
        return new ScoreDryRun(context, config, model, plan, run, TABLES).over(walk);
      }
      try (RunOutput output = RunOutput.begin(context.storage(), config.output(), TABLES)) {
        return new ScoreRun(context, config, model, plan, run, output).over(walk);
      }
    }
  }

  private static ModelFile model(JobContext context, ScoreConfig config) {
    byte[] bytes = context.storage().read(config.model(), MODEL_LIMIT_BYTES);
    try {
      ModelFile model = ModelFile.read(bytes, config.model());
      OnnxModel.requireFitting(model);
      config
          .askedFeatures()
          .flatMap(asked -> FeatureSpecJson.differences(model.input().featureSpec(), asked))
          .ifPresent(
              differences -> {
                throw new UserError(
                    "Cannot score with %s: it was made with other feature settings than ser.features asks for (%s). Remove ser.features from the configuration, or train a model with these settings."
                        .formatted(config.model(), differences));
              });
      return model;
    } catch (ModelFileException e) {
      throw new UserError(e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot score with %s: %s. Copy the file again, or make a new one with 'ser train'."
              .formatted(config.model(), e.getMessage()),
          e);
    }
  }

  private static WindowPlan plan(ModelFile model, ScoreConfig config) {
    WindowPlan plan =
        WindowPlan.of(model.input(), config.windows().windowS(), config.windows().hopS());
    try {
      plan.windowingAt(model.input().featureSpec().rateFor(8_000));
      return plan;
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot cut recordings by ser.score.window-s and hop-s: %s.".formatted(e.getMessage()),
          e);
    }
  }
}
