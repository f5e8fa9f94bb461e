package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import ser.features.FeatureExtractor;
import ser.features.Features;
import ser.features.audio.Clip;
import ser.features.spec.ChromaSpec;
import ser.features.spec.ContrastSpec;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.FrameSpec;
import ser.features.spec.MelNorm;
import ser.features.spec.MelScale;
import ser.features.spec.MelSpec;
import ser.features.spec.PitchSpec;
import ser.features.spec.Window;

/** Features and settings against what librosa gave {@code golden/make_librosa_golden.py}. */
class LibrosaCasesTest {
  private static final Clip SIGNAL = SyntheticSignal.clip();
  private static final FrameSpec FRAMES = new FrameSpec(1024, 800, 512);
  private static final MelSpec MEL = new MelSpec(20, 50, 7600, 80);
  private static final PitchSpec PITCH = new PitchSpec(65, 800, 0.1);

  /**
   * @param name of the file
   * @param octaves of the contrast
   */
  private record Case(
      String name,
      Clip clip,
      FrameSpec frames,
      MelSpec mel,
      int octaves,
      ChromaSpec chroma,
      PitchSpec pitch) {
    Case(String name, Clip clip, FrameSpec frames, MelSpec mel) {
      this(name, clip, frames, mel, 6, ChromaSpec.estimate(), PITCH);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Case> CASES =
      List.of(
          new Case("extended", SIGNAL, FRAMES, MEL),
          new Case("tuned", SIGNAL, FRAMES, MEL, 6, ChromaSpec.tunedTo(0.25), PITCH),
          new Case("htk", SIGNAL, FRAMES, mel(MelScale.HTK, MelNorm.SLANEY, 2)),
          new Case("htk_no_norm", SIGNAL, FRAMES, mel(MelScale.HTK, MelNorm.NONE, 2)),
          new Case("slaney_no_norm", SIGNAL, FRAMES, mel(MelScale.SLANEY, MelNorm.NONE, 2)),
          new Case("magnitude", SIGNAL, FRAMES, mel(MelScale.SLANEY, MelNorm.SLANEY, 1)),
          new Case("uncentred", SIGNAL, new FrameSpec(1024, 800, 512, Window.HANN, false), MEL),
          new Case("hamming", SIGNAL, new FrameSpec(1024, 800, 512, Window.HAMMING, true), MEL),
          new Case("blackman", SIGNAL, new FrameSpec(1024, 1024, 512, Window.BLACKMAN, true), MEL),
          new Case("boxcar", SIGNAL, new FrameSpec(1024, 701, 512, Window.BOXCAR, true), MEL),
          new Case("short", new Clip(Arrays.copyOf(SIGNAL.samples(), 700), 16_000), FRAMES, MEL),
          new Case(
              "rumble",
              SyntheticSignal.rumble(),
              FRAMES,
              MEL,
              6,
              ChromaSpec.estimate(),
              new PitchSpec(65, 2_093, 0.1)),
          new Case("silence", new Clip(new float[4_000], 16_000), FRAMES, MEL),
          new Case(
              "telephone",
              new Clip(Arrays.copyOf(SyntheticSignal.clip(8_000).samples(), 4_000), 8_000),
              new FrameSpec(512, 200, 80),
              new MelSpec(20, 200, 3_500, 80),
              5,
              ChromaSpec.estimate(),
              PITCH),
          new Case(
              "pitch_range",
              SIGNAL,
              FRAMES,
              MEL,
              6,
              ChromaSpec.estimate(),
              new PitchSpec(100, 2_500, 0.3)));

  private static MelSpec mel(MelScale scale, MelNorm norm, int power) {
    return new MelSpec(20, 50, 7600, 80, scale, norm, power);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("CASES")
  void givenSettings_whenExtracted_thenAsLibrosa(Case given) throws IOException {
    Map<Feature, GoldenCsv> expected = golden(given.name());
    FeatureSpec spec =
        new FeatureSpec(
            given.clip().sampleRateHz(),
            given.frames(),
            given.mel(),
            13,
            expected.keySet(),
            new ContrastSpec(200, given.octaves()),
            given.chroma(),
            given.pitch());

    Features features = new FeatureExtractor(spec).extract(given.clip());

    assertThat(features.matrices().keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (feature, golden) ->
            golden.assertMatchedBy(
                features.matrix(feature).values(),
                features.frames(),
                absoluteLimit(feature),
                feature.compareTo(Feature.RMS) > 0 ? 1e-5 : 0));
  }

  private static double absoluteLimit(Feature feature) {
    return switch (feature) {
      case LOG_MEL, MFCC_DELTA, MFCC_DELTA2 -> 1e-3;
      case MFCC -> 2e-3;
      case ZCR, RMS -> 1e-6;
      case SPECTRAL_CONTRAST -> 1e-5;
      default -> 1e-9;
    };
  }

  private static Map<Feature, GoldenCsv> golden(String name) throws IOException {
    Map<Feature, List<double[]>> rows = new EnumMap<>(Feature.class);
    for (String line : Files.readAllLines(file(name))) {
      String[] parts = line.split(",");
      rows.computeIfAbsent(Feature.ofColumnName(parts[0]), feature -> new ArrayList<>())
          .add(Arrays.stream(parts).skip(1).mapToDouble(Double::parseDouble).toArray());
    }
    Map<Feature, GoldenCsv> golden = new EnumMap<>(Feature.class);
    rows.forEach(
        (feature, values) ->
            golden.put(
                feature,
                new GoldenCsv(name + " " + feature.columnName(), values.toArray(double[][]::new))));
    return golden;
  }

  private static Path file(String name) throws IOException {
    try {
      return Path.of(
          LibrosaCasesTest.class.getResource("/golden/librosa/" + name + ".csv").toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
