package ser.model.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import ser.features.spec.FeatureSpec;
import ser.model.Emotion;
import ser.model.drift.Finding.Measure;
import ser.model.drift.Finding.Verdict;
import ser.model.file.ModelInput;
import ser.model.input.InputMatrix;
import ser.model.input.InputSpec;
import ser.model.input.Normaliser;

/** When a run is said not to be like the training data. */
class DriftTest {
  private static final int BANDS = FeatureSpec.librosa().mel().bands();
  private static final DriftLimits LIMITS = new DriftLimits(0.25, 0.1, 0.8, 0.1);
  private static final EmotionShares EVEN =
      new EmotionShares(Map.of(Emotion.NEUTRAL, 0.5, Emotion.ANGRY, 0.5));
  private static final EmotionShares MOSTLY_ANGRY =
      new EmotionShares(Map.of(Emotion.NEUTRAL, 0.1, Emotion.ANGRY, 0.9));

  /** A training set whose spectrum falls by 30 dB up to half the rate. */
  private static final IntToDoubleFunction STUDIO = band -> -20 - 30.0 * band / BANDS;

  private static final TrainingReference TRAINING =
      new TrainingReference(
          Optional.of(EVEN),
          Optional.of(new TrainingReference.HeldOut(1000, EVEN, 0.7)),
          new TreeMap<>(Map.of(48_000, 900L, 16_000, 10L)));

