package ser.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static ser.model.Emotion.HAPPY;
import static ser.model.Emotion.SAD;

import org.junit.jupiter.api.Test;

class SpeakerBootstrapTest {
  /** Recordings of one speaker, all sad, of whom some are recognised. */
  private static void add(Answers answers, int speaker, int right, int wrong) {
    for (int i = 0; i < right + wrong; i++) {
      answers.of(speaker, SAD, i < right ? 0 : 1, i < right ? 1 : 0, 0);
    }
  }

  @Test
  void givenSpeakersWhoAreAllRecognisedAlike_whenDrawn_thenTheRangeIsAPoint() {
    Answers answers = new Answers();
    for (int speaker = 1; speaker <= 5; speaker++) {
      add(answers, speaker, 3, 1);
    }

    SpeakerBootstrap range = SpeakerBootstrap.of(answers.predictions(), 1).orElseThrow();

    assertThat(range.lower()).isEqualTo(0.75);
    assertThat(range.upper()).isEqualTo(0.75);
    assertThat(range.speakers()).isEqualTo(5);
  }

  /**
   * Two speakers, one always right and one never: of the four equally likely draws (1,1), (1,2),
   * (2,1), (2,2) a quarter gives 1 and a quarter gives 0, so 95% of them reach from 0 to 1. Drawing
   * recordings instead would give about 0.5 +- 0.1.
   */
  @Test
  void givenTwoSpeakersWhoDiffer_whenDrawn_thenTheRangeReachesFromOneToTheOther() {
    Answers answers = new Answers();
    add(answers, 1, 50, 0);
    add(answers, 2, 0, 50);

    SpeakerBootstrap range = SpeakerBootstrap.of(answers.predictions(), 1).orElseThrow();

    assertThat(range.lower()).isZero();
    assertThat(range.upper()).isEqualTo(1);
  }

  /**
   * Ten speakers, five always right: the number of right ones in a draw is binomial(10, 1/2), of
   * which 1.1% lie below 2 and 5.5% below 3; so the ends are 0.2 and 0.8.
   */
  @Test
  void givenTenSpeakers_whenDrawn_thenTheEndsAreThoseOfTheBinomialDistribution() {
    Answers answers = new Answers();
    for (int speaker = 1; speaker <= 10; speaker++) {
      add(answers, speaker, speaker <= 5 ? 4 : 0, speaker <= 5 ? 0 : 4);
    }

    SpeakerBootstrap range = SpeakerBootstrap.of(answers.predictions(), 20).orElseThrow();

    assertThat(range.lower()).isCloseTo(0.2, within(1e-12));
    assertThat(range.upper()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void givenASeed_whenDrawnTwice_thenTheRangeIsTheSame() {
    Answers answers = new Answers();
    for (int speaker = 1; speaker <= 7; speaker++) {
      add(answers, speaker, speaker, 3);
    }
    Predictions predictions = answers.predictions();

    assertThat(SpeakerBootstrap.of(predictions, 3)).isEqualTo(SpeakerBootstrap.of(predictions, 3));
    assertThat(SpeakerBootstrap.of(predictions, 3))
        .isNotEqualTo(SpeakerBootstrap.of(predictions, 4));
  }

  @Test
  void givenOneSpeaker_whenDrawn_thenNothingIsSaidOfOthers() {
    Answers answers = new Answers().of(1, SAD, 0, 1, 0).of(1, HAPPY, 1, 0, 0);

    assertThat(SpeakerBootstrap.of(answers.predictions(), 1)).isEmpty();
  }
}
