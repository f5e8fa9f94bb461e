package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import ser.features.FeatureExtractor;
import ser.features.FeatureMatrix;
import ser.features.Features;
import ser.features.audio.Clip;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.FrameSpec;
import ser.features.spec.MelSpec;

/** Every stage against librosa 0.11.0; tolerances of the golden folder's README. */
class LibrosaGoldenTest {
  private static final FeatureSpec A =
      new FeatureSpec(
          FeatureSpec.NATIVE_RATE,
          new FrameSpec(2048, 2048, 512),
          new MelSpec(128, 0, 0, 80),
          40,
          Feature.STANDARD);

  static List<String> clips() {
    return SharedGolden.CLIPS;
  }

  private static FeatureSpec spec(String clip) {
    return clip.endsWith(".b_telephone") ? FeatureSpec.telephone() : A;
  }

  private static GoldenCsv expected(String clip, String stage) throws IOException {
    return GoldenCsv.read(
        SharedGolden.folder().resolve("features").resolve(clip).resolve(stage + ".csv"));
  }

  private static void assertStage(String clip, Feature feature, String stage, double atol)
      throws IOException {
    Features features =
        new FeatureExtractor(spec(clip)).extract(TestWav.read(SharedGolden.clip(clip)));
    FeatureMatrix actual = features.matrix(feature);
    expected(clip, stage).assertMatchedBy(actual.values(), features.frames(), atol, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clips")
  void givenClip_whenPowerSpectrum_thenWithinMillionthOfFrame(String clip) throws IOException {
    double[][] expected = expected(clip, "power_spectrum").rows();
    Clip audio = TestWav.read(SharedGolden.clip(clip));
    PowerSpectrum stage = new PowerSpectrum(spec(clip).frames());
    float[][] actual = stage.frames(audio.samples(), 0, audio.samples().length, 0);

    assertThat(actual).hasNumberOfRows(expected.length);
    for (int t = 0; t < expected[0].length; t++) {
      double peak = 0;
      for (double[] row : expected) {
        peak = Math.max(peak, row[t]);
      }
      for (int k = 0; k < expected.length; k++) {
        assertThat(Math.abs(actual[k][t] - expected[k][t]))
            .as("bin %d, frame %d", k, t)
            .isLessThanOrEqualTo(1e-6 * peak);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clips")
  void givenClip_whenMel_thenAsLibrosa(String clip) throws IOException {
    FeatureSpec spec = spec(clip);
    Clip audio = TestWav.read(SharedGolden.clip(clip));
    float[] samples = audio.samples();
    int frames = spec.frames().framesOf(samples.length);
    int bands = spec.mel().bands();
    PowerSpectrum power = new PowerSpectrum(spec.frames());
    MelFilterBank bank = new MelFilterBank(audio.sampleRateHz(), spec.frames().nFft(), spec.mel());
    float[][] mel = new float[bands][PowerSpectrum.BATCH];
    float[] actual = new float[bands * frames];
    for (int first = 0; first < frames; first += PowerSpectrum.BATCH) {
      bank.apply(power.frames(samples, 0, samples.length, first), mel);
      for (int b = 0; b < bands; b++) {
        int count = Math.min(PowerSpectrum.BATCH, frames - first);
        System.arraycopy(mel[b], 0, actual, b * frames + first, count);
      }
    }

    GoldenCsv expected = expected(clip, "mel");
    expected.assertMatchedBy(actual, frames, 1e-9 * expected.max(), 1e-4);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clips")
  void givenClip_whenLogMel_thenAsLibrosa(String clip) throws IOException {
    assertStage(clip, Feature.LOG_MEL, "log_mel", 1e-3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clips")
  void givenClip_whenMfcc_thenAsLibrosa(String clip) throws IOException {
    assertStage(clip, Feature.MFCC, "mfcc", 2e-3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clips")
  void givenClip_whenDelta_thenAsLibrosa(String clip) throws IOException {
    assertStage(clip, Feature.MFCC_DELTA, "delta", 1e-3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clips")
  void givenClip_whenSecondDelta_thenAsLibrosa(String clip) throws IOException {
    assertStage(clip, Feature.MFCC_DELTA2, "delta2", 1e-3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clips")
  void givenClip_whenZeroCrossingRate_thenAsLibrosa(String clip) throws IOException {
    assertStage(clip, Feature.ZCR, "zcr", 1e-6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clips")
  void givenClip_whenRootMeanSquare_thenAsLibrosa(String clip) throws IOException {
    assertStage(clip, Feature.RMS, "rms", 1e-6);
  }

  static Stream<String> bases() {
    return Stream.of(
        "16000 2048 128 0 8000",
        "22050 2048 128 0 11025",
        "24414 2048 128 0 12207",
        "48000 2048 128 0 24000",
        "8000 2048 128 0 4000",
        "8000 512 40 200 3500");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bases")
  void givenRate_whenFilterBankMade_thenWeightsAsLibrosa(String basis) throws IOException {
    String[] part = basis.split(" ");
    Path file =
        SharedGolden.folder()
            .resolve("mel_basis")
            .resolve(
                "sr%s_nfft%s_mels%s_f%s-%s.csv"
                    .formatted(part[0], part[1], part[2], part[3], part[4]));
    int nFft = Integer.parseInt(part[1]);
    int bands = Integer.parseInt(part[2]);
    MelSpec spec = new MelSpec(bands, Double.parseDouble(part[3]), Double.parseDouble(part[4]), 80);
    MelFilterBank bank = new MelFilterBank(Integer.parseInt(part[0]), nFft, spec);
    float[] weights = new float[bands * (nFft / 2 + 1)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = bank.weight(i / (nFft / 2 + 1), i % (nFft / 2 + 1));
    }

    GoldenCsv.read(file).assertMatchedBy(weights, nFft / 2 + 1, 1e-8, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("windows")
  void givenLengths_whenWindowMade_thenAsScipy(int windowLength, int nFft, String file)
      throws IOException {
    double[] weights = AnalysisWindow.of(new FrameSpec(nFft, windowLength, nFft));
    double[][] expected =
        GoldenCsv.read(SharedGolden.folder().resolve("window").resolve(file)).rows();

    assertThat(weights).hasSize(expected.length);
    for (int i = 0; i < weights.length; i++) {
      assertThat(Math.abs(weights[i] - expected[i][0])).as("sample %d", i).isLessThan(1e-8);
    }
  }

  static Stream<Arguments> windows() {
    return Stream.of(
        Arguments.of(2048, 2048, "hann_2048.csv"), Arguments.of(200, 512, "hann_200_in_512.csv"));
  }
}
