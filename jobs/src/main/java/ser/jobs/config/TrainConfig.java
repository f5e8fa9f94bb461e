package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.List;
import ser.jobs.UserError;
import ser.model.network.NetworkArchitecture;

/**
 * What {@code ser train} does.
 *
 * @param features features tables
 * @param output folder or prefix of model and report
 * @param recipe the recipe's name, for the report
 * @param network the network and its optimisation
 * @param schedule how long, and how the work is divided
 * @param seed of split, initial weights and order
 */
public record TrainConfig(
    List<String> features,
    String output,
    String recipe,
    NetworkSettings network,
    TrainingSchedule schedule,
    long seed) {

  private static final String GROUP = "ser.train";

  public TrainConfig {
    features = List.copyOf(features);
  }

  public static TrainConfig from(Config config) {
    Settings settings = new Settings(config, GROUP);
    requireOneOf(settings, "split", "speakers");
    requireOneOf(settings, "normalise", "corpus");
    requireOneOf(settings, "class-weights", "balanced", "none");
    settings.checked(
        () -> NetworkArchitecture.named(settings.text("architecture")), "architecture");
    return new TrainConfig(
        settings.requiredList("features", "--features"),
        settings.required("output", "--output"),
        settings.text("recipe"),
        settings.checked(
            () ->
                new NetworkSettings(
                    settings.text("architecture"),
                    settings.integer("input-frames"),
                    settings.decimal("learning-rate"),
                    settings.says("class-weights", "balanced"))),
        settings.checked(
            () ->
                new TrainingSchedule(
                    settings.integer("epochs"),
                    settings.integer("patience"),
                    settings.integer("batch-size-per-worker"),
                    settings.integer("averaging-frequency"),
                    settings.integer("workers"),
                    settings.integer("batch-norm-rows"))),
        settings.number("seed"));
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
