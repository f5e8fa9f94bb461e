package ser.jobs.run;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.error.UserError;
import ser.jobs.storage.RunOutput;
import ser.jobs.storage.Storage;

class OutputOwnerTest {
  private final Storage storage = new Storage(new Configuration());

  @TempDir private Path output;

  @Test
  void givenTheReportOfATraining_whenEvaluatedThere_thenItIsRefused() throws IOException {
    Files.writeString(output.resolve("report.json"), "{\"recipe\": \"best\", \"epochs\": []}");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                OutputOwner.requireNoTraining(
                    storage, output.toString(), "an evaluation", "evaluation"))
        .withMessageContaining(output + "/report.json is the report of a training")
        .withMessageContaining("--output")
        .withMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\": \"model\", \"recipe\": \"best\"}",
        "{\"kind\": \"leak-gap\", \"recipe\": \"best\"}",
        "{\"other\": 1}",
        "",
        "no JSON"
      })
  void givenAnotherReport_whenEvaluatedThere_thenItMayBeReplaced(String text) throws IOException {
    Files.writeString(output.resolve("report.json"), text);

    assertThatNoException()
        .isThrownBy(
            () ->
                OutputOwner.requireNoTraining(
                    storage, output.toString(), "an evaluation", "evaluation"));
  }

  @Test
  void givenAnEmptyOutput_whenEvaluatedThere_thenNothingIsInTheWay() {
    assertThatNoException()
        .isThrownBy(
            () ->
                OutputOwner.requireNoTraining(
                    storage, output.toString(), "an evaluation", "evaluation"));
  }

  @Test
  void givenTablesOfARun_whenEvaluatedThere_thenItIsRefused() throws IOException {
    try (RunOutput run = RunOutput.begin(storage, output.toString(), List.of("features"))) {
      run.finish(new ObjectMapper().createObjectNode());
    }

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                OutputOwner.requireNoTables(
                    storage, output.toString(), "an evaluation", "evaluation"))
        .withMessageContaining("Cannot write an evaluation to " + output)
        .withMessageContaining("the tables features there")
        .withMessageContaining("such as " + output + "/evaluation");
    assertThatNoException()
        .isThrownBy(
            () ->
                OutputOwner.requireNoTables(
                    storage, output.resolve("other").toString(), "an evaluation", "evaluation"));
  }
}
