package ser.model.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Serialised;
import ser.model.input.Normalisation;
import ser.model.input.Normalisation.Speaker.Deviation;
import ser.model.input.Normaliser;
import ser.model.input.NormaliserStatistics;

class ScoreNormalisationTest {
  private static final Offset<Float> CLOSE = within(2e-6f);
  private static final Normaliser TRAINING =
      new Normaliser(new float[] {0.5f, -0.25f, -0.25f}, new float[] {1.5f, 2, 1});

  private static ScoreNormalisation.BySpeaker rule(double priorS) {
    return new ScoreNormalisation.BySpeaker(
        TRAINING, new Normalisation.Speaker(priorS, Deviation.BLENDED));
  }

  /** Of a speaker who leans towards one label. */
  private static List<float[]> leaning(long seed, int count, int label, double by) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] logits = random.doubles(TRAINING.bands(), -2, 2).toArray();
      logits[label] += by;
      all.add(softmax(logits));
    }
    return all;
  }

  private static float[] softmax(double... logits) {
    double sum = IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i])).sum();
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (Math.exp(logits[i]) / sum);
    }
    return probabilities;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void givenASpeakersOwnStatisticsNearlyAlone_whenNormalised_thenHisMeansAreThoseOfTheTraining(
      long seed) {
    List<float[]> normalised = rule(1e-9).of(leaning(seed, 40, 1, 3), 60);

    // Not his deviations: a softmax forgets what all labels have in common.
    NormaliserStatistics found = ScoreNormalisation.BySpeaker.statistics(normalised, 3);
    assertThat(found.meanOf(0)).isCloseTo(TRAINING.mean()[0], within(1e-4));
    assertThat(found.meanOf(1)).isCloseTo(TRAINING.mean()[1], within(1e-4));
    assertThat(found.meanOf(2)).isCloseTo(TRAINING.mean()[2], within(1e-4));
  }

  @Test
  void givenTwoAnswers_whenNormalised_thenTheProbabilitiesAreThoseByHand() {
    // Scores (1, -1, 0) and (3, -1, -2): means 2, -1, -1, variances 1, 0, 1.
    List<float[]> his = List.of(softmax(1, -1, 0), softmax(3, -1, -2));

    // 30 s beside a prior of 30: means 1.25, -0.625, -0.625; variances 1.625, 2 and 1.
    List<float[]> normalised = rule(30).of(his, 30);

    double first = Math.sqrt(1.625);
    double second = Math.sqrt(2);
    requireClose(
        normalised,
        List.of(
            softmax(
                (1 - 1.25) / first * 1.5 + 0.5,
                (-1 + 0.625) / second * 2 - 0.25,
                (0 + 0.625) - 0.25),
            softmax(
                (3 - 1.25) / first * 1.5 + 0.5,
                (-1 + 0.625) / second * 2 - 0.25,
                (-2 + 0.625) - 0.25)));
  }

  @Test
  void givenTheDeviationOfTheTraining_whenNormalised_thenHisScoresAreMovedAndNoMore() {
    ScoreNormalisation moved =
        new ScoreNormalisation.BySpeaker(TRAINING, new Normalisation.Speaker(30, Deviation.CORPUS));
    List<float[]> his = List.of(softmax(1, -1, 0), softmax(3, -1, -2));

    // Half of the way from his means, 2, -1 and -1, to those of the training.
    requireClose(
        moved.of(his, 30),
        List.of(
            softmax(1 - 0.75, -1 + 0.375, 0 + 0.375), softmax(3 - 0.75, -1 + 0.375, -2 + 0.375)));
  }

  @Test
  void givenWhoSoundsSadWhateverHeSays_whenNormalised_thenHeIsJudgedByHowHeDiffersFromHimself() {
    List<float[]> his = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      his.add(softmax(1, 4, 0)); // for him not much
      his.add(softmax(0, 5, 1));
      his.add(softmax(0, 4, 2));
    }

    List<float[]> normalised = rule(1e-9).of(his, 60);

    assertThat(his.stream().map(ScoreNormalisationTest::largest)).containsOnly(1);
    assertThat(normalised.stream().limit(3).map(ScoreNormalisationTest::largest))
        .containsExactly(0, 1, 2);
  }

  private static int largest(float[] values) {
    return IntStream.range(0, values.length)
        .reduce((one, other) -> values[other] > values[one] ? other : one)
        .orElseThrow();
  }

  @Test
  void givenNobodyHeardOrAHugePrior_whenNormalised_thenProbabilitiesStayAsTheyWere() {
    List<float[]> his = leaning(4, 5, 0, 1);

    requireClose(rule(30).of(his, 0), his);
    requireClose(rule(1e12).of(his, 10), his);
    assertThat(rule(30).of(List.of(), 0)).isEmpty();
    assertThat(new ScoreNormalisation.None().of(his, 60)).isEqualTo(his);
  }

  @Test
  void givenMoreAndMoreSpeech_whenNormalised_thenTheLeaningLabelLosesMore() {
    List<float[]> his = leaning(5, 30, 2, 2);
    double before = Double.POSITIVE_INFINITY;
    for (double speechS : new double[] {0, 3, 30, 300}) {
      double now =
          rule(30).of(his, speechS).stream().mapToDouble(p -> p[2]).average().orElseThrow();

      assertThat(now).as("after %s s", speechS).isLessThan(before);
      before = now;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1, 2.5})
  void givenATemperature_whenNormalisedBeforeOrAfterIt_thenTheProbabilitiesAreTheSame(
      double temperature) {
    List<float[]> his = leaning(6, 12, 1, 1);
    // As sure as a network without label smoothing is.
    his.add(softmax(30, 0, 10));
    his.add(softmax(-4, 28, 0));

    List<float[]> after = divided(rule(30).of(his, 40), temperature);

    requireClose(rule(30).dividedBy(temperature).of(divided(his, temperature), 40), after);
  }

  private static List<float[]> divided(List<float[]> probabilities, double temperature) {
    return probabilities.stream()
        .map(
            one ->
                softmax(
                    IntStream.range(0, one.length)
                        .mapToDouble(i -> Math.log(one[i]) / temperature)
                        .toArray()))
        .toList();
  }

  private static void requireClose(List<float[]> found, List<float[]> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i), CLOSE);
    }
  }

  @Test
  void givenCertainty_whenNormalised_thenEveryProbabilityIsFiniteAndTheySumToOne() {
    List<float[]> normalised =
        rule(30).of(List.of(new float[] {1, 0, 0}, new float[] {0, 0, 1}), 60);

    for (float[] one : normalised) {
      assertThat(one[0] + one[1] + one[2]).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void givenOtherLabels_whenNormalised_thenTheyAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule(30).of(List.of(new float[] {0.5f, 0.5f}), 10));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule(30).dividedBy(0))
        .withMessageContaining("temperature 0");
  }

  @Test
  void givenNoPrior_whenMade_thenItIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule(0))
        .withMessageContaining("heard once");
  }

  @Test
  void givenARule_whenItTravels_thenItIsEqual() {
    assertThat(Serialised.copyOf(rule(12.5))).isEqualTo(rule(12.5));
    assertThat(Serialised.copyOf(new ScoreNormalisation.None()))
        .isEqualTo(new ScoreNormalisation.None());
  }
}
