package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream that is resampled from its middle on. */
class ResamplerSliceTest {
  private static final int[] RATES = {
    6_000, 8_000, 11_025, 16_000, 22_050, 24_413, 24_414, 32_000, 44_100, 48_000
  };

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyOutputOfAnyStream_whenStartedThere_thenTheRestIsThatOfTheWholeBitForBit(long seed) {
    Random random = new Random(seed);
    int sourceHz = RATES[random.nextInt(RATES.length)];
    int targetHz = RATES[random.nextInt(RATES.length)];
    float[] samples = noiseAndSilence(random, 1 + random.nextInt(400_000));
    float[] whole = new Resampler(sourceHz, targetHz).resample(samples);
    Resampler resampler = new Resampler(sourceHz, targetHz);
    int output = random.nextInt(whole.length);

    int from = Math.toIntExact(resampler.startAt(output));
    float[] rest = pushed(resampler, samples, from, random);

    assertThat(from).as("what is read to warm up").isLessThanOrEqualTo(samples.length);
    assertThat(Arrays.equals(rest, Arrays.copyOfRange(whole, output, whole.length)))
        .as("%d to %d Hz, output %d of %d", sourceHz, targetHz, output, whole.length)
        .isTrue();
  }

  @Test
  void givenAnOutputFarIn_whenStartedThere_thenOnlySecondsBeforeItAreRead() {
    for (int targetHz : RATES) {
      Resampler resampler = new Resampler(8_000, targetHz);
      long output = 40L * 3_600 * targetHz;

      long from = resampler.startAt(output);

      assertThat(from)
          .as("to %d Hz", targetHz)
          .isBetween(40L * 3_600 * 8_000 - 40 * 8_000, 40L * 3_600 * 8_000);
    }
  }

  @Test
  void givenAStreamBegunInItsMiddle_whenTheNextBegins_thenItBeginsAtItsStart() {
    float[] samples = noiseAndSilence(new Random(1), 100_000);
    Resampler resampler = new Resampler(8_000, 22_050);
    resampler.startAt(200_000);
    resampler.push(samples, 1_000);

    assertThat(resampler.resample(samples))
        .isEqualTo(new Resampler(8_000, 22_050).resample(samples));
  }

  private static float[] pushed(Resampler resampler, float[] samples, int from, Random random) {
    float[] all = new float[0];
    for (int at = from; at < samples.length; ) {
      int count = Math.min(samples.length - at, 1 + random.nextInt(20_000));
      all = joined(all, resampler.push(Arrays.copyOfRange(samples, at, at + count), count));
      at += count;
    }
    return joined(all, resampler.finish());
  }

  private static float[] joined(float[] first, float[] second) {
    float[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Silence is treated as such where the filter sees nothing else. */
  private static float[] noiseAndSilence(Random random, int count) {
    float[] samples = new float[count];
    for (int at = 0; at < count; ) {
      int end = (int) Math.min(count, at + 1L + random.nextInt(30_000));
      if (random.nextBoolean()) {
        for (int i = at; i < end; i++) {
          samples[i] = random.nextFloat() - 0.5f;
        }
      }
      at = end;
    }
    return samples;
  }
}
