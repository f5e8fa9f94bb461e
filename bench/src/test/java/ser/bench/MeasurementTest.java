package ser.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementTest {
  private final Measurement measurement = new Measurement();

  private JsonNode run(String script) throws Exception {
    return measurement.run(List.of("sh", "-c", script), ProcessBuilder.Redirect.DISCARD);
  }

  @Test
  void givenATableAndAnObject_whenRun_thenTheLastLineIsRead() throws Exception {
    assertThat(run("echo a table; echo '{\"ours\": 3}'").path("ours").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo done", "echo '{\"ours\":'", "echo '[1]'", "true"})
  void givenNoObjectInTheLastLine_whenRun_thenTheProgramHasFailed(String script) {
    assertThatExceptionOfType(ProgramFailure.class)
        .isThrownBy(() -> run(script))
        .withMessageContaining(script)
        .withMessageContaining("is not a JSON object");
  }

  @Test
  void givenAnExitCode_whenRun_thenTheProgramHasFailed() {
    assertThatExceptionOfType(ProgramFailure.class)
        .isThrownBy(() -> run("echo '{}'; exit 3"))
        .withMessageContaining("ended with exit code 3");
  }
}
