package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleFftTest {
  @ParameterizedTest(name = "{0} samples")
  @ValueSource(ints = {8, 16, 64, 512, 2048})
  void givenNoise_whenTransformed_thenAsTheDefinition(int size) {
    Random random = new Random(size);
    double[] samples = random.doubles(size, -1, 1).toArray();
    double[] real = new double[size / 2 + 1];
    double[] imaginary = new double[size / 2 + 1];

    new DoubleFft(size).transform(samples, real, imaginary);

    for (int k = 0; k <= size / 2; k++) {
      double re = 0;
      double im = 0;
      for (int n = 0; n < size; n++) {
        double angle = 2 * Math.PI * ((long) k * n % size) / size;
        re += samples[n] * Math.cos(angle);
        im -= samples[n] * Math.sin(angle);
      }
      assertThat(Math.hypot(real[k] - re, imaginary[k] - im)).as("bin %d", k).isLessThan(1e-11);
    }
  }

  @Test
  void givenSizeThatIsNoPowerOfTwo_whenMade_thenRefused() {
    assertThatThrownBy(() -> new DoubleFft(1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000");
  }
}
