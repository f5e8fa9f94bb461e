package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.error.UserError;
import ser.model.ClassWeights;
import ser.model.network.InitialWeights;
import ser.model.network.Optimisation;
import ser.model.network.UpdateRule;

/** From ranges to the settings of a trial. */
class TuneConfigTest {
  @TempDir private Path folder;

  @Test
  void givenDrawnValues_whenATrialIsMade_thenItsKeysAndLayersHaveThem() throws IOException {
    TuneConfig tune =
        tune(
            """
            ser.tune.layers = ["conv {filters} 3x3", relu, "conv {filters * 2} 3x3", "dropout {lost}"]
            ser.tune.space {
              filters = [8], lost = [0.25], learning-rate = [0.002], input.frames = [64]
            }
            """);

    SortedMap<String, Object> drawn = tune.space().draw(tune.seed(), 1);
    TrainConfig trial = TrainConfig.from(tune.trial(drawn, 7));

    assertThat(trial.network().architecture().toText())
        .containsExactly("conv 8 3x3", "relu", "conv 16 3x3", "dropout 0.25");
    assertThat(trial.network().learningRate()).isEqualTo(0.002);
    assertThat(trial.network().input().fit().frames()).isEqualTo(64);
    assertThat(trial.schedule().epochs().least()).isEqualTo(7);
    assertThat(tune.preparing()).containsExactly("input.frames");
  }

  @Test
  void givenRangesOfWhatIsPrepared_whenRead_thenTrialsThatDifferInThemShareNothing()
      throws IOException {
    TuneConfig tune =
        tune(
            """
            ser.tune.space {
              speaker-prior-s = [0, 5], speaker-deviation = [own, corpus], speaker-mixes = [0, 4]
              variants = ["all"], normalise = [speaker]
            }
            """);

    assertThat(tune.preparing())
        .containsExactly(
            "normalise", "speaker-deviation", "speaker-mixes", "speaker-prior-s", "variants");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "speaker-scores = [true]",
        "monitor = [macro-f1, loss]",
        "emotions = [all, common]",
        "least-epochs = [10, 40]",
        "least-rows-seen = [1000, 2000]"
      })
  void givenARangeOfWhatTrialsAreJudgedBy_whenRead_thenItIsRefused(String range) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> tune("ser.tune.space { %s }".formatted(range)))
        .withMessageContaining("Cannot search over ser.train." + range.split(" ")[0]);
  }

  @Test
  void givenNobodyToValidateOn_whenRead_thenTheErrorNamesTheKeyAndTheRecipe() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> tune("ser.train.validation-speakers = none"))
        .withMessageContaining("recipe ")
        .withMessageContaining("ser.train.validation-speakers is none")
        .withMessageContaining("Set it to draw");
  }

  @Test
  void givenRangesOfTheOptimisation_whenATrialIsMade_thenItTrainsByThem() throws IOException {
    TuneConfig tune =
        tune(
            """
            ser.train { optimiser = sgd, class-weights = balanced }
            ser.tune.space {
              weight-decay = [0.03], mixup-alpha = [0.4], initial-weights = [glorot-uniform]
            }
            """);

    Optimisation trial =
        TrainConfig.from(tune.trial(tune.space().draw(1, 1), 3))
            .network()
            .optimisation(new long[] {1, 3}, 5);

    assertThat(trial.rule()).isEqualTo(new UpdateRule(UpdateRule.Kind.SGD, 0.03));
    assertThat(trial.regularisation().mixupAlpha()).isEqualTo(0.4);
    assertThat(trial.initialWeights()).isEqualTo(InitialWeights.GLOROT_UNIFORM);
    assertThat(trial.classWeights()).isEqualTo(ClassWeights.balanced(new long[] {1, 3}));
    assertThat(trial.seed()).isEqualTo(5);
  }

  @Test
  void givenNoLayersOfItsOwn_whenATrialIsMade_thenTheRecipesAreTrained() throws IOException {
    TuneConfig tune = tune("ser.tune.space.learning-rate = [0.002]");

    assertThat(TrainConfig.from(tune.trial(tune.space().draw(1, 1), 3)).network().architecture())
        .isEqualTo(tune.base().network().architecture());
  }

  @Test
  void givenARefusedValue_whenATrialIsMade_thenItsOwnSettingsSaySo() throws IOException {
    TuneConfig tune = tune("ser.tune.space.batch-size-per-worker = [1, 8]");
    SortedMap<String, Object> drawn = new TreeMap<>(Map.of("batch-size-per-worker", 1));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> TrainConfig.from(tune.trial(drawn, 3)))
        .withMessageContaining("batch-size-per-worker 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ser.tune.space.seed = [1, 2]; ser.train.seed",
        "ser.tune.space.workers = [1, 2]; ser.train.workers",
        "ser.tune.space.speed = [1, 2]; 'speed'",
        "ser.tune.space.input = [1, 2]; 'input'",
        "ser.tune { layers = [\"conv {filters} 3x3\"], space.units = [1] }; 'units'",
        "ser.tune.layers = [\"conv {filters} 3x3\"]; {filters}",
        "ser.tune.layers = [\"conv {2 * filters} 3x3\"]; braces",
        "ser.tune { method = halving, space.epochs = [1, 2] }; ser.train.epochs"
      })
  void givenANameThatCannotBeVaried_whenRead_thenTheErrorNamesIt(String text, String named) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> tune(text))
        .withMessageContaining(named);
  }

  @Test
  void givenNoSpace_whenTuned_thenTheErrorSaysWhereItBelongs() throws IOException {
    TuneConfig tune = tune("");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(tune::requireSpace)
        .withMessageContaining("ser.tune.space");
  }

  @Test
  void givenTheShippedRecipeWithASpace_whenRead_thenEveryDrawIsATrainableConfiguration() {
    Config config =
        new ConfigSources(new RecipeFiles(Optional.of(Path.of("../conf/recipes").toFile())))
            .load(
                Optional.empty(),
                Map.of(
                    "ser.train.recipe", "zcr-mfcc-rms-cnn",
                    "ser.train.features", "/features",
                    "ser.tune.output", "/out"));
    TuneConfig tune = TuneConfig.from(config);

    tune.requireSpace();
    for (int trial = 1; trial <= 100; trial++) {
      TrainConfig drawn = TrainConfig.from(tune.trial(tune.space().draw(20, trial), 5));
      assertThat(drawn.network().architecture().toText())
          .hasSameSizeAs(tune.base().network().architecture().toText());
    }
  }

  private TuneConfig tune(String text) throws IOException {
    Path recipes = Files.createDirectories(folder.resolve("recipes"));
    Files.writeString(recipes.resolve("mel-cnn4-gap.conf"), "");
    Path file = Files.writeString(folder.resolve("tune.conf"), text);
    return TuneConfig.from(
        new ConfigSources(new RecipeFiles(Optional.of(recipes.toFile())))
            .load(
                Optional.of(file.toString()),
                Map.of("ser.train.features", "/features", "ser.tune.output", "/out")));
  }
}
