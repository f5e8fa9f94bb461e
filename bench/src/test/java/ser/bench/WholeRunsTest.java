package ser.bench;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that did less than they were given would be measured as small and fast. */
class WholeRunsTest {
  private static final Path LOG = Path.of("work", "log");

  private static JsonNode line(String json) throws IOException {
    return new ObjectMapper().readTree(json.replace('\'', '"'));
  }

  @Test
  void givenARowForEachRecording_whenExtracted_thenItCounts() throws IOException {
    JsonNode line = line("{'recordings': 10, 'quarantined': 0, 'rows': 10}");

    assertThatNoException().isThrownBy(() -> ScaleBench.requireAllExtracted(line, 10, "emodb"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'recordings': 10, 'quarantined': 10, 'rows': 0}",
        "{'recordings': 10, 'quarantined': 1, 'rows': 10}",
        "{'recordings': 10, 'quarantined': 0, 'rows': 9}",
        "{'recordings': 10}"
      })
  void givenRecordingsWithoutRows_whenExtracted_thenTheirNamesAreAskedFor(String json)
      throws IOException {
    JsonNode line = line(json);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScaleBench.requireAllExtracted(line, 10, "emodb"))
        .withMessageContaining("emodb")
        .withMessageContaining("--corpus-type");
  }

  @Test
  void givenAllRecordings_whenScored_thenItCounts() throws IOException {
    JsonNode line = line("{'recordings': 10, 'quarantined': 0, 'rows': 30}");

    assertThatNoException().isThrownBy(() -> MemoryScoreBench.requireAllScored(line, 10, LOG));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'recordings': 9, 'quarantined': 0, 'rows': 30}",
        "{'recordings': 10, 'quarantined': 2, 'rows': 30}",
        "{'recordings': 10, 'quarantined': 0, 'rows': 0}",
        "{'recordings': 10, 'rows': 30}"
      })
  void givenRecordingsThatWereNotScored_whenScored_thenTheRunHasFailed(String json)
      throws IOException {
    JsonNode line = line(json);

    assertThatExceptionOfType(ProgramFailure.class)
        .isThrownBy(() -> MemoryScoreBench.requireAllScored(line, 10, LOG))
        .withMessageContaining("10 recordings")
        .withMessageContaining(LOG.toString());
  }
}
