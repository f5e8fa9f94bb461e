package ser.jobs.extract.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LengthsTest {

  @Test
  void givenLengths_whenAsked_thenQuantilesAndBinsAreThoseOfTheSortedList() {
    Lengths lengths = lengths(3.004, 1, 2, 10, 3);

    assertThat(lengths.recordings()).isEqualTo(5);
    assertThat(lengths.shortest()).isEqualTo(1);
    assertThat(lengths.quantile(0.5)).isEqualTo(3);
    assertThat(lengths.quantile(0.4)).isEqualTo(2);
    assertThat(lengths.quantile(1)).isEqualTo(10);
    assertThat(lengths.longest()).isEqualTo(10);
    // Bins of 1 s from 2 to 5 s; 1 s falls before them, 10 s behind.
    assertThat(lengths.histogram(2, 5, 3)).containsExactly(2, 2, 1);
  }

  @Test
  void givenTwoParts_whenAdded_thenTheyEqualTheWhole() {
    Lengths part = lengths(1, 2);
    part.addAll(lengths(2, 7));

    assertThat(part.recordings()).isEqualTo(4);
    assertThat(part.quantile(0.75)).isEqualTo(2);
    assertThat(part.longest()).isEqualTo(7);
  }

  @Test
  void givenNothing_whenAsked_thenItSaysSo() {
    assertThatThrownBy(() -> new Lengths().quantile(0.5)).hasMessageContaining("no recording");
  }

  private static Lengths lengths(double... seconds) {
    Lengths lengths = new Lengths();
    for (double s : seconds) {
      lengths.add(s);
    }
    return lengths;
  }
}
