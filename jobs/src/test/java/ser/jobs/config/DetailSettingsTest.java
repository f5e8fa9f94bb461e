package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.tables.CallTable;
import ser.jobs.tables.SegmentTable;
import ser.jobs.tables.WindowTable;
import ser.model.Emotion;

class DetailSettingsTest {
  /** Of any model. */
  static Stream<String> columnsOfTheTables() {
    List<Emotion> labels = List.of(Emotion.values());
    return Stream.of(
            WindowTable.schema(labels).fieldNames(),
            SegmentTable.SCHEMA.fieldNames(),
            CallTable.schema(labels).fieldNames())
        .flatMap(Arrays::stream)
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("columnsOfTheTables")
  void givenAColumnThatATableHas_whenItIsToBeAnother_thenItIsRefusedByName(String column) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DetailSettings.requireColumns("it", List.of("date", column)))
        .withMessageContaining("'" + column + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent name", "a=b", "", "1st", "date;drop"})
  void givenNoNameOfAColumn_whenItIsToBeOne_thenItIsRefused(String column) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DetailSettings.requireColumns("it", List.of(column)))
        .withMessageContaining("'" + column + "'");
  }

  @Test
  void givenOtherNames_whenTheyAreToBeColumns_thenTheyMayUnlessTheyDifferByCaseAlone() {
    assertThatCode(
            () -> DetailSettings.requireColumns("it", List.of("date", "p_value", "_x", "Queue2")))
        .doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DetailSettings.requireColumns("it", List.of("date", "Date")))
        .withMessageContaining("'Date'");
  }
}
