package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.List;
import ser.jobs.error.UserError;

/**
 * What {@code ser evaluate} does.
 *
 * @param features features tables
 * @param output folder or prefix of the report
 * @param task what is judged
 */
public record EvaluateConfig(List<String> features, String output, Task task) {
  private static final String GROUP = "ser.evaluate";

  /** What is judged. */
  public sealed interface Task permits OfModel, LeakGap {}

  /**
   * A model that was trained before.
   *
   * @param model its file
   * @param rows which recordings it is judged by
   */
  public record OfModel(String model, Rows rows) implements Task {}

  /**
   * A recipe, trained anew under each split.
   *
   * @param trainings the same but for the split, the honest one first
   */
  public record LeakGap(List<TrainConfig> trainings) implements Task {
    /** Folder of the output where the trainings put down their checkpoints. */
    public static final String UNFINISHED = "unfinished";

    public LeakGap {
      trainings = List.copyOf(trainings);
    }
  }

  /** Which recordings a model is judged by. */
  public enum Rows {
    /** What it has not learnt from. */
    HELD_OUT,
    /** All, what it has learnt from too. */
    ALL
  }

  public EvaluateConfig {
    features = List.copyOf(features);
  }

  public static EvaluateConfig from(Config config) {
    Settings settings = new Settings(config, GROUP);
    List<String> features = settings.requiredList("features", "--features");
    String output = settings.required("output", "--output");
    Rows rows = rows(settings);
    Task task =
        settings.truth("leak-gap")
            ? new LeakGap(LeakGapTrainings.of(config, features, output))
            : new OfModel(settings.required("model", "--model FILE, or --leak-gap,"), rows);
    return new EvaluateConfig(features, output, task);
  }

  private static Rows rows(Settings settings) {
    String text = settings.text("rows");
    return switch (text) {
      case "held-out" -> Rows.HELD_OUT;
      case "all" -> Rows.ALL;
      default ->
          throw new UserError(
              "Wrong value for %s.rows: '%s'. It may be held-out or all.".formatted(GROUP, text));
    };
  }
}
