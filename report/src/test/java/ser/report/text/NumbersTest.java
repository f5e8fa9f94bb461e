package ser.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0.0 s",
        "59.94 | 59.9 s",
        "60 | 1 min 0 s",
        "452.3 | 7 min 32 s",
        "4440 | 1 h 14 min",
        "360000 | 100 h",
        "36000000 | 10,000 h",
        "59.94 | 59.9 s",
        "59.97 | 1 min 0 s",
        "3599.6 | 1 h 0 min"
      })
  void givenSeconds_whenWritten_thenInTheUnitsOfPeople(double seconds, String text) {
    assertThat(Numbers.duration(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0,0%", "0,5,0%", "5,5,100%", "1,3,33.3%", "1,100000,<0.1%"})
  void givenAPartOfAWhole_whenWritten_thenAsPercent(double part, double whole, String text) {
    assertThat(Numbers.share(part, whole)).isEqualTo(text);
  }

  @Test
  void givenACoordinate_whenWritten_thenWithoutNeedlessDigits() {
    assertThat(Numbers.plain(12.0)).isEqualTo("12");
    assertThat(Numbers.plain(-0.001)).isEqualTo("0");
    assertThat(Numbers.plain(1.239)).isEqualTo("1.24");
    assertThat(Numbers.plain(1e6)).isEqualTo("1000000");
    assertThatThrownBy(() -> Numbers.plain(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void givenCounts_whenWritten_thenGroupedAndWithTheRightNoun() {
    assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Numbers.of(1, "recording", "recordings")).isEqualTo("1 recording");
    assertThat(Numbers.of(0, "recording", "recordings")).isEqualTo("0 recordings");
  }
}
