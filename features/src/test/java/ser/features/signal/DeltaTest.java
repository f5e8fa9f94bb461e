package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-4f);

  @ParameterizedTest(name = "{0} frames")
  @ValueSource(ints = {9, 10, 50})
  void givenLinearRamp_whenFirstDerivative_thenItsSlopeEverywhere(int frames) {
    float[] values = new float[2 * frames];
    for (int t = 0; t < frames; t++) {
      values[t] = 3 + 0.5f * t;
      values[frames + t] = 7 - 2f * t;
    }
    float[] delta = new float[values.length];

    Delta.first().apply(values, 2, frames, delta);

    for (int t = 0; t < frames; t++) {
      assertThat(delta[t]).isCloseTo(0.5f, CLOSE);
      assertThat(delta[frames + t]).isCloseTo(-2f, CLOSE);
    }
  }

  @Test
  void givenParabola_whenSecondDerivative_thenItsCurvatureEverywhere() {
    float[] values = new float[30];
    for (int t = 0; t < values.length; t++) {
      values[t] = 1 - t + 0.25f * t * t;
    }
    float[] delta = new float[values.length];

    Delta.second().apply(values, 1, values.length, delta);

    for (float value : delta) {
      assertThat(value).isCloseTo(0.5f, CLOSE);
    }
  }

  @ParameterizedTest(name = "{0} frames")
  @ValueSource(ints = {1, 2, 8})
  void givenFewerFramesThanTheWidth_whenConstant_thenZero(int frames) {
    float[] values = new float[frames];
    Arrays.fill(values, -1131.37f);
    float[] delta = new float[frames];

    Delta.first().apply(values, 1, frames, delta);
    assertThat(delta).containsOnly(0f);
    Delta.second().apply(values, 1, frames, delta);
    assertThat(delta).containsOnly(0f);
  }
}
