package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.model.split.ValidationSpeakers;

/** The three trainings of a leak gap differ by what they share, and by nothing else. */
class LeakGapTrainingsTest {

  @ParameterizedTest
  @CsvSource({
    "best, speakers, 0, 0",
    "best, random, 0, 0",
    "mfcc-cnn3, speakers, 0, 0",
    "mfcc-cnn3, random, 0, 0",
    "mfcc-delta-cnn4, speakers, 3, 0.15",
    "mfcc-delta-cnn4, random-with-duplicates, 3, 0.15",
    "mel-cnn4-gap, speakers, 3, 0.1"
  })
  void givenARecipe_whenTrainedByEachSplit_thenAllHoldOutForValidationOrNone(
      String recipe, String split, int validating, double share) {
    List<TrainConfig> trainings =
        trainings(Map.of("ser.train.recipe", recipe, "ser.train.split", split));

    assertThat(trainings)
        .extracting(training -> training.split().protocol())
        .containsExactly(
            SplitProtocol.SPEAKERS, SplitProtocol.RANDOM, SplitProtocol.RANDOM_WITH_DUPLICATES);
    assertThat(trainings).filteredOn(training -> training.split().validates()).hasSize(validating);
    assertThat(trainings.subList(1, 3))
        .allSatisfy(
            training -> assertThat(training.split().shares().validation()).isEqualTo(share));
    assertThat(trainings)
        .extracting(training -> training.with(trainings.get(0).split(), "/same"))
        .containsOnly(trainings.get(0).with(trainings.get(0).split(), "/same"));
  }

  @Test
  void givenSpeakersByName_whenTrainedByEachSplit_thenTheyCountWhereSpeakersAreHeldOut() {
    List<TrainConfig> trainings =
        trainings(
            Map.of(
                "ser.train.test-speakers", "ravdess-01",
                "ser.train.validation-speakers", "ravdess-02"));

    assertThat(trainings.get(0).split().test())
        .isEqualTo(new SpeakerChoice.Named(List.of("ravdess-01")));
    assertThat(trainings.get(0).split().validation())
        .isEqualTo(ValidationSpeakers.named(List.of("ravdess-02")));
    assertThat(trainings.get(1).split().test()).isEqualTo(new SpeakerChoice.Drawn());
    assertThat(trainings.get(1).split().validation()).isEqualTo(ValidationSpeakers.drawn());
    assertThat(trainings).allMatch(training -> training.split().validates());
  }

  private static List<TrainConfig> trainings(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(ConfigSourcesTest.REQUIRED);
    all.put("ser.evaluate.leak-gap", "true");
    all.putAll(settings);
    EvaluateConfig config =
        EvaluateConfig.from(
            new ConfigSources(new RecipeFiles(Optional.of(Path.of("../conf/recipes").toFile())))
                .load(Optional.empty(), all));
    return ((EvaluateConfig.LeakGap) config.task()).trainings();
  }
}
