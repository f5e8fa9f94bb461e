package ser.features.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandPassTest {
  private static final int RATE_HZ = 8_000;

  private final BandPass band = new BandPass(RATE_HZ, 300, 3_400, 50);

  @ParameterizedTest
  @ValueSource(doubles = {350, 1_000, 2_345.6, 3_350})
  void givenAToneWithin_whenFiltered_thenItPassesUnchangedAndUndelayed(double frequencyHz) {
    float[] tone = tone(frequencyHz);

    float[] passed = band.apply(tone);

    assertThat(passed).hasSameSizeAs(tone);
    for (int i = 2_000; i < 6_000; i++) {
      assertThat((double) passed[i]).isCloseTo(tone[i], within(2e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 60, 200, 300, 3_400, 3_500, 3_999})
  void givenAToneOutside_whenFiltered_thenItIs90DecibelsDown(double frequencyHz) {
    float[] stopped = band.apply(tone(frequencyHz));

    for (int i = 2_000; i < 6_000; i++) {
      assertThat((double) Math.abs(stopped[i])).isLessThan(3e-5);
    }
  }

  @Test
  void givenAClipShorterThanTheFilter_whenFiltered_thenItsLengthStays() {
    assertThat(band.apply(new float[] {1})).hasSize(1);
    assertThat(band.apply(new float[0])).isEmpty();
  }

  @Test
  void givenABandThatDoesNotFit_whenMade_thenTheMessageNamesIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BandPass(RATE_HZ, 300, 4_100, 50))
        .withMessageContaining("300.0 to 4100.0 Hz");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BandPass(RATE_HZ, 300, 390, 50))
        .withMessageContaining("50.0 Hz");
  }

  private static float[] tone(double frequencyHz) {
    float[] tone = new float[RATE_HZ];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) Math.cos(2 * Math.PI * frequencyHz * i / RATE_HZ);
    }
    return tone;
  }
}
