package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Linear sweeps through a whole band, so that no frequency between the tones of {@link
 * ResamplerTest} is left out.
 */
class ResamplerSweepTest {
  private static final double SECONDS = 2;

  /** Samples over which a level is measured: about a hundredth of the sweep. */
  private static final int WINDOW = 256;

  private static float[] sweep(double fromHz, double toHz, int rateHz) {
    float[] sweep = new float[(int) (SECONDS * rateHz)];
    for (int i = 0; i < sweep.length; i++) {
      double t = (double) i / rateHz;
      double cycles = fromHz * t + (toHz - fromHz) * t * t / (2 * SECONDS);
      sweep[i] = (float) Math.sin(2 * Math.PI * (cycles - Math.floor(cycles)));
    }
    return sweep;
  }

  private static double levelDb(float[] y, int from) {
    double sum = 0;
    for (int i = from; i < from + WINDOW; i++) {
      sum += (double) y[i] * y[i];
    }
    return 10 * Math.log10(2 * sum / WINDOW + 1e-30);
  }

  @ParameterizedTest(name = "{0} to {1} Hz")
  @CsvSource({
    "48000, 22050",
    "44100, 22050",
    "16000, 22050",
    "16000, 8000",
    "24414, 22050",
    "48000, 16000",
    "8000, 16000"
  })
  void givenSweepTo45PercentOfLowerRate_whenResampled_thenEachSampleIsTheSweepItself(
      int sourceHz, int targetHz) {
    double topHz = 0.45 * Math.min(sourceHz, targetHz);
    float[] actual =
        new Resampler(sourceHz, targetHz).resample(sweep(0.001 * topHz, topHz, sourceHz));
    float[] expected = sweep(0.001 * topHz, topHz, targetHz);
    int edge = targetHz / 50;

    // 0.1 dB of ripple is a hundredth of the amplitude; a delay of a hundredth of a sample at the
    // upper end is as much again.
    for (int i = edge; i < expected.length - edge; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).as("sample %d", i).isLessThan(1e-3f);
    }
    for (int from = edge; from + WINDOW < expected.length - edge; from += WINDOW) {
      assertThat(levelDb(actual, from) - levelDb(expected, from)).isBetween(-0.1, 0.1);
    }
  }

  @ParameterizedTest(name = "{0} to {1} Hz")
  @CsvSource({"48000, 22050", "44100, 22050", "16000, 8000", "24414, 22050", "48000, 16000"})
  void givenSweepAboveHalfTheTargetRate_whenResampled_thenAtLeast96DbDownThroughout(
      int sourceHz, int targetHz) {
    float[] actual =
        new Resampler(sourceHz, targetHz)
            .resample(sweep(1.001 * targetHz / 2, 0.999 * sourceHz / 2, sourceHz));
    int edge = targetHz / 50;

    for (int from = edge; from + WINDOW < actual.length - edge; from += WINDOW) {
      assertThat(levelDb(actual, from)).as("from sample %d", from).isLessThan(-96);
    }
  }
}
