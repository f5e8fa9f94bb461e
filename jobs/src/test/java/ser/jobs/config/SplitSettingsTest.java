package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.jobs.error.UserError;

/** Who is tested and who validates, as the configuration says it. */
class SplitSettingsTest {
  @TempDir private static Path folder;

  private static KeyedRecords keys;

  @BeforeAll
  static void recipes() throws IOException {
    keys = KeyedRecords.in(folder);
  }

  @Test
  void givenTestSpeakersChosenInTwoWays_whenRead_thenBothKeysAreNamed() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                TrainConfig.from(
                    keys.load(Map.of("ser.train.folds", "5", "ser.train.test-corpora", "emodb"))))
        .withMessageContaining("ser.train.folds")
        .withMessageContaining("ser.train.test-corpora");
  }

  @ParameterizedTest
  @CsvSource({
    "ser.train.folds, 5",
    "ser.train.test-speakers, ravdess-01",
    "ser.train.validation-speakers, ravdess-01",
    "ser.train.test-corpora, emodb"
  })
  void givenARandomSplit_whenSpeakersAreChosen_thenItIsRefused(String key, String value) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () -> TrainConfig.from(keys.load(Map.of("ser.train.split", "random", key, value))))
        .withMessageContaining("ser.train.split: 'random'")
        .withMessageContaining(key.substring("ser.train.".length()));
  }

  @Test
  void givenARandomSplit_whenNobodyValidates_thenNoRecordingsDoEither() {
    SplitSettings split =
        TrainConfig.from(
                keys.load(
                    Map.of(
                        "ser.train.split", "random",
                        "ser.train.random-test-share", "0.3",
                        "ser.train.validation-speakers", "none")))
            .split();

    assertThat(split.protocol()).isEqualTo(SplitProtocol.RANDOM);
    assertThat(split.shares()).isEqualTo(new SplitSettings.RandomShares(0.3, 0));
  }

  @Test
  void givenFolds_whenOneIsTakenOrTheProtocolChanged_thenTheRestStays() {
    SplitSettings all =
        TrainConfig.from(keys.load(Map.of("ser.train.folds", "5", "ser.train.fold", "all")))
            .split();
    SplitSettings third =
        TrainConfig.from(keys.load(Map.of("ser.train.folds", "5", "ser.train.fold", "3"))).split();

    assertThat(all.allFolds()).isTrue();
    assertThat(third.allFolds()).isFalse();
    assertThat(all.withFold(3)).isEqualTo(third);
    assertThat(all.with(SplitProtocol.RANDOM).allFolds()).isFalse();
  }
}
