package ser.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.model.Emotion;
import ser.model.Gender;

class AbstentionRuleTest {
  private static final List<Emotion> LABELS = List.of(Emotion.ANGRY, Emotion.HAPPY);

  @Test
  void givenAnswersThatAreRightOftenEnough_whenAsked_thenAllAreGiven() {
    AbstentionRule.Limit limit = new AbstentionRule(0.7, 0.9).limit(sorted(100, 30));

    assertThat(limit.below()).isZero();
    assertThat(limit.coverage()).isEqualTo(1);
    assertThat(limit.accuracy()).isEqualTo(0.7);
  }

  @Test
  void givenMistakesAmongTheUnsure_whenAsked_thenTheLimitIsTheLowestThatLeavesFewEnough() {
    // The least sure 30 of 100 are wrong: with 70 right ones, 77 answers are right to 0.9.
    Predictions validation = sorted(100, 30);

    AbstentionRule.Limit limit = new AbstentionRule(0.9, 1).limit(validation);

    assertThat(limit.coverage()).isEqualTo(0.77);
    assertThat(limit.accuracy()).isCloseTo(70 / 77.0, within(1e-9));
    assertThat(limit.below()).isEqualTo(validation.all().get(23).confidence());
  }

  @Test
  void givenRecordingsOfEqualConfidence_whenAsked_thenAllOrNoneOfThemAreAnswered() {
    List<Prediction> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(prediction(i, i < 20 ? 0.9f : 0.8f, i % 2 == 0 || i < 20));
    }

    AbstentionRule.Limit limit = new AbstentionRule(0.8, 1).limit(new Predictions(LABELS, all));

    assertThat(limit.below()).isEqualTo(0.9f);
    assertThat(limit.coverage()).isCloseTo(1 / 3.0, within(1e-9));
  }

  @Test
  void givenATargetOutOfReach_whenAsked_thenTheLimitIsTheMost() {
    assertThat(new AbstentionRule(0.9, 0.75).limit(sorted(100, 100)).below()).isEqualTo(0.75);
    assertThat(new AbstentionRule(0.99, 0.6).limit(sorted(100, 30)).below()).isEqualTo(0.6);
  }

  @Test
  void givenFewRecordings_whenAsked_thenThereIsNoLimit() {
    assertThat(new AbstentionRule(0.99, 1).limit(sorted(49, 49)).below()).isZero();
    assertThat(new AbstentionRule(0.99, 1).limit(sorted(50, 50)).below()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, 0.9, -0.1",
    "1.1, 0.9, 1.1",
    "NaN, 0.9, NaN",
    "0.8, 1.5, 1.5",
    "0.8, NaN, NaN"
  })
  void givenImpossibleShares_whenMade_thenTheyAreRefused(double target, double most, String named) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AbstentionRule(target, most))
        .withMessageContaining(named);
  }

  /** Confidences from just above a half up; the least sure ones are wrong. */
  private static Predictions sorted(int recordings, int wrong) {
    List<Prediction> all = new ArrayList<>();
    for (int i = 0; i < recordings; i++) {
      all.add(prediction(i, 0.51f + 0.48f * i / recordings, i >= wrong));
    }
    return new Predictions(LABELS, all);
  }

  private static Prediction prediction(int number, float confidence, boolean right) {
    return new Prediction(
        new Subject("%06d.wav".formatted(number), "corpus", "speaker", Gender.UNKNOWN, ""),
        right ? Emotion.ANGRY : Emotion.HAPPY,
        new float[] {confidence, 1 - confidence});
  }
}
