package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static ser.features.signal.LaneFft.LANES;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneFftTest {
  @ParameterizedTest(name = "{0} points")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 21, 49, 64, 105, 147, 256, 320, 512})
  void givenRandomSignals_whenTransformed_thenAsTheDefiningSum(int size) {
    Random random = new Random(size);
    LaneFft fft = new LaneFft(size);
    float[][] rows = fft.newRows();
    float[][] input = new float[size][];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < 2 * LANES; j++) {
        rows[i][j] = (float) random.nextGaussian();
      }
      input[i] = rows[i].clone();
    }

    fft.transform(rows);

    int lane = size % 131;
    for (int k = 0; k < size; k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < size; i++) {
        double angle = -2 * Math.PI * k * i / size;
        re += input[i][lane] * Math.cos(angle) - input[i][lane + LANES] * Math.sin(angle);
        im += input[i][lane] * Math.sin(angle) + input[i][lane + LANES] * Math.cos(angle);
      }
      float[] row = rows[fft.rowOf(k)];
      assertThat(Math.hypot(row[lane] - re, row[lane + LANES] - im))
          .as("bin %d", k)
          .isLessThan(1e-6 * size);
    }
  }
}
