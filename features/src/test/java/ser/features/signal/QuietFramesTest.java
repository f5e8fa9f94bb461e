package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import ser.features.spec.MelNorm;
import ser.features.spec.MelScale;
import ser.features.spec.MelSpec;

class QuietFramesTest {
  private static MelSpec spec(double topDb, int power) {
    return new MelSpec(2, 0, 0, topDb, MelScale.SLANEY, MelNorm.SLANEY, power);
  }

  @Test
  void givenFrames_whenSearched_thenThoseWithAKeptBandFarBelowTheirLoudest() {
    float[] logMel = {
      0, 0, 0, -10, -60, //
      -79, -77, -81, -79, -60
    };

    assertThat(new QuietFrames(spec(80, 2)).in(logMel, 5).stream()).containsExactly(0);
  }

  @Test
  void givenSilence_whenSearched_thenNone() {
    assertThat(new QuietFrames(spec(80, 2)).in(new float[] {-100, -100}, 1).isEmpty()).isTrue();
  }

  @Test
  void givenWiderRanges_whenAsked_thenSinglePrecisionDoesNotSuit() {
    assertThat(QuietFrames.suits(spec(80, 2))).isTrue();
    assertThat(QuietFrames.suits(spec(81, 2))).isFalse();
    assertThat(QuietFrames.suits(spec(80, 1))).isFalse();
  }
}
