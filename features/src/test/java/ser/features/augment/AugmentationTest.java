package ser.features.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.audio.Clip;

class AugmentationTest {
  private static final List<Augmentation> ALL =
      List.of(
          new GaussianNoise(new Range(10, 30)),
          new PitchShift(new Range(-4, 4)),
          new TimeStretch(new Range(0.8, 1.25)),
          new SpeedChange(new Range(0.92, 1.08)),
          new TelephoneBand(EnumSet.allOf(CompandingLaw.class)));

  static Stream<Augmentation> all() {
    return ALL.stream();
  }

  static Stream<Arguments> allAtEveryRate() {
    return ALL.stream()
        .flatMap(
            one ->
                Stream.of(8_000, 11_025, 16_000, 22_050, 24_414, 44_100, 48_000)
                    .map(rate -> Arguments.of(one, rate)));
  }

  @ParameterizedTest(name = "{0} dB, {1} s")
  @CsvSource({"10, 1", "30, 1", "0, 0.02", "17.3, 0.005", "-5, 1"})
  void givenASnr_whenNoiseIsAdded_thenTheRatioIsTheOneAskedFor(double snrDb, double durationS) {
    Clip clip = TestSignals.tone(440, 0.05, durationS, 16_000);

    Augmented noisy = apply(new GaussianNoise(new Range(snrDb, snrDb)), clip, 1);

    float[] noise = noisy.clip().samples().clone();
    for (int i = 0; i < noise.length; i++) {
      noise[i] -= clip.samples()[i];
    }
    double ratio = TestSignals.energy(clip.samples()) / TestSignals.energy(noise);
    assertThat(10 * Math.log10(ratio)).isCloseTo(snrDb, within(0.1));
    assertThat(noisy.detail()).isEqualTo("snr_db=" + snrDb);
  }

  @Test
  void givenManySamples_whenNoiseIsDrawn_thenItIsGaussian() {
    Clip clip = TestSignals.tone(440, 0.01, 5, 16_000);
    float[] noise = apply(new GaussianNoise(new Range(0, 0)), clip, 3).clip().samples();
    double deviation = Math.sqrt(TestSignals.energy(clip.samples()) / noise.length);

    int beyondOne = 0;
    int beyondThree = 0;
    for (int i = 0; i < noise.length; i++) {
      double value = Math.abs(noise[i] - clip.samples()[i]) / deviation;
      beyondOne += value > 1 ? 1 : 0;
      beyondThree += value > 3 ? 1 : 0;
    }

    // 31.73% and 0.27% of 80,000; four standard deviations of the counts.
    assertThat(beyondOne).isBetween(24_858, 25_911);
    assertThat(beyondThree).isBetween(157, 275);
  }

  @ParameterizedTest(name = "{0} semitones at {1} Hz")
  @CsvSource({
    "-4, 16000",
    "4, 16000",
    "-1.5, 22050",
    "2.7, 44100",
    "4, 48000",
    "-4, 8000",
    "12, 16000",
    "-12, 16000"
  })
  void givenATone_whenItsPitchIsShifted_thenItMovesByTheRatioAndKeepsItsLength(
      double semitones, int rateHz) {
    Clip tone = TestSignals.tone(220, 0.5, 1.5, rateHz);

    Augmented shifted = apply(new PitchShift(new Range(semitones, semitones)), tone, 1);

    assertThat(TestSignals.frequencyHz(shifted.clip()))
        .isCloseTo(220 * Math.pow(2, semitones / 12), Percentage.withPercentage(1));
    assertThat(shifted.clip().samples()).hasSameSizeAs(tone.samples());
    assertThat(shifted.detail()).isEqualTo("semitones=" + semitones);
    assertThat(rms(shifted.clip())).isCloseTo(rms(tone), Percentage.withPercentage(3));
  }

  @ParameterizedTest(name = "rate {0} at {1} Hz")
  @CsvSource({"0.8, 16000", "1.25, 16000", "0.93, 22050", "1.1, 44100", "0.5, 48000", "2, 8000"})
  void givenATone_whenStretched_thenItsLengthChangesByTheFactorAndItsPitchStays(
      double rate, int rateHz) {
    Clip tone = TestSignals.tone(220, 0.5, 1.5, rateHz);

    Augmented stretched = apply(new TimeStretch(new Range(rate, rate)), tone, 1);

    assertThat(stretched.clip().durationS()).isCloseTo(1.5 / rate, Percentage.withPercentage(0.1));
    assertThat(TestSignals.frequencyHz(stretched.clip()))
        .isCloseTo(220, Percentage.withPercentage(0.5));
    assertThat(rms(stretched.clip())).isCloseTo(rms(tone), Percentage.withPercentage(3));
  }

