package ser.model.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ser.model.Emotion;

/** Distances between shares of emotions. */
class EmotionSharesTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyShares_whenCompared_thenDistancesAreSymmetricWithinBoundsAndZeroForThemselves(
      long seed) {
    Random random = new Random(seed);
    EmotionShares one = drawn(random);
    EmotionShares other = drawn(random);

    assertThat(one.divergence(one)).isZero();
    assertThat(one.stability(one)).isZero();
    assertThat(one.divergence(other)).isEqualTo(other.divergence(one), ROUNDING);
    assertThat(one.stability(other)).isEqualTo(other.stability(one), ROUNDING);
    assertThat(one.divergence(other)).isBetween(0.0, 1.0);
    assertThat(one.stability(other)).isPositive().isFinite();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @Test
  void givenNoEmotionInCommon_whenCompared_thenTheDivergenceIsOneBit() {
    EmotionShares angry = new EmotionShares(Map.of(Emotion.ANGRY, 1.0));
    EmotionShares sad = new EmotionShares(Map.of(Emotion.SAD, 1.0));

    assertThat(angry.divergence(sad)).isEqualTo(1, ROUNDING);
    // Twice (1 - 0.0001) ln(1 / 0.0001).
    assertThat(angry.stability(sad)).isEqualTo(18.41883867588, within(1e-9));
  }

  @Test
  void givenSharesWorkedByHand_whenCompared_thenTheIndexIsThatOfTheFormula() {
    EmotionShares trained = new EmotionShares(Map.of(Emotion.NEUTRAL, 0.5, Emotion.ANGRY, 0.5));
    EmotionShares heard = new EmotionShares(Map.of(Emotion.NEUTRAL, 0.8, Emotion.ANGRY, 0.2));

    // 0.3 ln 1.6 - 0.3 ln 0.4 = 0.3 ln 4
    assertThat(heard.stability(trained)).isEqualTo(0.3 * Math.log(4), ROUNDING);
    // Mean 0.65, 0.35: half of 0.8 ld(0.8/0.65) + 0.2 ld(0.2/0.35) + 0.5 ld(0.5/0.65) + 0.5
    // ld(0.5/0.35)
    assertThat(heard.divergence(trained)).isEqualTo(0.0731040, within(1e-6));
  }

  @Test
  void givenAmounts_whenMadeShares_thenOnlyTheirRatiosCount() {
    EmotionShares few =
        EmotionShares.of(Map.of(Emotion.SAD, 1.0, Emotion.HAPPY, 3.0)).orElseThrow();
    EmotionShares many =
        EmotionShares.of(Map.of(Emotion.SAD, 1e6, Emotion.HAPPY, 3e6)).orElseThrow();

    assertThat(few.of(Emotion.HAPPY)).isEqualTo(0.75);
    assertThat(few.of(Emotion.CALM)).isZero();
    assertThat(few.stability(many)).isEqualTo(0, ROUNDING);
    assertThat(EmotionShares.of(Map.of(Emotion.SAD, 0.0))).isEmpty();
  }

  @Test
  void givenWhatIsNoWhole_whenMade_thenItIsRefused() {
    assertThatThrownBy(() -> new EmotionShares(Map.of(Emotion.SAD, 0.5)))
        .hasMessageContaining("no shares of a whole");
    assertThatThrownBy(() -> new EmotionShares(Map.of(Emotion.SAD, 1.5, Emotion.HAPPY, -0.5)))
        .hasMessageContaining("no shares of a whole");
    assertThatThrownBy(() -> new EmotionShares(Map.of(Emotion.SAD, Double.NaN)))
        .hasMessageContaining("no shares of a whole");
  }

  /** Some emotions have nothing. */
  private static EmotionShares drawn(Random random) {
    Map<Emotion, Double> amounts = new EnumMap<>(Emotion.class);
    amounts.put(Emotion.NEUTRAL, 0.1 + random.nextDouble());
    for (Emotion emotion : Emotion.values()) {
      if (random.nextInt(3) > 0) {
        amounts.put(emotion, random.nextDouble());
      }
    }
    return EmotionShares.of(amounts).orElseThrow();
  }
}
