package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecibelScaleTest {
  @Test
  void givenPowersOfAllSizes_whenConverted_thenTenTimesLogarithm() {
    for (float power = 1e-10f; power < 1e12f; power *= 1.0007f) {
      float expected = (float) (10 * Math.log10(power));

      assertThat(DecibelScale.ofPower(power)).isBetween(expected - 1e-5f, expected + 1e-5f);
    }
  }

  @Test
  void givenNothing_whenConverted_thenMinus100Db() {
    assertThat(DecibelScale.ofPower(0)).isEqualTo(-100f);
    assertThat(DecibelScale.ofPower(1e-30f)).isEqualTo(-100f);
  }

  @Test
  void givenRange_whenCutBelowPeak_thenNothingFurtherDownThanTopDb() {
    float[] decibels = {-100, -30, 10, -69, -71, 5};

    new DecibelScale(80).cutBelowPeak(decibels);

    assertThat(decibels).containsExactly(-70, -30, 10, -69, -70, 5);
  }
}
