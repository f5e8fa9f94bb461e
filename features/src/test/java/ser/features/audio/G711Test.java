package ser.features.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class G711Test {
  /** From Python 3.11's audioop.lin2alaw and lin2ulaw, whose origin is Sun's g711.c. */
  @ParameterizedTest
  @CsvSource({
    "0, 0xD5, 0xFF",
    "-1, 0x55, 0x7E",
    "7, 0xD5, 0xFE",
    "8, 0xD5, 0xFE",
    "-8, 0x55, 0x7E",
    "-9, 0x55, 0x7D",
    "255, 0xDA, 0xE7",
    "1000, 0xFA, 0xCE",
    "-1000, 0x7A, 0x4E",
    "32767, 0xAA, 0x80",
    "-32768, 0x2A, 0x00"
  })
  void givenAValue_whenCoded_thenTheCodeIsTheStandards(int value, String aLaw, String muLaw) {
    assertThat(G711.aLawCode(value)).isEqualTo(Integer.decode(aLaw));
    assertThat(G711.muLawCode(value)).isEqualTo(Integer.decode(muLaw));
  }

  @Test
  void givenEveryCode_whenDecodedAndCoded_thenItIsItself() {
    for (int code = 0; code < 256; code++) {
      assertThat(G711.aLawCode(G711.aLaw()[code])).isEqualTo(code);
      // 0x7F is mu-law's negative zero, which nothing is coded to.
      assertThat(G711.muLawCode(G711.muLaw()[code])).isEqualTo(code == 0x7F ? 0xFF : code);
    }
  }

  @Test
  void givenEveryValue_whenCodedAndDecoded_thenTheErrorIsHalfAStepAtMost() {
    assertHalfAStep(G711::aLawCode, G711.aLaw(), 16);
    assertHalfAStep(G711::muLawCode, G711.muLaw(), 8);
  }

  // Steps are a 16th of a segment, which doubles; the loudest values are cut to the last code.
  private static void assertHalfAStep(IntUnaryOperator coder, short[] values, int smallest) {
    for (int value = -32_124; value <= 32_124; value++) {
      int decoded = values[coder.applyAsInt(value)];
      assertThat(Math.abs(decoded - value))
          .as("%d decoded as %d", value, decoded)
          .isLessThanOrEqualTo(Math.abs(value) / 32 + smallest);
    }
  }
}
