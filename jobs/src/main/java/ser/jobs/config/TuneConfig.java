package ser.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import ser.jobs.error.UserError;

/**
 * What {@code ser tune} does.
 *
 * @param output folder or prefix of table, report and best.conf
 * @param plan how many trials, and how long each is trained
 * @param score what the best is the best by
 * @param space what is drawn
 * @param layers of the trials
 * @param config all settings, of which each trial changes some
 */
public record TuneConfig(
    String output,
    SearchPlan plan,
    Score score,
    SearchSpace space,
    LayerTemplates layers,
    Config config) {

  private static final String GROUP = "ser.tune";
  private static final String TRAINING = "ser.train";

  /** Keys that trials must have in common, or have no use for. */
  private static final Set<String> FIXED =
      Set.of(
          "features",
          "output",
          "recipe",
          "layers",
          "split",
          // Trials that are judged by other speakers cannot be compared.
          "folds",
          "fold",
          "test-speakers",
          "test-corpora",
          "validation-speakers",
          "random-test-share",
          "random-validation-share",
          // As are trials that tell other emotions apart; and speakers who have none of them would
          // not be drawn.
          "emotions",
          // A search fixes the epochs, or draws them.
          "least-epochs",
          "least-rows-seen",
          "seed",
          "workers",
          "averaging-frequency",
          // Decides at which of its epochs a trial is judged.
          "monitor",
          // Trials are judged before scores are normalised.
          "speaker-scores");

  /** Measures of the validation speakers. */
  public enum Score {
    MACRO_F1("macro-f1"),
    UAR("uar");

    private final String label;

    Score(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    static Score ofLabel(String label) {
      for (Score score : values()) {
        if (score.label.equals(label)) {
          return score;
        }
      }
      throw new IllegalArgumentException("'%s' is none of macro-f1, uar".formatted(label));
    }
  }

  public static TuneConfig from(Config config) {
    Settings settings = new Settings(config, GROUP);
    String output = settings.required("output", "--output");
    Config training = config.withValue("ser.train.output", ConfigValueFactory.fromAnyRef(output));
    // What is wrong with the recipe itself is no matter of a trial.
    TrainConfig base = TrainConfig.from(training);
    TuneConfig tune =
        new TuneConfig(
            output,
            settings.checked(
                () ->
                    new SearchPlan(
                        SearchPlan.Method.ofLabel(settings.text("method")),
                        settings.integer("trials"),
                        base.schedule().epochs().least(),
                        settings.integer("halving-factor")),
                "method",
                "trials",
                "halving-factor"),
            settings.checked(() -> Score.ofLabel(settings.text("score")), "score"),
            SearchSpace.from(config),
            settings.checked(() -> new LayerTemplates(settings.list("layers")), "layers"),
            training);
    tune.requireKnownNames();
    requireValidation(base);
    return tune;
  }

  private static void requireValidation(TrainConfig base) {
    if (base.split().protocol() == SplitProtocol.SPEAKERS && base.split().validation().isNobody()) {
      throw new UserError(
          "Cannot tune the recipe %s: ser.train.validation-speakers is none, and trials are judged on the validation speakers. Set it to draw."
              .formatted(base.recipe()));
    }
  }

  /** The recipe as it is, without anything drawn. */
  public TrainConfig base() {
    return TrainConfig.from(config);
  }

  /** Where numbers come from that are drawn. */
  public long seed() {
    return config.getLong("ser.train.seed");
  }

  /**
   * All settings of one trial.
   *
   * @param drawn parameters by name
   * @param epochs that it is trained for; nothing for as many as its settings say
   * @throws UserError if they do not go together
   */
  public Config trial(SortedMap<String, Object> drawn, int epochs) {
    Config trial = config;
    if (!drawn.containsKey("epochs")) {
      trial = trial.withValue("ser.train.epochs", ConfigValueFactory.fromAnyRef(epochs));
    }
    for (Map.Entry<String, Object> parameter : drawn.entrySet()) {
      String key = TRAINING + "." + parameter.getKey();
      if (config.hasPathOrNull(key)) {
        trial = trial.withValue(key, ConfigValueFactory.fromAnyRef(parameter.getValue()));
      }
    }
    if (layers.layers().isEmpty()) {
      return trial;
    }
    try {
      return trial.withValue(
          "ser.train.layers", ConfigValueFactory.fromIterable(layers.with(drawn)));
    } catch (IllegalArgumentException e) {
      throw new UserError("Wrong value for ser.tune.layers: %s.".formatted(e.getMessage()), e);
    }
  }

  private void requireKnownNames() {
    Set<String> places = layers.names();
    for (String name : space.ranges().keySet()) {
      String key = TRAINING + "." + name;
      boolean isKey = config.hasPathOrNull(key) && !(config.getValue(key) instanceof ConfigObject);
      if (FIXED.contains(name)) {
        throw new UserError(
            "Cannot search over %s: all trials have it in common. Remove it from %s."
                .formatted(key, SearchSpace.KEY));
      }
      if (!isKey && !places.contains(name)) {
        throw new UserError(
            "Cannot search over '%s': it is neither a key of ser.train nor, as {%s}, a place in ser.tune.layers. Correct %s."
                .formatted(name, name, SearchSpace.KEY));
      }
      if (name.equals("epochs") && plan.method() == SearchPlan.Method.HALVING) {
        throw new UserError(
            "Cannot search over ser.train.epochs with ser.tune.method = halving, which chooses them. Remove it from %s."
                .formatted(SearchSpace.KEY));
      }
    }
    Set<String> unknown = new TreeSet<>(places);
    unknown.removeAll(space.ranges().keySet());
    if (!unknown.isEmpty()) {
      throw new UserError(
          "Cannot fill the place {%s} in ser.tune.layers: nothing is said for it in %s."
              .formatted(unknown.iterator().next(), SearchSpace.KEY));
    }
  }

  /**
   * @throws UserError if there is nothing to draw
   */
  public void requireSpace() {
    if (space.ranges().isEmpty()) {
      throw new UserError(
          "Cannot tune the recipe %s: it has no %s. Give the ranges in a file with --config; reference.conf has an example."
              .formatted(config.getString("ser.train.recipe"), SearchSpace.KEY));
    }
  }

  /** Names of parameters that change what the network sees of a row, and so what is prepared. */
  public List<String> preparing() {
    return space.ranges().keySet().stream()
        .filter(name -> name.matches("(input|normalise|speaker-|variants).*"))
        .toList();
  }
}