  @Test
  void givenARunLikeTheTraining_whenCompared_thenNothingIsSaid() {
    Drift drift = Drift.of(TRAINING, input(), heard(100, EVEN, 0.68, STUDIO, 22_050), LIMITS);

    assertThat(drift.warnings()).isEmpty();
    assertThat(drift.findings())
        .hasSize(5)
        .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.ALIKE));
  }

  @Test
  void givenTelephoneCalls_whenComparedWithAStudio_thenRateAndBandwidthAreNamed() {
    // Nothing above a third of the bands, which is 80 dB below the loudest moment.
    IntToDoubleFunction telephone = band -> band < BANDS / 3 ? STUDIO.applyAsDouble(band) : -75;

    Drift drift = Drift.of(TRAINING, input(), heard(100, EVEN, 0.7, telephone, 8_000), LIMITS);

    assertThat(verdict(drift, Measure.SAMPLE_RATE)).isEqualTo(Verdict.DRIFTED);
    assertThat(verdict(drift, Measure.BANDWIDTH)).isEqualTo(Verdict.DRIFTED);
    assertThat(verdict(drift, Measure.INPUT)).isEqualTo(Verdict.DRIFTED);
    assertThat(verdict(drift, Measure.EMOTIONS)).isEqualTo(Verdict.ALIKE);
    assertThat(drift.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("100.0% of the recordings", "22,050 Hz", "variant telephone"));
  }

  @Test
  void givenAModelThatWasTrainedOnTelephonesToo_whenTheyAreScored_thenTheirRateIsNoNews() {
    TrainingReference both =
        new TrainingReference(
            TRAINING.trained(),
            TRAINING.heldOut(),
            new TreeMap<>(Map.of(48_000, 900L, 8_000, 450L)));

    Drift drift = Drift.of(both, input(), heard(100, EVEN, 0.7, STUDIO, 8_000), LIMITS);

    assertThat(verdict(drift, Measure.SAMPLE_RATE)).isEqualTo(Verdict.ALIKE);
  }

  @Test
  void givenTrainingClipsFilledUpWithSilence_whenCompared_thenTheirRateLimitsTheirBandwidth() {
    // The mean spectrum of the training is flat up to 11 kHz, and its recordings end at 8 kHz.
    TrainingReference narrow =
        new TrainingReference(
            TRAINING.trained(), TRAINING.heldOut(), new TreeMap<>(Map.of(16_000, 900L)));
    IntToDoubleFunction upTo8kHz = band -> band < 0.88 * BANDS ? STUDIO.applyAsDouble(band) : -75;

    Drift known = Drift.of(narrow, input(), heard(100, EVEN, 0.7, upTo8kHz, 16_000), LIMITS);

    assertThat(verdict(known, Measure.BANDWIDTH)).isEqualTo(Verdict.ALIKE);
    assertThat(verdict(known, Measure.SAMPLE_RATE)).isEqualTo(Verdict.ALIKE);
  }

  @Test
  void givenOtherEmotions_whenManyCallsHaveThem_thenItIsDriftAndWithFewItMayBeChance() {
    Drift many = Drift.of(TRAINING, input(), heard(400, MOSTLY_ANGRY, 0.7, STUDIO, 22_050), LIMITS);
    Drift few = Drift.of(TRAINING, input(), heard(1, MOSTLY_ANGRY, 0.7, STUDIO, 22_050), LIMITS);

    assertThat(verdict(many, Measure.EMOTIONS)).isEqualTo(Verdict.DRIFTED);
    assertThat(verdict(few, Measure.EMOTIONS)).isEqualTo(Verdict.ALIKE);
    assertThat(many.warnings()).singleElement().asString().contains("stability index 0.88");
  }

  @Test
  void givenAnotherConfidence_whenCompared_thenItIsDriftInBothDirections() {
    for (double confidence : new double[] {0.55, 0.85}) {
      Drift drift =
          Drift.of(TRAINING, input(), heard(400, EVEN, confidence, STUDIO, 22_050), LIMITS);

      assertThat(verdict(drift, Measure.CONFIDENCE)).isEqualTo(Verdict.DRIFTED);
      assertThat(drift.warnings()).singleElement().asString().contains("70.0% on held-out");
    }
  }

  @Test
  void givenAnOldModelFile_whenCompared_thenWhatItDoesNotSayIsNotKnownAndNoDrift() {
    TrainingReference nothing =
        new TrainingReference(Optional.empty(), Optional.empty(), new TreeMap<>());

    Drift drift = Drift.of(nothing, input(), heard(400, EVEN, 0.2, STUDIO, 22_050), LIMITS);

    assertThat(drift.warnings()).isEmpty();
    assertThat(verdict(drift, Measure.EMOTIONS)).isEqualTo(Verdict.UNKNOWN);
    assertThat(verdict(drift, Measure.CONFIDENCE)).isEqualTo(Verdict.UNKNOWN);
    assertThat(drift.findings().get(0).training()).contains("not known");
  }

  @Test
  void givenNoSpeech_whenCompared_thenThereIsNothingToSay() {
    Heard silence =
        new Heard(
            0,
            Optional.empty(),
            new Heard.Confidence(0, 0, 0),
            new InputLevels(BANDS),
            rates(22_050));

    Drift drift = Drift.of(TRAINING, input(), silence, LIMITS);

    assertThat(drift.warnings()).isEmpty();
  }

  @Test
  void givenLouderRecordings_whenCompared_thenLevelsDriftAndBandwidthDoesNot() {
    Drift drift =
        Drift.of(
            TRAINING,
            input(),
            heard(400, EVEN, 0.7, band -> STUDIO.applyAsDouble(band) + 10, 22_050),
            LIMITS);

    assertThat(verdict(drift, Measure.INPUT)).isEqualTo(Verdict.DRIFTED);
    assertThat(verdict(drift, Measure.BANDWIDTH)).isEqualTo(Verdict.ALIKE);
    // 10 dB of a deviation of 10.
    assertThat(drift.findings().get(2).distance()).startsWith("1.00 deviations");
  }

  @Test
  void givenInputs_whenTheirLevelsAreAddedInParts_thenTheyAreThoseOfTheWhole() {
    InputLevels whole = new InputLevels(2);
    InputLevels parts = new InputLevels(2);
    // The last frame of each is padding and counts nothing.
    InputMatrix first = new InputMatrix(new float[] {1, 2, 99, 10, 20, 99}, 3, 2);
    InputMatrix second = new InputMatrix(new float[] {6, 99, 99, 60, 99, 99}, 3, 1);
    whole.add(first);
    whole.add(second);
    for (InputMatrix input : Arrays.asList(first, second)) {
      InputLevels part = new InputLevels(2);
      part.add(input);
      parts.merge(new InputLevels(part.frames(), part.sums()));
    }

    assertThat(whole.frames()).isEqualTo(3);
    assertThat(whole.meanOf(0)).isEqualTo(3);
    assertThat(whole.meanOf(1)).isEqualTo(30);
    assertThat(parts.sums()).isEqualTo(whole.sums());
  }

  @Test
  void givenDegreesOfFreedom_whenAskedForTheHundredth_thenItIsThatOfTheTables() {
    assertThat(Drift.chiSquared(1)).isEqualTo(6.635, within(0.1));
    assertThat(Drift.chiSquared(7)).isEqualTo(18.475, within(0.05));
  }

  @Test
  void givenFewIndependentWindows_whenTheirConfidenceIsOther_thenThatIsNotKnown() {
    // One call of 20 windows counts as four.
    Drift one = Drift.of(TRAINING, input(), heard(1, EVEN, 0.2, STUDIO, 22_050), LIMITS);
    Drift three = Drift.of(TRAINING, input(), heard(3, EVEN, 0.2, STUDIO, 22_050), LIMITS);

    assertThat(verdict(one, Measure.CONFIDENCE)).isEqualTo(Verdict.UNKNOWN);
    assertThat(verdict(three, Measure.CONFIDENCE)).isEqualTo(Verdict.DRIFTED);
  }

  @Test
  void givenDegreesOfFreedom_whenAskedForStudentsT_thenItIsThatOfTheTables() {
    assertThat(Drift.student(4)).isEqualTo(4.604, within(0.06));
    assertThat(Drift.student(9)).isEqualTo(3.250, within(0.01));
    assertThat(Drift.student(100)).isEqualTo(2.626, within(0.001));
  }

  private static Verdict verdict(Drift drift, Measure measure) {
    return drift.findings().stream()
        .filter(finding -> finding.measure() == measure)
        .findFirst()
        .orElseThrow()
        .verdict();
  }

  private static Heard heard(
      int calls, EmotionShares emotions, double confidence, IntToDoubleFunction levels, int rate) {
    int frames = 100;
    double[] sums = new double[BANDS];
    Arrays.setAll(sums, band -> frames * levels.applyAsDouble(band));
    // Half of the windows are surer by 0.1, half less sure.
    double squares = confidence * confidence + 0.01;
    return new Heard(
        calls,
        Optional.of(emotions),
        new Heard.Confidence(20L * calls, 20 * calls * confidence, 20 * calls * squares),
        new InputLevels(frames, sums),
        rates(rate));
  }

  private static SortedMap<Integer, Long> rates(int rate) {
    return new TreeMap<>(Map.of(rate, 10L));
  }

  private static ModelInput input() {
    float[] mean = new float[BANDS];
    float[] deviation = new float[BANDS];
    for (int band = 0; band < BANDS; band++) {
      mean[band] = (float) STUDIO.applyAsDouble(band);
      deviation[band] = 10;
    }
    return new ModelInput(
        FeatureSpec.librosa(), InputSpec.logMel(BANDS, 128, 80), new Normaliser(mean, deviation));
  }
}
