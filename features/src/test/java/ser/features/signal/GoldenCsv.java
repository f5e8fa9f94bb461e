package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A golden file: one row per coefficient, one column per frame. */
record GoldenCsv(String name, double[][] rows) {
  static GoldenCsv read(Path path) throws IOException {
    double[][] rows =
        Files.readAllLines(path).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    return new GoldenCsv(path.getFileName().toString(), rows);
  }

  double max() {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).max().orElseThrow();
  }

  /**
   * Shape first, then every value, within {@code atol + rtol * |expected|}.
   *
   * @param actual row-major, same shape
   */
  void assertMatchedBy(float[] actual, int frames, double atol, double rtol) {
    assertThat(frames).as("%s: frames", name).isEqualTo(rows[0].length);
    assertThat(actual.length / frames).as("%s: coefficients", name).isEqualTo(rows.length);
    for (int c = 0; c < rows.length; c++) {
      for (int t = 0; t < frames; t++) {
        double expected = rows[c][t];
        double difference = Math.abs(actual[c * frames + t] - expected);
        assertThat(difference)
            .as("%s: coefficient %d, frame %d, expected %s", name, c, t, expected)
            .isLessThanOrEqualTo(atol + rtol * Math.abs(expected));
      }
    }
  }
}
