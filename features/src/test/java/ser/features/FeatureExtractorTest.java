package ser.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.audio.Clip;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.FrameSpec;
import ser.features.spec.Preset;
import ser.features.spec.Window;

class FeatureExtractorTest {
  private static final FeatureSpec SPEC = FeatureSpec.librosa();
  private static final int RATE_HZ = SPEC.sampleRateHz();

  static List<Long> seeds() {
    return List.of(1L, 2L, 3L);
  }

  private static float[] noise(long seed, int samples) {
    Random random = new Random(seed);
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = (float) (0.1 * random.nextGaussian());
    }
    return noise;
  }

  private static FeatureSpec only(Feature... features) {
    return new FeatureSpec(
        RATE_HZ,
        SPEC.frames(),
        SPEC.mel(),
        SPEC.mfccCoefficients(),
        EnumSet.copyOf(List.of(features)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenNoise_whenAmplitudeDoubled_thenLogMelRisesBy6Db(long seed) {
    float[] samples = noise(seed, 30_000);
    float[] doubled = samples.clone();
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] *= 2;
    }
    FeatureExtractor extractor = new FeatureExtractor(SPEC);
    FeatureMatrix soft = extractor.extract(new Clip(samples, RATE_HZ)).matrix(Feature.LOG_MEL);
    FeatureMatrix loud = extractor.extract(new Clip(doubled, RATE_HZ)).matrix(Feature.LOG_MEL);

    for (int i = 0; i < soft.values().length; i++) {
      assertThat(loud.values()[i] - soft.values()[i])
          .isBetween((float) (20 * Math.log10(2)) - 1e-4f, (float) (20 * Math.log10(2)) + 1e-4f);
    }
  }

  @ParameterizedTest(name = "{0} samples")
  @ValueSource(ints = {1, 2, 511, 512, 513, 1024, 4096, 16_383, 16_384, 16_896, 70_000})
  void givenLength_whenExtracted_thenOnePlusLengthByHopFramesOfFiniteValues(int samples) {
    Features features = new FeatureExtractor(SPEC).extract(new Clip(noise(1, samples), RATE_HZ));

    assertThat(features.frames()).isEqualTo(1 + samples / 512);
    for (Feature feature : SPEC.features()) {
      FeatureMatrix matrix = features.matrix(feature);
      assertThat(matrix.frames()).isEqualTo(features.frames());
      assertThat(matrix.coefficients()).isEqualTo(SPEC.coefficientsOf(feature));
      for (float value : matrix.values()) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  void givenSilence_whenExtracted_thenMinus100DbAndNothingElse() {
    Features features = new FeatureExtractor(SPEC).extract(new Clip(new float[48_000], 48_000));

    assertThat(features.matrix(Feature.LOG_MEL).values()).containsOnly(-100f);
    assertThat(features.matrix(Feature.MFCC).at(0, 0)).isCloseTo(-1131.37085f, within(1e-3f));
    assertThat(features.matrix(Feature.MFCC_DELTA).values()).containsOnly(0f);
    assertThat(features.matrix(Feature.MFCC_DELTA2).values()).containsOnly(0f);
    assertThat(features.matrix(Feature.ZCR).values()).containsOnly(0f);
    assertThat(features.matrix(Feature.RMS).values()).containsOnly(0f);
  }

  private static Offset<Float> within(float value) {
    return Offset.offset(value);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenWindowInsideStream_whenExtracted_thenAsClipOfTheSameSamples(long seed) {
    float[] stream = noise(seed, 200_000);
    int offset = 12_345;
    int length = 3 * RATE_HZ;
    float[] alone = Arrays.copyOfRange(stream, offset, offset + length);
    FeatureExtractor extractor = new FeatureExtractor(SPEC);

    Features window = extractor.extract(stream, offset, length, RATE_HZ);
    Features clip = new FeatureExtractor(SPEC).extract(new Clip(alone, RATE_HZ));

    assertThat(window.durationS()).isEqualTo(3);
    for (Feature feature : SPEC.features()) {
      assertThat(window.matrix(feature).values()).isEqualTo(clip.matrix(feature).values());
    }
  }

  @ParameterizedTest
  @FieldSource("ser.features.spec.Feature#STANDARD")
  void givenSingleFeature_whenExtracted_thenSameValuesAndNothingElse(Feature feature) {
    Clip clip = new Clip(noise(4, 20_000), 16_000);

    Features alone = new FeatureExtractor(only(feature)).extract(clip);

    assertThat(alone.matrices()).containsOnlyKeys(feature);
    assertThat(alone.matrix(feature).values())
        .isEqualTo(new FeatureExtractor(SPEC).extract(clip).matrix(feature).values());
  }

  @ParameterizedTest
  @EnumSource
  void givenAllFeatures_whenOneIsAskedForAlone_thenItHasTheSameValues(Feature feature) {
    FeatureSpec all = SPEC.withFeatures(EnumSet.allOf(Feature.class));
    Clip clip = new Clip(noise(8, 20_000), RATE_HZ);

    float[] alone =
        new FeatureExtractor(all.withFeatures(EnumSet.of(feature)))
            .extract(clip)
            .matrix(feature)
            .values();
    float[] together = new FeatureExtractor(all).extract(clip).matrix(feature).values();

    if (feature.usesMel()) {
      // From a transform in double precision instead of single.
      for (int i = 0; i < alone.length; i++) {
        assertThat(alone[i]).isCloseTo(together[i], within(1e-3f));
      }
    } else {
      assertThat(alone).isEqualTo(together);
    }
  }

  @ParameterizedTest(name = "{0} samples")
  @ValueSource(ints = {1, 511, 512, 2047, 2048, 2559, 2560, 70_000})
  void givenFramesThatAreNotCentred_whenExtracted_thenOnlyThoseThatTheClipFills(int samples) {
    FeatureSpec spec =
        new FeatureSpec(
            RATE_HZ,
            new FrameSpec(2048, 2048, 512, Window.HANN, false),
            SPEC.mel(),
            13,
            EnumSet.allOf(Feature.class));

    Features features = new FeatureExtractor(spec).extract(new Clip(noise(9, samples), RATE_HZ));

    int frames = samples < 2048 ? 1 : 1 + (samples - 2048) / 512;
    assertThat(features.frames()).isEqualTo(frames);
    assertThat(spec.frames().framesOf(spec.frames().samplesOf(frames))).isEqualTo(frames);
    features
        .matrices()
        .forEach(
            (feature, matrix) -> {
              assertThat(matrix.frames()).isEqualTo(frames);
              for (float value : matrix.values()) {
                assertThat(value).as(feature.columnName()).isFinite();
              }
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"SPECTRAL_CONTRAST", "PITCH"})
  void givenNativeRateThatIsTooLow_whenExtracted_thenRefusedWithTheRate(Feature feature) {
    FeatureExtractor extractor =
        new FeatureExtractor(only(feature).withSampleRate(FeatureSpec.NATIVE_RATE));

    assertThatThrownBy(() -> extractor.extract(new Clip(noise(10, 4_000), 4_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4000 Hz");
  }

  @Test
  void givenSettingsOfFeaturesThatAreNotComputed_whenCompared_thenTheyDoNotCount() {
    assertThat(Preset.TELEPHONE.spec(Feature.STANDARD))
        .isEqualTo(
            Preset.TELEPHONE
                .spec(EnumSet.of(Feature.SPECTRAL_CONTRAST, Feature.PITCH))
                .withFeatures(Feature.STANDARD));
  }

  @Test
  void givenNativeRate_whenManyRatesFollow_thenEachHasItsOwnBands() {
    FeatureSpec spec =
        new FeatureSpec(
            FeatureSpec.NATIVE_RATE, SPEC.frames(), SPEC.mel(), 40, EnumSet.of(Feature.LOG_MEL));
    FeatureExtractor extractor = new FeatureExtractor(spec);
    for (int round = 0; round < 2; round++) {
      for (int rateHz = 8_000; rateHz < 48_000; rateHz += 4_000) {
        Clip clip = new Clip(noise(5, 4_000), rateHz);

        assertThat(extractor.extract(clip).matrix(Feature.LOG_MEL).values())
            .isEqualTo(new FeatureExtractor(spec).extract(clip).matrix(Feature.LOG_MEL).values());
      }
    }
  }

  @Test
  void givenFeatureNotAskedFor_whenRead_thenMessageNamesIt() {
    Features features =
        new FeatureExtractor(only(Feature.RMS)).extract(new Clip(noise(6, 1_000), RATE_HZ));

    assertThatThrownBy(() -> features.matrix(Feature.MFCC_DELTA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mfcc_delta was not computed");
  }

  @Test
  void givenNoSamples_whenExtracted_thenRefused() {
    FeatureExtractor extractor = new FeatureExtractor(SPEC);

    assertThatThrownBy(() -> extractor.extract(new Clip(new float[0], 16_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without samples");
  }

  @Test
  void givenSamplesAtAnotherRate_whenWindowExtracted_thenRefusedWithBothRates() {
    FeatureExtractor extractor = new FeatureExtractor(SPEC);

    assertThatThrownBy(() -> extractor.extract(new float[100], 0, 100, 16_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16000 Hz")
        .hasMessageContaining("22050 Hz");
  }

  @Test
  void givenFeatures_whenSerialised_thenSameValues() throws IOException, ClassNotFoundException {
    Features features = new FeatureExtractor(SPEC).extract(new Clip(noise(7, 5_000), RATE_HZ));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(features);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Features read = (Features) in.readObject();

      assertThat(read.frames()).isEqualTo(features.frames());
      assertThat(read.matrix(Feature.MFCC).values())
          .isEqualTo(features.matrix(Feature.MFCC).values());
    }
  }
}
