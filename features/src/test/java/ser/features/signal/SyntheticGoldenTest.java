package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.features.FeatureExtractor;
import ser.features.Features;
import ser.features.audio.Clip;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.FrameSpec;
import ser.features.spec.MelSpec;

/** Every stage against the formulas in numpy, on a signal that both sides compute. */
class SyntheticGoldenTest {
  private static final FeatureSpec SPEC =
      new FeatureSpec(
          16_000,
          new FrameSpec(1024, 800, 512),
          new MelSpec(40, 50, 7600, 80),
          13,
          Feature.STANDARD);

  private static GoldenCsv golden(String stage) throws IOException {
    try {
      return GoldenCsv.read(
          Path.of(SyntheticGoldenTest.class.getResource("/golden/" + stage + ".csv").toURI()));
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  @Test
  void givenSyntheticSignal_whenPowerSpectrum_thenAsFormula() throws IOException {
    float[] samples = SyntheticSignal.clip().samples();
    float[][] actual = new PowerSpectrum(SPEC.frames()).frames(samples, 0, samples.length, 0);
    GoldenCsv expected = golden("power_spectrum");

    assertThat(actual).hasNumberOfRows(expected.rows().length);
    for (int k = 0; k < actual.length; k++) {
      for (int t = 0; t < expected.rows()[k].length; t++) {
        assertThat(Math.abs(actual[k][t] - expected.rows()[k][t]))
            .as("bin %d, frame %d", k, t)
            .isLessThanOrEqualTo(1e-6 * expected.max());
      }
    }
  }

  @Test
  void givenSyntheticSignal_whenMel_thenAsFormula() throws IOException {
    float[] samples = SyntheticSignal.clip().samples();
    PowerSpectrum power = new PowerSpectrum(SPEC.frames());
    float[][] mel = new float[40][PowerSpectrum.BATCH];
    new MelFilterBank(16_000, 1024, SPEC.mel())
        .apply(power.frames(samples, 0, samples.length, 0), mel);
    int frames = SPEC.frames().framesOf(samples.length);
    float[] actual = new float[40 * frames];
    for (int b = 0; b < 40; b++) {
      System.arraycopy(mel[b], 0, actual, b * frames, frames);
    }
    GoldenCsv expected = golden("mel");

    expected.assertMatchedBy(actual, frames, 1e-9 * expected.max(), 1e-4);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "LOG_MEL, 1e-3",
    "MFCC, 2e-3",
    "MFCC_DELTA, 1e-3",
    "MFCC_DELTA2, 1e-3",
    "ZCR, 1e-6",
    "RMS, 1e-6"
  })
  void givenSyntheticSignal_whenExtracted_thenAsFormula(Feature feature, double tolerance)
      throws IOException {
    Clip clip = SyntheticSignal.clip();

    Features features = new FeatureExtractor(SPEC).extract(clip);

    golden(feature.columnName())
        .assertMatchedBy(features.matrix(feature).values(), features.frames(), tolerance, 0);
  }
}
