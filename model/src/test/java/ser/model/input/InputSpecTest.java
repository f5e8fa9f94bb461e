package ser.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.FeatureMatrix;
import ser.features.signal.Delta;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;

class InputSpecTest {
  private final InputSpec input = InputSpec.logMel(2, 3, 80);

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @Test
  void givenExactlyTheFrames_whenCut_thenNothingChanges() {
    assertThat(logMelInput(new float[] {-1, -2, -3, -4, -5, -6}, 3))
        .containsExactly(-1, -2, -3, -4, -5, -6);
  }

  @Test
  void givenMoreFrames_whenCut_thenTheCentreRemains() {
    // 6 frames, 3 kept: from frame (6 - 3) / 2 = 1 on.
    float[] logMel = {0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15};
    assertThat(logMelInput(logMel, 6)).containsExactly(1, 2, 3, 11, 12, 13);
  }

  @Test
  void givenFewerFrames_whenCut_thenSilenceFollows() {
    assertThat(logMelInput(new float[] {-10, -30}, 1))
        .containsExactly(-10, -90, -90, -30, -90, -90);
  }

  @Test
  void givenSoftSound_whenPadded_thenSilenceIsNotBelowThatOfZeros() {
    // The loudest is -50 dB: top_db would allow -130, and zeros give -100.
    assertThat(logMelInput(new float[] {-50, -60}, 1))
        .containsExactly(-50, -100, -100, -60, -100, -100);
  }

