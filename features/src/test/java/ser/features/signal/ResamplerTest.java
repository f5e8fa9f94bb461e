package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {
  private static final double PASS_BAND_RIPPLE_DB = 0.1;

  private static final double STOP_BAND_DB = -96;

  private static float[] tone(double hz, int rateHz, int samples) {
    float[] tone = new float[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * hz * i / rateHz + 0.3);
    }
    return tone;
  }

  /** Root mean square of the middle half: away from where the tone is switched on and off. */
  private static double levelDb(float[] y) {
    double sum = 0;
    for (int i = y.length / 4; i < 3 * y.length / 4; i++) {
      sum += (double) y[i] * y[i];
    }
    return 10 * Math.log10(2 * sum / (3 * y.length / 4 - y.length / 4) + 1e-30);
  }

  static Stream<Arguments> ratePairs() {
    return Stream.of(
        Arguments.of(48_000, 22_050),
        Arguments.of(44_100, 22_050),
        Arguments.of(16_000, 22_050),
        Arguments.of(16_000, 8_000),
        Arguments.of(8_000, 16_000),
        Arguments.of(24_414, 22_050),
        Arguments.of(22_050, 24_413),
        Arguments.of(96_000, 16_000),
        Arguments.of(11_025, 48_000));
  }

  @ParameterizedTest(name = "{0} to {1} Hz")
  @MethodSource("ratePairs")
  void givenTonesUpTo45PercentOfLowerRate_whenResampled_thenEachSampleIsTheToneItself(
      int sourceHz, int targetHz) {
    Resampler resampler = new Resampler(sourceHz, targetHz);
    for (double share : new double[] {0.01, 0.1, 0.2, 0.3, 0.4, 0.43, 0.44, 0.45}) {
      double hz = share * Math.min(sourceHz, targetHz);
      float[] actual = resampler.resample(tone(hz, sourceHz, sourceHz / 5));
      float[] expected = tone(hz, targetHz, actual.length);

      assertThat(levelDb(actual))
          .as("%s Hz", hz)
          .isBetween(-PASS_BAND_RIPPLE_DB, PASS_BAND_RIPPLE_DB);
      double worst = 0;
      for (int i = actual.length / 4; i < 3 * actual.length / 4; i++) {
        worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
      }
      assertThat(worst).as("largest error at %s Hz", hz).isLessThan(1e-4);
    }
  }

  @ParameterizedTest(name = "{0} to {1} Hz")
  @MethodSource("ratePairs")
  void givenTonesAboveHalfTheTargetRate_whenResampled_thenAtLeast96DbDown(
      int sourceHz, int targetHz) {
    Resampler resampler = new Resampler(sourceHz, targetHz);
    double nyquist = targetHz / 2.0;
    for (double hz = nyquist * 1.001; hz < sourceHz / 2.0; hz += 0.037 * (sourceHz - targetHz)) {
      float[] actual = resampler.resample(tone(hz, sourceHz, sourceHz / 5));

      assertThat(levelDb(actual)).as("%s Hz", hz).isLessThan(STOP_BAND_DB);
    }
  }

  @ParameterizedTest(name = "{0} to {1} Hz")
  @CsvSource({"16000, 22050", "8000, 16000", "11025, 48000", "22050, 24413"})
  void givenToneBelowSourceLimit_whenRateRaised_thenImagesAtLeast96DbDown(
      int sourceHz, int targetHz) {
    double hz = 0.44 * sourceHz;
    float[] actual = new Resampler(sourceHz, targetHz).resample(tone(hz, sourceHz, sourceHz / 5));
    float[] expected = tone(hz, targetHz, actual.length);
    // What is left when the tone itself is taken away, at the level it has.
    double gain = correlation(actual, expected, 0) / correlation(expected, expected, 0);
    for (int i = 0; i < actual.length; i++) {
      actual[i] -= (float) (gain * expected[i]);
    }

    assertThat(levelDb(actual)).isLessThan(STOP_BAND_DB);
  }

  @ParameterizedTest(name = "{0} to {1} Hz")
  @MethodSource("ratePairs")
  void givenToneBurst_whenResampled_thenCrossCorrelationPeaksAtLagZero(int sourceHz, int targetHz) {
    double hz = 0.1 * Math.min(sourceHz, targetHz);
    float[] actual = new Resampler(sourceHz, targetHz).resample(burst(hz, sourceHz));
    float[] expected = burst(hz, targetHz);

    int best =
        IntStream.rangeClosed(-20, 20)
            .boxed()
            .max(
                (a, b) ->
                    Double.compare(
                        correlation(actual, expected, a), correlation(actual, expected, b)))
            .orElseThrow();
    assertThat(best).isZero();
  }

  private static float[] burst(double hz, int rateHz) {
    float[] burst = tone(hz, rateHz, rateHz / 4);
    for (int i = 0; i < burst.length; i++) {
      double t = ((double) i / rateHz - 0.125) / 0.02;
      burst[i] *= (float) Math.exp(-t * t);
    }
    return burst;
  }

  private static double correlation(float[] a, float[] b, int lag) {
    double sum = 0;
    int length = Math.min(a.length, b.length);
    for (int i = length / 4; i < 3 * length / 4; i++) {
      sum += (double) a[i + lag] * b[i];
    }
    return sum;
  }

  static Stream<Arguments> streams() {
    return ratePairs()
        .flatMap(p -> Stream.of(1L, 2L).map(s -> Arguments.of(s, p.get()[0], p.get()[1])));
  }

  @ParameterizedTest(name = "seed {0}, {1} to {2} Hz")
  @MethodSource("streams")
  void givenAnyPortions_whenPushed_thenSameBitsAsWholeClip(long seed, int sourceHz, int targetHz) {
    Random random = new Random(seed);
    float[] clip = new float[60_000 + random.nextInt(60_000)];
    for (int i = 0; i < clip.length; i++) {
      clip[i] = (float) random.nextGaussian() / 4;
    }
    Resampler streaming = new Resampler(sourceHz, targetHz);
    List<float[]> portions = new ArrayList<>();
    for (int at = 0; at < clip.length; ) {
      int count = Math.min(clip.length - at, 1 + random.nextInt(random.nextBoolean() ? 7 : 9_000));
      float[] portion = new float[count + 3];
      System.arraycopy(clip, at, portion, 0, count);
      portions.add(streaming.push(portion, count));
      at += count;
    }
    portions.add(streaming.finish());

    float[] whole = new Resampler(sourceHz, targetHz).resample(clip);
    int at = 0;
    for (float[] portion : portions) {
      for (float value : portion) {
        assertThat(value).isEqualTo(whole[at++]);
      }
    }
    assertThat(at).isEqualTo(whole.length);
  }

  @ParameterizedTest(name = "{0} samples, {1} to {2} Hz")
  @CsvSource({
    "0, 48000, 22050, 0",
    "1, 48000, 22050, 1",
    "67200, 48000, 22050, 30870",
    "67201, 48000, 22050, 30871",
    "24000, 16000, 22050, 33075",
    "30617, 24414, 22050, 27653",
    "7, 16000, 8000, 4"
  })
  void givenLength_whenResampled_thenCeilingOfExactLength(
      int samples, int sourceHz, int targetHz, int expected) {
    assertThat(new Resampler(sourceHz, targetHz).resample(new float[samples])).hasSize(expected);
  }

  @Test
  void givenSilenceAfterSound_whenResampled_thenExactlyZeroAgain() {
    float[] clip = new float[48_000];
    System.arraycopy(tone(440, 48_000, 10_000), 0, clip, 0, 10_000);

    float[] actual = new Resampler(48_000, 22_050).resample(clip);

    for (int i = 6_000; i < actual.length; i++) {
      assertThat(actual[i]).as("sample %d", i).isZero();
    }
  }

  @ParameterizedTest(name = "{0} to {1} Hz")
  @MethodSource("ratePairs")
  void givenSilenceOfAnyLengthAnywhere_whenResampled_thenZeroWhereTheFilterSeesNothingElse(
      int sourceHz, int targetHz) {
    Random random = new Random(sourceHz + targetHz);
    float[] clip = new float[400_000];
    for (int at = 0; at < clip.length; ) {
      int sound = Math.min(clip.length - at, 1 + random.nextInt(20_000));
      for (int i = at; i < at + sound; i++) {
        clip[i] = (float) random.nextGaussian() / 4;
      }
      at += sound + random.nextInt(20_000);
    }

    float[] actual = new Resampler(sourceHz, targetHz).resample(clip);

    // The filter reaches over 64 periods of the lower rate's limit and a little more.
    int reach = 8 + 80 * Math.max(1, sourceHz / Math.min(sourceHz, targetHz) + 1);
    int zeros = 0;
    for (int i = 0; i < actual.length; i++) {
      int middle = (int) ((long) i * sourceHz / targetHz);
      boolean silent = true;
      for (int j = Math.max(0, middle - reach); j < middle + reach && j < clip.length; j++) {
        silent &= clip[j] == 0;
      }
      if (silent) {
        assertThat(actual[i]).as("sample %d", i).isZero();
        zeros++;
      }
    }
    assertThat(zeros).isGreaterThan(actual.length / 5);
  }

  @Test
  void givenResampler_whenUsedAgain_thenEarlierClipLeavesNoTrace() {
    Resampler resampler = new Resampler(16_000, 22_050);
    float[] first = resampler.resample(tone(440, 16_000, 16_000));
    resampler.push(tone(3_000, 16_000, 5_000), 5_000);

    assertThat(resampler.resample(tone(440, 16_000, 16_000))).isEqualTo(first);
  }

  @Test
  void givenEqualRates_whenResampled_thenSameSamples() {
    float[] tone = tone(440, 16_000, 1_000);
    Resampler resampler = new Resampler(16_000, 16_000);

    assertThat(resampler.resample(tone)).isEqualTo(tone);
    assertThat(resampler.push(tone, 900)).hasSize(900);
    assertThat(resampler.finish()).isEmpty();
  }

  @Test
  void givenRateZero_whenMade_thenMessageNamesBothRates() {
    assertThatThrownBy(() -> new Resampler(0, 8_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 0 to 8000 Hz");
  }

  @Test
  void givenRatesFarApart_whenMade_thenRefusedBeforeAnythingIsAllocated() {
    assertThatThrownBy(() -> new Resampler(1, 22_050))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 64 times");
    assertThatThrownBy(() -> new Resampler(Integer.MAX_VALUE, 8_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 64 times");
  }

  @ParameterizedTest(name = "{0} to {1} Hz")
  @CsvSource({"384000, 8000", "8000, 384000", "44101, 22051"})
  void givenUnusualRates_whenResampled_thenToneKeepsItsLevelAndPlace(int sourceHz, int targetHz) {
    double hz = 0.2 * Math.min(sourceHz, targetHz);
    float[] actual = new Resampler(sourceHz, targetHz).resample(tone(hz, sourceHz, sourceHz / 4));
    float[] expected = tone(hz, targetHz, actual.length);

    for (int i = actual.length / 4; i < 3 * actual.length / 4; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).as("sample %d", i).isLessThan(1e-4f);
    }
  }
}
