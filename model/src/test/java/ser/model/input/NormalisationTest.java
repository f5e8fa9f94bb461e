package ser.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.model.Serialised;
import ser.model.input.Normalisation.Speaker.Deviation;

class NormalisationTest {
  /** Means 10 and -4, deviations 2 and 3. */
  private static final Normaliser TRAINING =
      new Normaliser(new float[] {10, -4}, new float[] {2, 3});

  /** Row 0: 18, 22, mean 20, variance 4. Row 1: -4, -4, variance 0. */
  private static final NormaliserStatistics OWN =
      new NormaliserStatistics(2).add(new InputMatrix(new float[] {18, 22, -4, -4}, 2, 2));

  @ParameterizedTest
  @CsvSource({
    // s / (s + prior): 10 / 40 = 0.25, so mean 10 + 0.25 * 10, variances 0.75 * 9 + 0 and 4.
    "10, 30, 12.5, 2, 2.598076",
    "30, 30, 15, 2, 2.121320",
    "90, 30, 17.5, 2, 1.5",
    "5, 0, 20, 2, 0.001"
  })
  void givenSecondsOfSpeech_whenBlended_thenTheyCountAgainstThePrior(
      double speechS, double priorS, float mean, float first, float second) {
    Normaliser blended =
        new Normalisation.Speaker(priorS, Deviation.BLENDED).of(TRAINING, OWN, speechS);

    assertThat(blended.mean()[0]).isCloseTo(mean, within(1e-5f));
    assertThat(blended.mean()[1]).isEqualTo(-4f);
    assertThat(blended.deviation()[0]).isCloseTo(first, within(1e-5f));
    assertThat(blended.deviation()[1]).isCloseTo(second, within(1e-5f));
  }

  @Test
  void givenOnlyTheMean_whenBlended_thenTheDeviationIsTheTrainingSets() {
    Normaliser blended =
        new Normalisation.Speaker(30, Deviation.CORPUS).of(TRAINING, OWN, 30);

    assertThat(blended.mean()).containsExactly(15, -4);
    assertThat(blended.deviation()).containsExactly(2, 3);
  }

  @Test
  void givenNothingHeard_whenBlended_thenItIsTheTrainingSetsWhateverThePrior() {
    NormaliserStatistics nothing = new NormaliserStatistics(2);

    assertThat(new Normalisation.Speaker(0, Deviation.BLENDED).of(TRAINING, nothing, 0))
        .isEqualTo(TRAINING);
    assertThat(new Normalisation.Speaker(30, Deviation.BLENDED).of(TRAINING, OWN, 0))
        .isEqualTo(TRAINING);
  }

  @Test
  void givenLessAndLessSpeech_whenBlended_thenItNearsTheTrainingSetAndNeverPassesIt() {
    Normalisation rule = new Normalisation.Speaker(30, Deviation.BLENDED);
    float last = 20;
    for (double speechS = 1000; speechS > 0.01; speechS /= 2) {
      float mean = rule.of(TRAINING, OWN, speechS).mean()[0];
      assertThat(mean).as("mean after %s s", speechS).isLessThan(last).isGreaterThan(10);
      last = mean;
    }
    assertThat(last).isCloseTo(10, within(0.01f));
  }

  @Test
  void givenTheCorpus_whenAsked_thenNobodysOwnCount() {
    assertThat(new Normalisation.Corpus().of(TRAINING, OWN, 1000)).isSameAs(TRAINING);
    assertThat(new Normalisation.Corpus().label()).isEqualTo("corpus");
    assertThat(new Normalisation.Speaker(1, Deviation.CORPUS).label()).isEqualTo("speaker");
  }

  @Test
  void givenWhatCannotBe_whenMade_thenTheValueIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Normalisation.Speaker(Double.NaN, Deviation.BLENDED))
        .withMessageContaining("prior of NaN s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Deviation.ofLabel("own"))
        .withMessage("'own' is none of blended, corpus");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Normalisation.Speaker(1, Deviation.BLENDED)
                    .of(TRAINING, new NormaliserStatistics(3), 1))
        .withMessageContaining("statistics of 3 rows");
    assertThat(Serialised.copyOf(new Normalisation.Speaker(1, Deviation.CORPUS)))
        .isEqualTo(new Normalisation.Speaker(1, Deviation.CORPUS));
  }
}
