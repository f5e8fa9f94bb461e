package ser.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.features.spec.FrameSpec;
import ser.features.spec.MelSpec;
import ser.model.Serialised;
import ser.model.Windowing;
import ser.model.file.ModelInput;

class WindowPlanTest {
  @Test
  void givenAModel_whenNothingIsAsked_thenAWindowHasItsFramesAndTheStepIsHalfOfIt() {
    // 130 centred frames: 1 + 66048 / 512.
    assertThat(Plans.plan(Plans.librosa()).windowingAt(44_100))
        .isEqualTo(new Windowing(66_048, 33_024));
    assertThat(FeatureSpec.librosa().frames().framesOf(66_048)).isEqualTo(130);
  }

  @ParameterizedTest
  @CsvSource({"48000, longer than", "2000, f_max"})
  void givenARateThatDoesNotSuitTheModel_whenChecked_thenTheRecordingIsRefused(
      int rateHz, String why) throws UnreadableAudioException {
    ModelInput input =
        Plans.input(
            new FeatureSpec(
                FeatureSpec.NATIVE_RATE,
                new FrameSpec(512, 400, 160),
                new MelSpec(40, 0, 3_000, 80),
                13,
                EnumSet.of(Feature.LOG_MEL)),
            100);
    WindowPlan plan = Plans.plan(input, 1, 0.5);

    plan.requireServes(8_000);
    assertThatExceptionOfType(UnreadableAudioException.class)
        .isThrownBy(() -> plan.requireServes(rateHz))
        .withMessageContaining("%d Hz", rateHz)
        .withMessageContaining(why)
        .satisfies(
            refusal -> assertThat(refusal.reason()).isEqualTo(RejectionReason.IMPLAUSIBLE_RATE));
  }

  @Test
  void givenSeconds_whenAsked_thenTheyAreSamplesAtTheModelsRate() {
    assertThat(Plans.plan(Plans.librosa(), 2, 0.5).windowingAt(8_000))
        .isEqualTo(new Windowing(44_100, 11_025));
  }

  @Test
  void givenOnlyAWindow_whenAsked_thenTheStepIsHalfOfIt() {
    WindowPlan plan = WindowPlan.of(Plans.librosa(), OptionalDouble.of(2), OptionalDouble.empty());

    assertThat(plan.windowingAt(22_050)).isEqualTo(new Windowing(44_100, 22_050));
  }

  @Test
  void givenAModelOfNativeRate_whenRecordingsDiffer_thenWindowsHaveTheirRates() {
    ModelInput input =
        Plans.input(
            new FeatureSpec(
                FeatureSpec.NATIVE_RATE,
                new FrameSpec(512, 400, 160),
                new MelSpec(40, 0, 0, 80),
                13,
                EnumSet.of(Feature.LOG_MEL)),
            1_000);

    assertThat(Plans.plan(input, 1, 0.5).windowingAt(8_000)).isEqualTo(new Windowing(8_000, 4_000));
    assertThat(Plans.plan(input, 1, 0.5).windowingAt(48_000))
        .isEqualTo(new Windowing(48_000, 24_000));
    assertThat(Plans.plan(input).windowingAt(48_000)).isEqualTo(new Windowing(159_840, 79_920));
  }

  @Test
  void givenTheLongestWindow_whenAsked_thenItFitsTheNetworkAndNoMore() {
    // 130 frames stand for up to 130 * 512 - 1 samples.
    double longest = (130 * 512 - 1) / 22_050.0;

    assertThat(Plans.plan(Plans.librosa(), longest, 1).windowingAt(22_050).windowSamples())
        .isEqualTo(66_559);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Plans.plan(Plans.librosa(), longest + 1 / 22_050.0, 1).windowingAt(22_050))
        .withMessageContaining("longer than the 3.019 s");
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 97_391.6, 194_784, 1e300, Double.POSITIVE_INFINITY})
  void givenAWindowThatIsTooLong_whenAsked_thenItIsRefusedWhateverItsLength(double windowS) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plans.plan(Plans.librosa(), windowS, 1).windowingAt(22_050))
        .withMessageContaining(windowS + " s is longer than");
  }

  @ParameterizedTest
  @CsvSource({"1, 1.1", "1, 194784", "1, 1e-9", "1e-9, 1e-9"})
  void givenAStepThatSkipsOrStands_whenAsked_thenItIsRefused(double windowS, double hopS) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plans.plan(Plans.librosa(), windowS, hopS).windowingAt(22_050))
        .withMessageContaining("must be above 0");
  }

  @Test
  void givenAPlan_whenItTravels_thenItIsEqual() {
    WindowPlan plan = WindowPlan.of(Plans.librosa(), OptionalDouble.of(2), OptionalDouble.empty());

    WindowPlan copy = Serialised.copyOf(plan);

    assertThat(copy).isEqualTo(plan);
    assertThat(copy.windowingAt(8_000)).isEqualTo(plan.windowingAt(8_000));
  }
}
