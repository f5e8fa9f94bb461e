package ser.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.features.FeatureMatrix;
import ser.report.image.Matrix;

class SpectrogramTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "999, 999, 1", "1000, 500, 2", "1001, 501, 2", "3001, 751, 4"})
  void givenAnyLength_whenDrawn_thenEachColumnIsTheMeanOfItsFrames(
      int frames, int columns, int framesPerColumn) {
    float[] values = new float[2 * frames];
    for (int i = 0; i < frames; i++) {
      values[i] = i;
      values[frames + i] = -i;
    }
    FeatureMatrix logMel = new FeatureMatrix(2, frames, values);
    Spectrogram spectrogram = new Spectrogram(2);
    for (int i = 0; i < frames; i++) {
      spectrogram.add(logMel, i);
    }

    Matrix picture = spectrogram.toMatrix();

    assertThat(picture.columns()).isEqualTo(columns);
    for (int column = 0; column < columns; column++) {
      int first = column * framesPerColumn;
      int last = Math.min(frames, first + framesPerColumn) - 1;
      assertThat((double) picture.at(0, column)).isCloseTo((first + last) / 2.0, within(1e-3));
      assertThat(picture.at(1, column)).isEqualTo(-picture.at(0, column));
    }
  }
}