  @Test
  void givenAVoice_whenStretched_thenItsPausesMoveWithTheTime() {
    Clip voice = TestSignals.voice(140, 2, 16_000);

    Clip stretched = apply(new TimeStretch(new Range(0.8, 0.8)), voice, 1).clip();

    // Loud from 0.5 k to 0.5 k + 0.25 s, silent from there to 0.5 (k + 1): times 1.25.
    for (int k = 0; k < 4; k++) {
      assertThat(rms(stretched, 0.625 * k + 0.08, 0.625 * k + 0.23)).isGreaterThan(0.15);
      assertThat(rms(stretched, 0.625 * k + 0.36, 0.625 * k + 0.58)).isLessThan(0.01);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.92, 1.08, 1.003})
  void givenATone_whenItsSpeedChanges_thenLengthAndPitchChangeTogether(double factor) {
    Clip tone = TestSignals.tone(220, 0.5, 1.5, 16_000);

    Clip changed = apply(new SpeedChange(new Range(factor, factor)), tone, 1).clip();

    assertThat(changed.durationS()).isCloseTo(1.5 / factor, Percentage.withPercentage(0.1));
    assertThat(TestSignals.frequencyHz(changed))
        .isCloseTo(220 * factor, Percentage.withPercentage(0.1));
  }

  @ParameterizedTest
  @EnumSource
  void givenWhiteNoise_whenSentThroughALine_thenLittleIsLeftOutsideTheBand(CompandingLaw law) {
    Clip noise = TestSignals.noise(0.5, 3, 48_000, 5);

    Augmented line = apply(new TelephoneBand(EnumSet.of(law)), noise, 1);

    assertThat(line.clip().sampleRateHz()).isEqualTo(8_000);
    assertThat(line.clip().durationS()).isCloseTo(3, within(0.001));
    assertThat(line.detail()).isEqualTo("law=" + law.label());
    double outside = 1 - TestSignals.shareWithin(line.clip(), 300, 3_400);
    assertThat(10 * Math.log10(outside)).isLessThan(-40);
  }

  @ParameterizedTest
  @EnumSource
  void givenATone_whenSentThroughALine_thenItPassesWithTheCodersNoiseOnly(CompandingLaw law) {
    Clip tone = TestSignals.tone(1_013, 0.3, 1, 8_000);

    float[] line = apply(new TelephoneBand(EnumSet.of(law)), tone, 1).clip().samples();

    double error = 0;
    double signal = 0;
    for (int i = 2_000; i < 6_000; i++) {
      error += Math.pow(line[i] - tone.samples()[i], 2);
      signal += Math.pow(tone.samples()[i], 2);
    }
    // ITU-T G.712 asks for 33 dB at these levels; 8-bit companding gives at most 38 to 40.
    assertThat(10 * Math.log10(signal / error)).isBetween(33.0, 42.0);
  }

  @Test
  void givenManySeeds_whenALawIsDrawn_thenBothOccur() {
    Clip clip = TestSignals.tone(500, 0.1, 0.05, 8_000);

    assertThat(
            Stream.iterate(0, i -> i + 1)
                .limit(40)
                .map(seed -> apply(ALL.get(4), clip, seed).detail()))
        .contains("law=a_law", "law=mu_law");
  }

  @ParameterizedTest
  @MethodSource("all")
  void givenOneSeed_whenAppliedTwice_thenTheBytesAreEqualAndTheClipIsUntouched(Augmentation one) {
    Clip clip = TestSignals.voice(180, 1, 22_050);
    float[] before = clip.samples().clone();

    Augmented first = apply(one, clip, 42);

    assertThat(apply(one, clip, 42).clip().samples()).isEqualTo(first.clip().samples());
    assertThat(IntStream.range(0, 20).mapToObj(seed -> apply(one, clip, seed).detail()).distinct())
        .hasSizeGreaterThan(1);
    assertThat(clip.samples()).isEqualTo(before);
    assertThat(first.clip().samples()).isNotEqualTo(before);
  }

