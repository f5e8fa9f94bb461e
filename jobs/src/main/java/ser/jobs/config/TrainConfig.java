package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.List;
import ser.jobs.error.UserError;
import ser.model.metrics.AbstentionRule;
import ser.model.network.InitialWeights;
import ser.model.network.LearningRateSchedule;
import ser.model.network.NetworkArchitecture;
import ser.model.network.UpdateRule;

/**
 * What {@code ser train} does.
 *
 * @param features features tables
 * @param output folder or prefix of model and report
 * @param variants which variants are trained on
 * @param recipe the recipe's name, for the report
 * @param split how the recordings are divided
 * @param featureDemand what the tables' feature settings must be
 * @param emotions which ones are told apart
 * @param normalise what mean and deviation are taken over
 * @param network the network and its optimisation
 * @param schedule how long, and how the work is divided
 * @param abstention below which confidence the model is to say nothing
 * @param checkpoints what is put down on the way
 * @param mlflow where the training is logged
 * @param seed of split, initial weights and order
 */
public record TrainConfig(
    List<String> features,
    String output,
    VariantChoice variants,
    String recipe,
    SplitSettings split,
    FeatureDemand featureDemand,
    EmotionChoice emotions,
    NormaliseSettings normalise,
    NetworkSettings network,
    TrainingSchedule schedule,
    AbstentionRule abstention,
    CheckpointSettings checkpoints,
    MlflowSettings mlflow,
    long seed) {

  private static final String GROUP = "ser.train";

  public TrainConfig {
    features = List.copyOf(features);
  }

  public static TrainConfig from(Config config) {
    Settings settings = new Settings(config, GROUP);
    requireOneOf(settings, "class-weights", "balanced", "none");
    NetworkArchitecture architecture =
        settings.checked(
            () -> NetworkArchitecture.parse(settings.requiredList("layers", "them")), "layers");
    InputSettings input = InputSettings.from(config);
    return new TrainConfig(
        settings.requiredList("features", "--features"),
        settings.required("output", "--output"),
        settings.checked(() -> VariantChoice.named(settings.list("variants")), "variants"),
        settings.text("recipe"),
        SplitSettings.from(config),
        FeatureDemand.from(config),
        EmotionChoice.from(config),
        NormaliseSettings.from(config),
        settings.checked(
            () ->
                new NetworkSettings(
                    architecture,
                    input,
                    settings.decimal("learning-rate"),
                    settings.checked(
                        () -> InitialWeights.ofLabel(settings.text("initial-weights")),
                        "initial-weights"),
                    settings.says("class-weights", "balanced"),
                    updateRule(settings),
                    RegularisationSettings.from(config))),
        settings.checked(
            () ->
                new TrainingSchedule(
                    learningRate(settings),
                    epochs(settings),
                    new EarlyStopping(
                        settings.checked(
                            () -> EarlyStopping.Monitor.ofLabel(settings.text("monitor")),
                            "monitor"),
                        settings.integer("patience")),
                    new Averaging(
                        settings.integer("batch-size-per-worker"),
                        settings.integer("averaging-frequency"),
                        settings.integer("workers"),
                        settings.integer("prefetch-batches"),
                        settings.integer("aggregation-depth")),
                    settings.integer("batch-norm-rows"))),
        settings.checked(
            () ->
                new AbstentionRule(
                    settings.decimal("abstain.target-accuracy"),
                    settings.decimal("abstain.at-most")),
            "abstain.target-accuracy",
            "abstain.at-most"),
        settings.checked(
            () ->
                new CheckpointSettings(
                    settings.integer("checkpoints.every-epochs"),
                    settings.integer("checkpoints.keep"))),
        MlflowSettings.from(config),
        settings.number("seed"));
  }

  private static UpdateRule updateRule(Settings settings) {
    UpdateRule.Kind kind =
        settings.checked(() -> UpdateRule.Kind.ofLabel(settings.text("optimiser")), "optimiser");
    return new UpdateRule(kind, settings.decimal("weight-decay"));
  }

  /** The same with the recordings divided otherwise, written elsewhere. */
  public TrainConfig with(SplitSettings otherSplit, String otherOutput) {
    return new TrainConfig(
        features,
        otherOutput,
        variants,
        recipe,
        otherSplit,
        featureDemand,
        emotions,
        normalise,
        network,
        schedule,
        abstention,
        checkpoints,
        mlflow,
        seed);
  }

  private static EpochCount epochs(Settings settings) {
    EpochCount auto =
        new EpochCount.BySeen(
            settings.integer("least-epochs"), settings.integer("least-rows-seen"));
    return settings.says("epochs", "auto")
        ? auto
        : new EpochCount.Fixed(settings.integer("epochs"));
  }

  private static LearningRateSchedule learningRate(Settings settings) {
    double rate = settings.decimal("learning-rate");
    return switch (settings.text("schedule")) {
      case "constant" -> new LearningRateSchedule.Constant(rate);
      case "plateau" ->
          new LearningRateSchedule.Plateau(
              rate, settings.integer("plateau-patience"), settings.decimal("plateau-factor"));
      case "one-cycle" -> new LearningRateSchedule.OneCycle(rate, epochs(settings).least());
      default ->
          throw new IllegalArgumentException(
              "schedule '%s' is none of constant, plateau, one-cycle"
                  .formatted(settings.text("schedule")));
    };
  }

  private static void requireOneOf(Settings settings, String key, String... values) {
    String value = settings.text(key);
    if (!List.of(values).contains(value)) {
      throw new UserError(
          "Wrong value for %s.%s: '%s'. It may be %s."
              .formatted(GROUP, key, value, String.join(" or ", values)));
    }
  }
}
