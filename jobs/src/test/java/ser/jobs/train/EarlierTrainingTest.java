package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.storage.Storage;

class EarlierTrainingTest {
  private final Storage storage = new Storage(new Configuration());

  @TempDir private Path output;

  @Test
  void givenAModelAndMoreFolds_whenRemoved_thenWhatTheReportIsAboutStays() throws IOException {
    for (String file :
        new String[] {
          "model.safetensors",
          "report.json",
          "fold-1/model.safetensors",
          "fold-2/model.safetensors",
          "fold-3/model.safetensors",
          "fold-3/report.json",
          "fold-10/model.safetensors",
          "fold-4/notes.txt",
          "fold-x/model.safetensors"
        }) {
      Files.createDirectories(output.resolve(file).getParent());
      Files.writeString(output.resolve(file), file);
    }

    EarlierTraining.removeFrom(storage, output.toString(), 2);

    try (Stream<Path> left = Files.walk(output)) {
      assertThat(
              left.filter(Files::isRegularFile)
                  .map(file -> output.relativize(file).toString())
                  .sorted())
          .containsExactly(
              "fold-1/model.safetensors",
              "fold-2/model.safetensors",
              "fold-4/notes.txt",
              "fold-x/model.safetensors",
              "report.json");
    }
  }

  @Test
  void givenNoOutputYet_whenRemoved_thenNothingHappens() {
    EarlierTraining.removeFrom(storage, output.resolve("none").toString(), 2);

    assertThat(output.resolve("none")).doesNotExist();
  }
}