  @ParameterizedTest(name = "{0} at {1} Hz")
  @MethodSource("allAtEveryRate")
  void givenAnyRateAndLength_whenApplied_thenSamplesAreFiniteAndWithinFullScale(
      Augmentation one, int rateHz) {
    List<Clip> clips =
        List.of(
            new Clip(new float[] {0.5f}, rateHz),
            new Clip(new float[] {1f, -1f, 0.3f}, rateHz),
            new Clip(new float[rateHz], rateHz),
            TestSignals.noise(1, 0.03, rateHz, 2),
            TestSignals.noise(1, 0.7, rateHz, 2),
            TestSignals.voice(90, 1.3, rateHz));
    for (Clip clip : clips) {
      for (int seed = 0; seed < 3; seed++) {
        float[] samples = apply(one, clip, seed).clip().samples();
        assertThat(samples).isNotEmpty();
        for (float sample : samples) {
          assertThat(Math.abs(sample)).isLessThanOrEqualTo(1f);
        }
      }
    }
  }

  @Test
  void givenAFullClip_whenNoiseWouldOverflow_thenAllIsScaledAlike() {
    Clip full = TestSignals.tone(440, 1, 1, 16_000);

    float[] noisy = apply(new GaussianNoise(new Range(6, 6)), full, 1).clip().samples();

    float peak = 0;
    int atPeak = 0;
    for (float sample : noisy) {
      peak = Math.max(peak, Math.abs(sample));
    }
    for (float sample : noisy) {
      atPeak += Math.abs(sample) == peak ? 1 : 0;
    }
    assertThat(peak).isEqualTo(1f);
    assertThat(atPeak).as("samples at full scale: clipping would leave many").isLessThan(3);
  }

  @ParameterizedTest
  @MethodSource("all")
  void givenSilence_whenApplied_thenNothingIsHeard(Augmentation one) {
    float[] samples = apply(one, new Clip(new float[16_000], 16_000), 1).clip().samples();

    // The smallest step of A-law is 8 of 32,768.
    for (float sample : samples) {
      assertThat(Math.abs(sample)).isLessThanOrEqualTo(8f / 32_768);
    }
  }

  @Test
  void givenARange_whenDrawnFrom_thenValuesFillItAndHaveThreeDecimals() {
    Range range = new Range(0.8, 1.25);
    SplittableRandom random = new SplittableRandom(1);
    double least = 2;
    double most = 0;
    for (int i = 0; i < 2_000; i++) {
      double value = range.draw(random);
      assertThat(value).isBetween(0.8, 1.25);
      assertThat(Math.rint(value * 1_000) / 1_000).isEqualTo(value);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    assertThat(least).isLessThan(0.81);
    assertThat(most).isGreaterThan(1.24);
  }

  @Test
  void givenParametersOutOfRange_whenMade_thenTheMessageNamesThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Range(2, 1))
        .withMessageContaining("from 2.0 to 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Range(Double.NaN, 1))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PitchShift(new Range(-13, 0)))
        .withMessageContaining("pitch shift in semitones from -13.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimeStretch(new Range(0.4, 1)))
        .withMessageContaining("0.4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpeedChange(new Range(1, 2.1)))
        .withMessageContaining("2.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GaussianNoise(new Range(-30, 0)))
        .withMessageContaining("-30.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TelephoneBand(EnumSet.noneOf(CompandingLaw.class)))
        .withMessageContaining("at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CompandingLaw.ofLabel("gsm"))
        .withMessageContaining("a_law, mu_law");
  }

  private static Augmented apply(Augmentation augmentation, Clip clip, long seed) {
    return augmentation.apply(clip, new SplittableRandom(seed));
  }

  private static double rms(Clip clip) {
    return rms(clip, 0, clip.durationS());
  }

  private static double rms(Clip clip, double fromS, double toS) {
    int first = (int) (fromS * clip.sampleRateHz());
    int end = (int) (toS * clip.sampleRateHz());
    float[] part = java.util.Arrays.copyOfRange(clip.samples(), first, end);
    return Math.sqrt(TestSignals.energy(part) / part.length);
  }
}
