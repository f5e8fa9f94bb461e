package ser.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.report.chart.Axis.Tick;

class AxisTest {

  @ParameterizedTest
  @CsvSource({
    "0, 3.3, 7, 0.0 0.5 1.0 1.5 2.0 2.5 3.0",
    "0, 0.3, 3, 0.0 0.1 0.2 0.3",
    "-80, 0, 4, -80 -60 -40 -20 0",
    "0, 2000, 4, '0 500 1,000 1,500 2,000'",
    "-0.0096, 0.0096, 5, -0.005 0.000 0.005"
  })
  void givenARange_whenMarked_thenMarksAreRoundAndInside(
      double from, double to, int about, String labels) {
    Axis axis = Axis.linear("x", from, to, about);

    assertThat(axis.ticks().stream().map(Tick::label).collect(Collectors.joining(" ")))
        .isEqualTo(labels);
    assertThat(axis.ticks())
        .allSatisfy(
            tick -> {
              double value = Double.parseDouble(tick.label().replace(",", ""));
              assertThat(tick.position())
                  .isCloseTo(
                      (value - from) / (to - from), org.assertj.core.data.Offset.offset(1e-6));
            });
  }

  @Test
  void givenNoLength_whenMarked_thenItIsRefused() {
    assertThatThrownBy(() -> Axis.linear("x", 1, 1, 5)).hasMessageContaining("from 1.0 to 1.0");
    assertThatThrownBy(() -> Axis.linear("x", 0, Double.NaN, 5)).hasMessageContaining("NaN");
  }
}