  @Test
  void givenLoudSoundOutsideTheCentre_whenCut_thenTopDbRefersToTheCentre() {
    float[] logMel = {0, -20, -20, -20, 0, -80, -101, -99, -80, -80};
    assertThat(logMelInput(logMel, 5)).containsExactly(-20, -20, -20, -100, -99, -80);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyMatrix_whenCutTwice_thenTheSecondChangesNothing(long seed) {
    Random random = new Random(seed);
    int frames = 1 + random.nextInt(8);
    float[] logMel = new float[2 * frames];
    for (int i = 0; i < logMel.length; i++) {
      logMel[i] = -100 + 150 * random.nextFloat();
    }

    float[] once = logMelInput(logMel, frames);

    assertThat(once).hasSize(6);
    assertThat(logMelInput(once, 3)).containsExactly(once);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "8, 0",
    "9, 0 1",
    "12, 0 4",
    "13, 0 3 5",
    "16, 0 4 8",
    "17, 0 3 6 9",
  })
  void givenWindows_whenThereAreMoreFrames_thenInputsOverlapByHalfAndReachBothEnds(
      int frames, String starts) {
    List<Float> expected = Stream.of(starts.split(" ")).map(Float::valueOf).toList();

    List<InputMatrix> all = windowsOf(frames, InputSpec::allOf);

    assertThat(all).extracting(input -> input.values()[0]).containsExactlyElementsOf(expected);
    assertThat(all)
        .allSatisfy(input -> assertThat(input.validFrames()).isEqualTo(Math.min(8, frames)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16, 17, 100})
  void givenWindows_whenTakenApart_thenEachFrameCountsOnce(int frames) {
    List<Float> seen = new ArrayList<>();
    for (InputMatrix input : windowsOf(frames, InputSpec::apart)) {
      for (int i = 0; i < input.validFrames(); i++) {
        seen.add(input.values()[i]);
      }
    }

    assertThat(seen)
        .containsExactlyElementsOf(
            IntStream.range(0, frames).mapToObj(frame -> (float) frame).toList());
  }

  @Test
  void givenWindows_whenOneInputIsMade_thenItIsTheMiddle() {
    assertThat(windowsOf(12, (spec, matrices) -> List.of(spec.of(matrices))).get(0).values()[0])
        .isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = InputFit.Crop.class,
      names = {"CENTRE", "START"})
  void givenNoWindows_whenAllInputsAreMade_thenThereIsOne(InputFit.Crop crop) {
    InputSpec spec = zcr(crop);
    FeatureMatrix given = new FeatureMatrix(1, 30, new float[30]);

    assertThat(spec.allOf(feature -> given)).hasSize(1);
    assertThat(spec.apart(feature -> given)).hasSize(1);
  }

  private static InputSpec zcr(InputFit.Crop crop) {
    return new InputSpec(
        List.of(List.of(new InputRows(Feature.ZCR, 1, 0))),
        InputFit.untrimmed(8, crop, InputFit.Padding.MEAN),
        80);
  }

  /** Of a row whose values are the numbers of its frames. */
  private static List<InputMatrix> windowsOf(
      int frames, BiFunction<InputSpec, Function<Feature, FeatureMatrix>, List<InputMatrix>> made) {
    float[] numbers = new float[frames];
    for (int i = 0; i < frames; i++) {
      numbers[i] = i;
    }
    return made.apply(zcr(InputFit.Crop.WINDOWS), feature -> new FeatureMatrix(1, frames, numbers));
  }

  @Test
  void givenStacksAndChannels_whenMade_thenRowsStandInTheirOrder() {
    InputSpec spec =
        new InputSpec(
            List.of(
                List.of(new InputRows(Feature.ZCR, 1, 0), new InputRows(Feature.MFCC, 1, 0)),
                List.of(new InputRows(Feature.MFCC, 2, 0))),
            InputFit.untrimmed(2, InputFit.Crop.START, InputFit.Padding.SILENCE),
            80);
    Map<Feature, FeatureMatrix> matrices =
        Map.of(
            Feature.ZCR, new FeatureMatrix(1, 3, new float[] {1, 2, 3}),
            Feature.MFCC, new FeatureMatrix(2, 3, new float[] {-4, -5, -6, 7, 8, 9}));

    InputMatrix made = spec.of(matrices::get);

    assertThat(made.values()).containsExactly(1, 2, -4, -5, -4, -5, 7, 8);
    assertThat(made.validFrames()).isEqualTo(2);
    assertThat(spec.features()).containsExactly(Feature.MFCC, Feature.ZCR);
  }

  @ParameterizedTest
  @EnumSource(InputFit.Trim.class)
  void givenQuietFrames_whenTrimmed_thenThoseOfTheRuleAreLeftOutAndPaddingDoesNotCount(
      InputFit.Trim trim) {
    InputSpec spec =
        new InputSpec(
            List.of(List.of(new InputRows(Feature.LOG_MEL, 2, 0))),
            new InputFit(
                4, InputFit.Crop.CENTRE, InputFit.Padding.MEAN, 30, trim, InputFit.Level.ABSOLUTE),
            80);
    // The third of five frames is a pause.
    float[] logMel = {-50, -10, -45, -20, -60, -70, -90, -50, -9, -90};

    InputMatrix made = spec.of(feature -> new FeatureMatrix(2, 5, logMel));

    switch (trim) {
      case ENDS -> {
        assertThat(made.validFrames()).isEqualTo(3);
        assertThat(made.values()).containsExactly(-10, -45, -20, 0, -89, -50, -9, 0);
      }
      case EVERYWHERE -> {
        assertThat(made.validFrames()).isEqualTo(2);
        assertThat(made.values()).containsExactly(-10, -20, 0, 0, -89, -9, 0, 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(InputFit.Padding.class)
  void givenRelativeLevels_whenTheSoundIsLouder_thenTheInputIsTheSame(InputFit.Padding padding) {
    InputSpec spec =
        new InputSpec(
            List.of(
                List.of(new InputRows(Feature.LOG_MEL, 2, 0)),
                List.of(new InputRows(Feature.LOG_MEL, 2, 1))),
            new InputFit(
                12, InputFit.Crop.CENTRE, padding, 0, InputFit.Trim.ENDS, InputFit.Level.RELATIVE),
            40);
    float[] quiet = new float[22];
    float[] loud = new float[22];
    for (int i = 0; i < quiet.length; i++) {
      quiet[i] = -60 + i * i % 7;
      loud[i] = quiet[i] + 25;
    }

    float[] made = spec.of(feature -> new FeatureMatrix(2, 11, quiet)).values();

    assertThat(spec.of(feature -> new FeatureMatrix(2, 11, loud)).values()).isEqualTo(made);
    assertThat(IntStream.range(0, 24).mapToDouble(i -> made[i]).max()).hasValue(0);
    assertThat(made[11]).isEqualTo(padding == InputFit.Padding.SILENCE ? -40 : 0);
  }

  @ParameterizedTest(name = "order {0}")
  @ValueSource(ints = {1, 2})
  void givenDerivative_whenMade_thenItIsThatOfTheKeptFrames(int order) {
    int frames = 12;
    float[] logMel = new float[15];
    for (int i = 0; i < logMel.length; i++) {
      logMel[i] = i * i;
    }
    InputSpec spec =
        new InputSpec(
            List.of(List.of(new InputRows(Feature.LOG_MEL, 1, order))),
            InputFit.untrimmed(frames, InputFit.Crop.START, InputFit.Padding.SILENCE),
            1000);
    float[] expected = new float[frames];
    Delta delta = order == 1 ? Delta.first() : Delta.second();
    delta.apply(Arrays.copyOf(logMel, frames), 1, frames, expected);

    assertThat(spec.of(feature -> new FeatureMatrix(1, 15, logMel)).values())
        .containsExactly(expected);
  }

  @Test
  void givenRowsAsText_whenParsed_thenTheyPrintAsWritten() {
    assertThat(InputRows.parse("mfcc:13")).isEqualTo(new InputRows(Feature.MFCC, 13, 0));
    assertThat(InputRows.parse("log_mel:64:delta2").toString()).isEqualTo("log_mel:64:delta2");
    assertThatIllegalArgumentException().isThrownBy(() -> InputRows.parse("log_mel:64:slope"));
    assertThatIllegalArgumentException().isThrownBy(() -> InputRows.parse("mfcc"));
    assertThatIllegalArgumentException().isThrownBy(() -> InputRows.parse("mfcc:0"));
  }

  @Test
  void givenAnInputOfGigabytes_whenMade_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InputSpec.logMel(1024, 65_536, 80))
        .withMessageContainingAll("1024 rows", "65536 frames");
  }

  @Test
  void givenTooFewRows_whenMade_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> input.of(feature -> new FeatureMatrix(1, 2, new float[2])))
        .withMessage("log_mel has 1 rows of 2 frames where the input needs 2 of 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InputSpec.logMel(129, 130, 80).requireFrom(FeatureSpec.librosa()))
        .withMessage("the input needs 129 rows of log_mel and the features have 128");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new InputSpec(
                    List.of(
                        List.of(new InputRows(Feature.MFCC, 13, 0)),
                        List.of(new InputRows(Feature.ZCR, 1, 0))),
                    input.fit(),
                    80))
        .withMessageContaining("[13, 1]");
  }

  @Test
  void givenNoLogMel_whenLevelsAreRelative_thenRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new InputSpec(
                    List.of(List.of(new InputRows(Feature.MFCC, 13, 0))),
                    new InputFit(
                        130,
                        InputFit.Crop.CENTRE,
                        InputFit.Padding.MEAN,
                        0,
                        InputFit.Trim.ENDS,
                        InputFit.Level.RELATIVE),
                    80))
        .withMessage("an input without log_mel has no relative levels");
  }

  private float[] logMelInput(float[] logMel, int frames) {
    return input.of(feature -> new FeatureMatrix(2, frames, logMel)).values();
  }
}
