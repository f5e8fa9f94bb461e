package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.jobs.error.UserError;

class SearchSpaceTest {
  private static final int DRAWS = 4000;

  @Test
  void givenASeedAndATrial_whenDrawnAgain_thenTheValuesAreTheSame() {
    SearchSpace space = space("a = { min = 0, max = 1 }, b = [1, 2, 3]");

    assertThat(space.draw(7, 3)).isEqualTo(space.draw(7, 3)).isNotEqualTo(space.draw(8, 3));
    assertThat(space.draw(7, 3)).isNotEqualTo(space.draw(7, 4));
  }

  @Test
  void givenAnotherParameter_whenDrawn_thenTheOthersKeepTheirValues() {
    SortedMap<String, Object> alone = space("b = { min = 0, max = 1 }").draw(7, 3);
    SortedMap<String, Object> both =
        space("a = { min = 0, max = 1 }, b = { min = 0, max = 1 }").draw(7, 3);

    assertThat(both.get("b")).isEqualTo(alone.get("b"));
    assertThat(both.get("a")).isNotEqualTo(both.get("b"));
  }

  @Test
  void givenALinearRange_whenDrawnOften_thenItIsCoveredEvenly() {
    List<Double> drawn = drawn("x = { min = -1, max = 3 }");

    assertThat(drawn).allSatisfy(value -> assertThat(value).isBetween(-1.0, 3.0));
    assertThat(share(drawn, -1, 0)).isCloseTo(0.25, within(0.03));
    assertThat(share(drawn, 2, 3)).isCloseTo(0.25, within(0.03));
  }

  @Test
  void givenALogarithmicRange_whenDrawnOften_thenEachPowerOfTenHasAsMany() {
    List<Double> drawn = drawn("x = { min = 1e-4, max = 1e-1, scale = log }");

    assertThat(drawn).allSatisfy(value -> assertThat(value).isBetween(1e-4, 1e-1));
    assertThat(share(drawn, 1e-4, 1e-3)).isCloseTo(1 / 3.0, within(0.03));
    assertThat(share(drawn, 1e-2, 1e-1)).isCloseTo(1 / 3.0, within(0.03));
  }

  @Test
  void givenWholeSteps_whenDrawnOften_thenEachOneComesAsAWholeNumber() {
    List<Object> drawn =
        IntStream.rangeClosed(1, DRAWS)
            .mapToObj(trial -> space("x = { min = 16, max = 50, step = 16 }").draw(1, trial))
            .map(values -> values.get("x"))
            .toList();

    assertThat(drawn).containsOnly(16L, 32L, 48L);
    assertThat(drawn.stream().filter(value -> value.equals(48L)).count() / (double) DRAWS)
        .isCloseTo(1 / 3.0, within(0.03));
  }

  @Test
  void givenFractionalSteps_whenDrawn_thenTheyHaveNoTraceOfBinaryFractions() {
    assertThat(drawn("x = { min = 0.1, max = 0.3, step = 0.1 }")).containsOnly(0.1, 0.2, 0.3);
  }

  @Test
  void givenStepsOfALogarithmicRange_whenDrawn_thenAllAreInside() {
    assertThat(drawn("x = { min = 1, max = 4, step = 1, scale = log }"))
        .containsOnly(1.0, 2.0, 3.0, 4.0);
  }

  @Test
  void givenRanges_whenDescribed_thenTheyReadLikeASentence() {
    SearchSpace space =
        space(
            "a = { min = 1e-4, max = 0.1, scale = log }, b = { min = 0, max = 4, step = 2 }, c ="
                + " [x, 2]");

    assertThat(space.ranges().values().stream().map(ValueRange::description))
        .containsExactly("0.0001 to 0.1, logarithmic", "0 to 4 in steps of 2", "one of x, 2");
  }

  @Test
  void givenNestedKeys_whenRead_thenNamesAreJoined() {
    assertThat(space("input.frames = [87, 130], input { crop = [start, centre] }").ranges())
        .containsOnlyKeys("input.frames", "input.crop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "x = 3; neither a list nor a range",
        "x = []; nothing in it",
        "x = [1, null]; null",
        "x = { min = 1 }; max",
        "x = { min = 2, max = 1 }; at most",
        "x = { min = 0, max = 1, scale = log }; above 0",
        "x = { min = 0, max = 1, scale = cubic }; cubic",
        "x = { min = 0, max = 1, steps = 2 }; steps",
        "x = { min = low, max = 1 }; NUMBER",
        "x = { min = 0, max = 1, step = -1 }; step"
      })
  void givenWhatIsNoRange_whenRead_thenTheErrorNamesTheParameterAndTheReason(
      String text, String reason) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> space(text))
        .withMessageContaining("ser.tune.space.x")
        .withMessageContaining(reason)
        .withMessageNotContaining("\n");
  }

  private static List<Double> drawn(String text) {
    SearchSpace space = space(text);
    return IntStream.rangeClosed(1, DRAWS)
        .mapToObj(trial -> ((Number) space.draw(20, trial).get("x")).doubleValue())
        .toList();
  }

  private static double share(List<Double> drawn, double from, double to) {
    return drawn.stream().filter(value -> value >= from && value < to).count()
        / (double) drawn.size();
  }

  private static SearchSpace space(String text) {
    return SearchSpace.from(ConfigFactory.parseString("ser.tune.space { " + text + " }"));
  }
}
