package ser.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.error.UserError;
import ser.jobs.storage.Storage;

class ReportFilesTest {
  private final Storage storage = new Storage(new Configuration());

  @TempDir private Path output;

  @Test
  void givenTheReportOfATraining_whenEvaluatedThere_thenItIsRefused() throws IOException {
    Files.writeString(output.resolve("report.json"), "{\"recipe\": \"best\", \"epochs\": []}");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ReportFiles.requireNoTraining(storage, output.toString()))
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
        .isThrownBy(() -> ReportFiles.requireNoTraining(storage, output.toString()));
  }

  @Test
  void givenAnEmptyOutput_whenEvaluatedThere_thenNothingIsInTheWay() {
    assertThatNoException()
        .isThrownBy(() -> ReportFiles.requireNoTraining(storage, output.toString()));
  }
}
