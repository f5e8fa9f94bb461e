package ser.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Emotion;
import ser.model.Gender;

class TemperatureScalingTest {
  private static final List<Emotion> LABELS =
      List.of(Emotion.ANGRY, Emotion.HAPPY, Emotion.SAD, Emotion.NEUTRAL);

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 0.8, 1, 1.7, 4})
  void givenAPlantedTemperature_whenFitted_thenItIsFound(double planted) {
    Predictions validation = drawn(5_000, planted, 7);

    double found = TemperatureScaling.fit(validation).temperature();

    assertThat(found / planted).isCloseTo(1, within(0.05));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givenAnyPredictions_whenScaledByWhatFits_thenAnswersStayAndTheLikelihoodIsNoWorse(
      long seed) {
    Predictions before = drawn(60, 0.3 + seed / 2.0, seed);
    TemperatureScaling scaling = TemperatureScaling.fit(before);

    Predictions after = scaling.of(before);

    assertThat(after.confusion().toArray()).isDeepEqualTo(before.confusion().toArray());
    assertThat(TemperatureScaling.negativeLogLikelihood(after))
        .isLessThanOrEqualTo(TemperatureScaling.negativeLogLikelihood(before) + 1e-6);
    for (double other : List.of(0.9, 1.1)) {
      assertThat(TemperatureScaling.negativeLogLikelihood(after))
          .as("the smallest")
          .isLessThanOrEqualTo(
              TemperatureScaling.negativeLogLikelihood(
                      new TemperatureScaling(scaling.temperature() * other).of(before))
                  + 1e-6);
    }
    for (Prediction prediction : after.all()) {
      double sum = 0;
      for (float p : prediction.probabilities()) {
        sum += p;
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void givenANetworkThatIsTooSure_whenScaled_thenItsConfidencesMeanWhatTheySay() {
    Predictions before = drawn(5_000, 3, 5);

    Predictions after = TemperatureScaling.fit(before).of(before);

    assertThat(Calibration.of(before).ece()).isGreaterThan(0.1);
    assertThat(Calibration.of(after).ece()).isLessThan(0.02);
  }

  @Test
  void givenPredictions_whenScaledAndBack_thenTheyAreAsBefore() {
    Predictions before = drawn(100, 1, 5);
    TemperatureScaling scaling = new TemperatureScaling(1.6);

    Predictions back = scaling.inverse().of(scaling.of(before));

    for (int i = 0; i < before.size(); i++) {
      assertThat(back.all().get(i).probabilities())
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(before.all().get(i).probabilities());
    }
  }

  @Test
  void givenFewRecordings_whenFitted_thenNothingIsChanged() {
    Predictions few = drawn(TemperatureScaling.LEAST_RECORDINGS - 1, 3, 5);

    assertThat(TemperatureScaling.fit(few)).isEqualTo(TemperatureScaling.none());
    assertThat(TemperatureScaling.none().of(few)).isSameAs(few);
  }

  @Test
  void givenANetworkThatIsAlwaysRightAndSure_whenFitted_thenTheTemperatureStaysInItsBounds() {
    List<Prediction> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(new Prediction(subject(i), Emotion.HAPPY, new float[] {0, 1, 0, 0}));
    }

    assertThat(TemperatureScaling.fit(new Predictions(LABELS, all)).temperature())
        .isBetween(1 / TemperatureScaling.MOST, TemperatureScaling.MOST);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void givenNoTemperature_whenMade_thenItIsRefused(double temperature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TemperatureScaling(temperature))
        .withMessageContaining(Double.toString(temperature));
  }

  /**
   * Recordings whose emotions are drawn from what a calibrated network says of them, and what a
   * network says whose logits are so many times as large.
   */
  static Predictions drawn(int recordings, double temperature, long seed) {
    Random random = new Random(seed);
    List<Prediction> all = new ArrayList<>();
    for (int i = 0; i < recordings; i++) {
      double[] logits = new double[LABELS.size()];
      for (int label = 0; label < logits.length; label++) {
        logits[label] = 2 * random.nextGaussian();
      }
      double[] calibrated = softmax(logits, 1);
      double draw = random.nextDouble();
      int actual = 0;
      while (actual < logits.length - 1 && draw >= calibrated[actual]) {
        draw -= calibrated[actual++];
      }
      double[] said = softmax(logits, temperature);
      float[] probabilities = new float[said.length];
      for (int label = 0; label < said.length; label++) {
        probabilities[label] = (float) said[label];
      }
      all.add(new Prediction(subject(i), LABELS.get(actual), probabilities));
    }
    return new Predictions(LABELS, all);
  }

  private static double[] softmax(double[] logits, double factor) {
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(factor * logits[i]);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private static Subject subject(int number) {
    return new Subject("%06d.wav".formatted(number), "corpus", "speaker", Gender.UNKNOWN, "");
  }
}
