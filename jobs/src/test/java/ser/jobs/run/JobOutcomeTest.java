package ser.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobOutcomeTest {
  @Test
  void givenFacts_whenWritten_thenTheLineHasThemInOrder() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", 300);
    facts.put("quarantined", 10L);
    facts.put("audio_seconds", 12.5);
    facts.put("output", "s3a://bucket/a \"b\"\nä");
    facts.put("tables", List.of("features", "quarantine"));

    ObjectNode json = new JobOutcome(JobOutcome.Status.DONE, facts).toJson("extract", 1.2345);

    assertThat(json.toString())
        .isEqualTo(
            "{\"job\":\"extract\",\"status\":\"done\",\"recordings\":300,\"quarantined\":10,"
                + "\"audio_seconds\":12.5,\"output\":\"s3a://bucket/a \\\"b\\\"\\nä\","
                + "\"tables\":[\"features\",\"quarantine\"],\"seconds\":1.2}");
  }

  @ParameterizedTest
  @CsvSource({"DONE, done, 0", "DRY_RUN, dry-run, 0", "TOO_MANY_FAILED, too-many-failed, 3"})
  void givenAStatus_whenWritten_thenLabelAndExitCodeAreThoseOfTheContract(
      JobOutcome.Status status, String label, int exitCode) {
    assertThat(new JobOutcome(status, Map.of()).toJson("score", 0).path("status").asText())
        .isEqualTo(label);
    assertThat(status.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void givenFacts_whenTheMapChangesLater_thenTheOutcomeDoesNot() {
    Map<String, Object> facts = new LinkedHashMap<>(Map.of("rows", 1));
    JobOutcome outcome = new JobOutcome(JobOutcome.Status.DONE, facts);

    facts.put("rows", 2);

    assertThat(outcome.facts()).containsExactly(Map.entry("rows", 1));
    assertThatNullPointerException().isThrownBy(() -> new JobOutcome(null, Map.of()));
  }
}
