package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ser.features.signal.LaneFft.LANES;
import static ser.features.signal.RealFft.SIGNALS;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealFftTest {
  private static float[] noise(int samples) {
    Random random = new Random(samples);
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    return noise;
  }

  private static float[][] sameArray(float[] samples) {
    float[][] signals = new float[SIGNALS][];
    Arrays.fill(signals, samples);
    return signals;
  }

  private static int[] offsets(int first, int stride) {
    return IntStream.range(0, SIGNALS).map(signal -> first + signal * stride).toArray();
  }

  @ParameterizedTest(name = "{0} samples")
  @ValueSource(ints = {16, 32, 48, 112, 336, 512, 640})
  void givenOverlappingSignals_whenTransformed_thenAsTheDefiningSum(int size) {
    int stride = size / 2 + 1;
    float[] samples = noise(3 + SIGNALS * stride + size);
    RealFft fft = new RealFft(size);
    float[][] rows = fft.newRows();

    fft.forward(sameArray(samples), offsets(3, stride), SIGNALS, rows);

    for (int signal : new int[] {0, 7, SIGNALS - 1}) {
      for (int k2 = 0; k2 < size / 16; k2++) {
        for (int k1 = 0; k1 <= 8; k1++) {
          int k = 16 * k2 + k1;
          double re = 0;
          double im = 0;
          for (int i = 0; i < size; i++) {
            double angle = -2 * Math.PI * ((long) k * i % size) / size;
            re += samples[3 + signal * stride + i] * Math.cos(angle);
            im += samples[3 + signal * stride + i] * Math.sin(angle);
          }
          float[] row = rows[fft.rowOf(k2)];
          int lane = SIGNALS * k1 + signal;
          assertThat(Math.hypot(row[lane] - re, row[lane + LANES] - im))
              .as("signal %d, bin %d", signal, k)
              .isLessThan(1e-5 * Math.sqrt(size));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} samples")
  @ValueSource(ints = {16, 32, 48, 112, 336, 512, 640, 2352})
  void givenBins_whenTransformedBack_thenSamplesTimesSize(int size) {
    float[] samples = noise(SIGNALS * size);
    RealFft fft = new RealFft(size);
    float[][] rows = fft.newRows();
    fft.forward(sameArray(samples), offsets(0, size), SIGNALS, rows);
    float[][] exchanged = fft.newRows();
    for (int k2 = 0; k2 < rows.length; k2++) {
      for (int lane = 0; lane < LANES; lane++) {
        exchanged[k2][lane] = rows[fft.rowOf(k2)][lane + LANES];
        exchanged[k2][lane + LANES] = rows[fft.rowOf(k2)][lane];
      }
    }
    int skip = 5;
    int count = size - 7;
    float[] output = new float[SIGNALS * count];

    fft.backward(exchanged, SIGNALS, output, skip, count);

    for (int signal = 0; signal < SIGNALS; signal++) {
      for (int i = 0; i < count; i++) {
        assertThat(output[signal * count + i] / size)
            .as("signal %d, sample %d", signal, skip + i)
            .isCloseTo(
                samples[signal * size + skip + i], org.assertj.core.data.Offset.offset(1e-5f));
      }
    }
  }

  @ParameterizedTest(name = "{0} samples")
  @ValueSource(ints = {48, 320, 2048})
  void givenFewSignalsAfterMany_whenTransformed_thenSameBitsAndTheOthersSilent(int size) {
    float[] samples = noise(SIGNALS * size);
    RealFft fft = new RealFft(size);
    float[][] all = fft.newRows();
    float[][] few = fft.newRows();
    fft.forward(sameArray(samples), offsets(0, size), SIGNALS, all);

    fft.forward(sameArray(samples), offsets(0, size), 5, few);

    for (int row = 0; row < all.length; row++) {
      for (int lane = 0; lane < 2 * LANES; lane++) {
        assertThat(few[row][lane]).isEqualTo(lane % SIGNALS < 5 ? all[row][lane] : 0f);
      }
    }
  }

  @Test
  void givenSizeWithoutTransform_whenMade_thenMessageNamesIt() {
    assertThatThrownBy(() -> new RealFft(24)).hasMessageContaining("size 24");
    assertThatThrownBy(() -> new RealFft(16 * 11)).hasMessageContaining("FFT size 11");
  }
}
