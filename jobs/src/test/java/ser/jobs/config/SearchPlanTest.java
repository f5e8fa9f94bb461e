package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import ser.jobs.config.SearchPlan.Method;
import ser.jobs.config.SearchPlan.Round;

class SearchPlanTest {
  @Test
  void givenRandomSearch_whenPlanned_thenAllTrialsHaveAllEpochs() {
    assertThat(new SearchPlan(Method.RANDOM, 20, 60, 3).rounds())
        .containsExactly(new Round(1, 20, 60));
  }

  @Test
  void givenHalving_whenPlanned_thenEachRoundHasAThirdOfTheTrialsAndThreeTimesTheEpochs() {
    assertThat(new SearchPlan(Method.HALVING, 27, 81, 3).rounds())
        .containsExactly(
            new Round(1, 27, 3), new Round(2, 9, 9), new Round(3, 3, 27), new Round(4, 1, 81));
  }

  @Test
  void givenNumbersThatDoNotDivide_whenPlanned_thenTrialsAreRoundedDownAndTheLastRoundIsWhole() {
    assertThat(new SearchPlan(Method.HALVING, 20, 60, 3).rounds())
        .containsExactly(new Round(1, 20, 7), new Round(2, 6, 20), new Round(3, 2, 60));
  }

  @Test
  void givenFewEpochs_whenPlanned_thenNoRoundHasLessThanOne() {
    assertThat(new SearchPlan(Method.HALVING, 100, 4, 2).rounds())
        .containsExactly(new Round(1, 100, 1), new Round(2, 50, 2), new Round(3, 25, 4));
  }

  @Test
  void givenFewTrials_whenPlanned_thenThereIsOneRound() {
    assertThat(new SearchPlan(Method.HALVING, 2, 60, 3).rounds())
        .containsExactly(new Round(1, 2, 60));
  }

  @Test
  void givenAFactorOfOne_whenPlanned_thenItIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new SearchPlan(Method.HALVING, 2, 60, 1))
        .withMessageContaining("halving-factor 1");
  }
}
