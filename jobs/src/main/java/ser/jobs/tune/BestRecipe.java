package ser.jobs.tune;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.Locale;
import ser.jobs.config.TuneConfig;
import ser.jobs.train.PreparedInputs;
import ser.jobs.tune.TrialResult.Measures;

/**
 * {@code OUTPUT/best.conf}: the best trial as a recipe, complete, so that it means the same
 * whatever the defaults become. Usable with {@code --config}, or, copied to conf/recipes, with
 * {@code --recipe}.
 */
final class BestRecipe {
  private static final ConfigRenderOptions READABLE =
      ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);

  private BestRecipe() {}

  static String of(TuneConfig config, TrialResult best, int trials, PreparedInputs.Sides sides) {
    Config trial = config.trial(best.trial().parameters(), best.trial().epochs());
    Config recipe =
        ConfigFactory.empty()
            .withValue("ser.train", trial.getValue("ser.train"))
            // What tables for it are made with.
            .withValue("ser.features", trial.getValue("ser.features"))
            .withValue("ser.extract.augment", trial.getValue("ser.extract.augment"))
            .withoutPath("ser.train.features")
            .withoutPath("ser.train.output")
            // Its own epochs: those of the last round are all of them.
            .withValue("ser.train.workers", ConfigValueFactory.fromAnyRef(1));
    return comment(config, best, trials, sides) + recipe.root().render(READABLE);
  }

  private static String comment(
      TuneConfig config, TrialResult best, int trials, PreparedInputs.Sides sides) {
    Measures measures = best.measures().orElseThrow();
    return String.format(
        Locale.ROOT,
        """
        # Trial %d of %d of 'ser tune --recipe %s': the best by %s.
        # Validation speakers (%s): macro F1 %.3f, UAR %.3f in epoch %d.
        # That is the best of %d numbers, and so too good; what the recipe is worth, 'ser train' measures on the test speakers,
        # whom the search has not heard (%s with this seed).
        # One worker, as in the trial: with more, a step sees as many times batch-size-per-worker rows.
        """,
        best.trial().number(),
        trials,
        config.config().getString("ser.train.recipe"),
        config.score().label(),
        String.join(", ", sides.validation()),
        measures.macroF1(),
        measures.uar(),
        measures.bestEpoch(),
        trials,
        String.join(", ", sides.test()));
  }
}
