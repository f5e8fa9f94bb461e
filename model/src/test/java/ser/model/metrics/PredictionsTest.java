package ser.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static ser.model.Emotion.ANGRY;
import static ser.model.Emotion.BORED;
import static ser.model.Emotion.HAPPY;
import static ser.model.Emotion.SAD;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import ser.model.Gender;
import ser.model.Serialised;
import ser.model.input.Normalisation;
import ser.model.input.Normalisation.Speaker.Deviation;
import ser.model.input.Normaliser;
import ser.model.output.ScoreNormalisation;

class PredictionsTest {
  private static final Subject SUBJECT = new Subject("a.wav", "c", "c-1", Gender.UNKNOWN, "");

  @Test
  void givenPredictions_whenShuffled_thenTheyAreEqual() {
    Predictions given =
        new Answers().of(2, SAD, 0, 1, 0).of(1, ANGRY, 0, 0, 1).of(1, HAPPY, 1, 0, 0).predictions();
    List<Prediction> reversed = new ArrayList<>(given.all());
    Collections.reverse(reversed);

    assertThat(new Predictions(Answers.LABELS, reversed)).isEqualTo(given);
    assertThat(given.all().stream().map(prediction -> prediction.subject().speaker()))
        .containsExactly("ravdess-01", "ravdess-01", "ravdess-02");
  }

  @Test
  void givenPredictions_whenCounted_thenTheConfusionIsThatByHand() {
    Predictions given =
        new Answers()
            .of(1, SAD, 0.2, 0.5, 0.3)
            .of(1, SAD, 0.6, 0.3, 0.1)
            // Of equal probabilities the first label's counts.
            .of(2, ANGRY, 0.0, 0.5, 0.5)
            .predictions();

    assertThat(given.confusion())
        .isEqualTo(
            new ConfusionMatrix(Answers.LABELS).add(SAD, SAD).add(SAD, HAPPY).add(ANGRY, SAD));
  }

  @Test
  void givenPredictionsOfTwoFolds_whenPutTogether_thenAllAreThere() {
    Predictions one = new Answers().of(1, SAD, 0, 1, 0).predictions();
    Predictions other = new Answers().of(2, SAD, 0, 1, 0).predictions();

    assertThat(one.and(other).by(Subject::speaker)).containsOnlyKeys("ravdess-01", "ravdess-02");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.and(new Predictions(List.of(SAD, ANGRY), List.of())))
        .withMessageContaining("cannot be put together");
  }

  @Test
  void givenTwoSpeakers_whenNormalised_thenEachByHisOwnAndNothingElseChanges() {
    Predictions given =
        new Answers()
            .of(1, SAD, 0.1, 0.8, 0.1)
            .of(1, ANGRY, 0.1, 0.6, 0.3)
            .of(2, SAD, 0.2, 0.7, 0.1)
            .of(2, HAPPY, 0.4, 0.5, 0.1)
            .predictions();
    ScoreNormalisation rule =
        new ScoreNormalisation.BySpeaker(
            new Normaliser(new float[3], new float[] {1, 1, 1}),
            new Normalisation.Speaker(30, Deviation.BLENDED));

    Predictions normalised =
        given.normalised(rule, speaker -> speaker.equals("ravdess-02") ? 60 : 0);

    assertThat(normalised.all().stream().map(Prediction::subject))
        .containsExactlyElementsOf(given.all().stream().map(Prediction::subject).toList());
    assertThat(normalised.all().stream().map(Prediction::actual))
        .containsExactlyElementsOf(given.all().stream().map(Prediction::actual).toList());
    for (int i = 0; i < 2; i++) {
      assertThat(normalised.all().get(i).probabilities())
          .as("nothing was heard of the first")
          .containsExactly(given.all().get(i).probabilities(), within(1e-6f));
    }
    List<float[]> second =
        rule.of(given.all().stream().skip(2).map(Prediction::probabilities).toList(), 60);
    assertThat(normalised.all().get(2).probabilities())
        .containsExactly(second.get(0))
        .isNotEqualTo(given.all().get(2).probabilities());
    assertThat(normalised.all().get(3).probabilities()).containsExactly(second.get(1));
  }

  @Test
  void givenAnEmotionThatIsNoLabel_whenPutTogether_thenItIsRefused() {
    Prediction bored = new Prediction(SUBJECT, BORED, new float[] {1, 0, 0});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Predictions(Answers.LABELS, List.of(bored)))
        .withMessageContaining("a.wav");
  }

  @Test
  void givenNoProbability_whenPredicted_thenItIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Prediction(SUBJECT, SAD, new float[] {Float.NaN, 1}))
        .withMessageContaining("a.wav");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Prediction(SUBJECT, SAD, new float[0]));
  }

  @Test
  void givenAPrediction_whenItsArraysAreChanged_thenItStaysAsItWas() {
    float[] given = {0.25f, 0.75f};
    Prediction prediction = new Prediction(SUBJECT, SAD, given);

    given[0] = 1;
    prediction.probabilities()[1] = 0;

    assertThat(prediction).isEqualTo(new Prediction(SUBJECT, SAD, new float[] {0.25f, 0.75f}));
    assertThat(prediction.predicted()).isOne();
    assertThat(prediction.confidence()).isEqualTo(0.75f);
  }

  @Test
  void givenAPrediction_whenSentToAnotherMachine_thenItIsTheSame() {
    Prediction prediction = new Prediction(SUBJECT, SAD, new float[] {0.25f, 0.75f});

    assertThat(Serialised.copyOf(prediction)).isEqualTo(prediction);
  }
}
