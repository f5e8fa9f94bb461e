package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.features.FeatureExtractor;
import ser.features.FeatureMatrix;
import ser.features.Features;
import ser.features.audio.Clip;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.FrameSpec;
import ser.features.spec.MelSpec;

/** Log-mel after resampling against librosa with soxr_hq, its default. */
class ResampledGoldenTest {
  @ParameterizedTest(name = "{0} to {1} Hz")
  @CsvSource({
    "ravdess_angry_48k, 22050",
    "ravdess_angry_48k, 16000",
    "emodb_anger_16k, 8000",
    "emodb_anger_16k, 22050"
  })
  void givenClip_whenResampled_thenLogMelAsAfterSoxr(String name, int targetHz) throws IOException {
    Clip clip = TestWav.read(SharedGolden.clip(name + ".a"));
    FeatureSpec spec =
        new FeatureSpec(
            targetHz,
            new FrameSpec(2048, 2048, 512),
            new MelSpec(128, 0, 0, 80),
            40,
            EnumSet.of(Feature.LOG_MEL));
    double[][] expected =
        GoldenCsv.read(
                SharedGolden.folder()
                    .resolve("resampled")
                    .resolve(name + ".to" + targetHz)
                    .resolve("log_mel.csv"))
            .rows();

    Features features = new FeatureExtractor(spec).extract(clip);
    FeatureMatrix actual = features.matrix(Feature.LOG_MEL);

    assertThat(features.frames()).isEqualTo(expected[0].length);
    double limitHz = 0.45 * Math.min(clip.sampleRateHz(), targetHz);
    double sum = 0;
    double worst = 0;
    int compared = 0;
    double peak = -200;
    double leak = -200;
    for (int b = 0; b < 128; b++) {
      for (int t = 0; t < features.frames(); t++) {
        double difference = Math.abs(actual.at(b, t) - expected[b][t]);
        peak = Math.max(peak, actual.at(b, t));
        if (centreHz(b, targetHz) < limitHz) {
          sum += difference;
          worst = Math.max(worst, difference);
          compared++;
        }
        if (centreHz(b, targetHz) > clip.sampleRateHz() / 2.0) {
          leak = Math.max(leak, actual.at(b, t));
        }
      }
    }
    assertThat(sum / compared).as("mean difference in dB").isLessThanOrEqualTo(0.03);
    assertThat(worst).as("largest difference in dB").isLessThanOrEqualTo(2);
    assertThat(leak).as("bands above the source's range").isLessThan(peak - 60);
  }

  // Slaney's scale; all bands compared with a limit lie where it is logarithmic or below.
  private static double centreHz(int band, int rateHz) {
    double top = 15 + 27 * Math.log(rateHz / 2.0 / 1000) / Math.log(6.4);
    double mel = top * (band + 1) / 129;
    return mel < 15 ? 200 * mel / 3 : 1000 * Math.exp((mel - 15) * Math.log(6.4) / 27);
  }
}
