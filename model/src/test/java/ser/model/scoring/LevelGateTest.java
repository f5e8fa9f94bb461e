package ser.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.model.Serialised;
import ser.model.Window;

class LevelGateTest {
  private static final int RATE_HZ = 8_000;

  /** 50 ms. */
  private static final int STRETCH = 400;

  private final LevelGate gate = new LevelGate(-40);

  @ParameterizedTest
  @CsvSource({
    // Root mean square 0.01 is -40 dB of full scale.
    "0.0101, true",
    "0.0099, false",
    "1, true",
    "0, false",
    "-0.0101, true"
  })
  void givenASteadyLevel_whenTold_thenItPassesFromTheThresholdOn(float level, boolean passes) {
    assertThat(gate.passes(window(steady(RATE_HZ, level)))).isEqualTo(passes);
  }

  @Test
  void givenOneLoudStretch_whenTold_thenTheWindowPasses() {
    float[] samples = new float[24_000];
    Arrays.fill(samples, 10 * STRETCH, 11 * STRETCH, 0.02f);

    assertThat(gate.passes(window(samples))).isTrue();
  }

  @Test
  void givenAClick_whenTold_thenTheWindowDoesNotPass() {
    float[] samples = new float[24_000];
    samples[5_000] = 0.15f; // 0.15^2 / 400 is 5.6e-5, below 1e-4.

    assertThat(gate.passes(window(samples))).isFalse();
  }

  @Test
  void givenAShortLastStretch_whenItIsLoud_thenTheWindowPasses() {
    float[] samples = new float[STRETCH + 100];
    Arrays.fill(samples, STRETCH, samples.length, 0.02f);

    assertThat(gate.passes(window(samples))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, 0.1, Double.POSITIVE_INFINITY})
  void givenALevelAboveFullScale_whenMade_thenItIsRefused(double level) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LevelGate(level))
        .withMessageContaining(Double.toString(level));
  }

  @Test
  void givenFullScale_whenTheLevelIsZero_thenItPasses() {
    assertThat(new LevelGate(0).passes(window(steady(STRETCH, 1)))).isTrue();
  }

  @Test
  void givenAGate_whenItTravels_thenItIsEqual() {
    assertThat(Serialised.copyOf(gate)).isEqualTo(gate);
  }

  private static float[] steady(int samples, float level) {
    float[] steady = new float[samples];
    Arrays.fill(steady, level);
    return steady;
  }

  private static SampledWindow window(float[] samples) {
    return new SampledWindow(new Window(0, samples.length), samples, RATE_HZ);
  }
}
