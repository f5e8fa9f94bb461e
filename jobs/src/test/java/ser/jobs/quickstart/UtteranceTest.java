package ser.jobs.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class UtteranceTest {
  private static final long SEED = 7;

  static Stream<Speaker> speakers() {
    return Stream.of(1, 2, 3, 4).map(number -> Speaker.of(number, SEED));
  }

  @ParameterizedTest
  @EnumSource
  void givenAnyMood_whenSpoken_thenSamplesAreFiniteAndBelowFullScale(Mood mood) {
    for (float sample : utterance(Speaker.of(1, SEED), mood, 1).samples(SEED)) {
      assertThat(sample).isFinite().isStrictlyBetween(-1f, 1f);
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenAnyMood_whenSpoken_thenItLastsTwoToFourSecondsMoreOrLess(Mood mood) {
    double seconds =
        utterance(Speaker.of(1, SEED), mood, 1).samples(SEED).length
            / (double) Utterance.SAMPLE_RATE_HZ;

    assertThat(seconds).isBetween(1.5, 4.5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("speakers")
  void givenOneSpeaker_whenHappyAndSad_thenHappyIsHigherFasterAndLouder(Speaker speaker) {
    assertThat(meanPitchHz(speaker, Mood.HAPPY)).isGreaterThan(meanPitchHz(speaker, Mood.SAD));
    assertThat(meanSteps(speaker, Mood.HAPPY)).isLessThan(meanSteps(speaker, Mood.SAD));
    assertThat(meanLevel(speaker, Mood.HAPPY)).isGreaterThan(meanLevel(speaker, Mood.SAD));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("speakers")
  void givenOneSpeaker_whenSurprised_thenTheEndIsHigherThanWhenAngry(Speaker speaker) {
    assertThat(finalPitchHz(speaker, Mood.SURPRISED))
        .isGreaterThan(finalPitchHz(speaker, Mood.ANGRY));
  }

  @Test
  void givenManAndWoman_whenBothNeutral_thenTheWomanIsHigher() {
    assertThat(meanPitchHz(Speaker.of(2, SEED), Mood.NEUTRAL))
        .isGreaterThan(meanPitchHz(Speaker.of(1, SEED), Mood.NEUTRAL));
  }

  @Test
  void givenAVowel_whenSynthesised_thenItsPitchIsThePlannedOne() {
    GlottalSource folds =
        new GlottalSource(22_050, new Prosody.Voice(0, 0, 0), Seeds.random(SEED, 0));
    double[] second = new double[22_050];
    for (int i = 0; i < second.length; i++) {
      second[i] = folds.next(120);
    }

    // Pulses are counted at their steepest point, the closing of the folds.
    double lowest = Arrays.stream(second).min().orElseThrow();
    int pulses = 0;
    for (int i = 1; i < second.length - 1; i++) {
      if (second[i] < 0.5 * lowest && second[i] <= second[i - 1] && second[i] < second[i + 1]) {
        pulses++;
      }
    }
    assertThat((double) pulses).isCloseTo(120, Offset.offset(2.0));
  }

  @Test
  void givenSameSeed_whenSpokenTwice_thenSamplesAreEqual() {
    Utterance utterance = utterance(Speaker.of(3, SEED), Mood.FEARFUL, 1);

    assertThat(utterance.samples(SEED)).isEqualTo(utterance.samples(SEED));
  }

  @Test
  void givenTwoTakes_whenSpoken_thenTheyDiffer() {
    Speaker speaker = Speaker.of(3, SEED);

    assertThat(utterance(speaker, Mood.CALM, 1).samples(SEED))
        .isNotEqualTo(utterance(speaker, Mood.CALM, 2).samples(SEED));
  }

  private static Utterance utterance(Speaker speaker, Mood mood, int take) {
    return new Utterance(speaker, mood, Sentence.ALL.get(0), take);
  }

  private static Stream<Utterance> takes(Speaker speaker, Mood mood) {
    return Stream.of(1, 2, 3, 4, 5).map(take -> utterance(speaker, mood, take));
  }

  private static double meanPitchHz(Speaker speaker, Mood mood) {
    return takes(speaker, mood)
        .flatMapToDouble(u -> Arrays.stream(u.articulation(SEED).pitchHz()))
        .average()
        .orElseThrow();
  }

  private static double finalPitchHz(Speaker speaker, Mood mood) {
    return takes(speaker, mood)
        .map(u -> u.articulation(SEED).pitchHz())
        .mapToDouble(pitchHz -> pitchHz[pitchHz.length - 1])
        .average()
        .orElseThrow();
  }

  private static double meanSteps(Speaker speaker, Mood mood) {
    return takes(speaker, mood).mapToInt(u -> u.articulation(SEED).steps()).average().orElseThrow();
  }

  private static double meanLevel(Speaker speaker, Mood mood) {
    return takes(speaker, mood)
        .mapToDouble(
            u -> {
              double sum = 0;
              float[] samples = u.samples(SEED);
              for (float sample : samples) {
                sum += sample * sample / (double) samples.length;
              }
              return sum;
            })
        .average()
        .orElseThrow();
  }
}
