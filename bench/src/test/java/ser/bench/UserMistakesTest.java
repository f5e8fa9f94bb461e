package ser.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever starts a benchmark wrongly is told: one line, and exit code 2. */
class UserMistakesTest {
  @TempDir private Path folder;

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  private void assertRefused(String line, Callable<Integer> program, String... arguments) {
    assertThat(BenchCommand.of("bench/x", program).execute(arguments)).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8).lines()).containsExactly(line);
  }

  @Test
  void givenAFolderThatIsNotThere_whenStarted_thenOneLineNamesIt() {
    Path missing = folder.resolve("missing");

    assertRefused(
        "bench/x: there is no %s; name a folder with recordings".formatted(missing),
        new SpeechBench(),
        missing.toString());
  }

  @Test
  void givenAModelThatIsNotThere_whenStarted_thenOneLineNamesIt() {
    Path missing = folder.resolve("model.safetensors");

    assertRefused(
        "bench/x: the model file %s cannot be read; check --model".formatted(missing),
        new EnginesBench(),
        "--model",
        missing.toString());
  }

  @Test
  void givenAFileThatIsNoModel_whenStarted_thenOneLineNamesIt() throws IOException {
    Path file = Files.writeString(folder.resolve("model.safetensors"), "no model");

    assertThat(BenchCommand.of("bench/x", new EnginesBench()).execute("--model", file.toString()))
        .isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains(file.toString());
  }

  @Test
  void givenNoRounds_whenATrainingIsToBeMeasured_thenOneLineSaysSo() {
    assertRefused(
        "bench/x: --rounds, --steps and --batches must be 1 or more",
        new TrainBench(),
        "--rounds",
        "0");
  }

  @Test
  void givenFewerRecordingsThanWorkers_whenStarted_thenOneLineNamesTheOption() throws IOException {
    Files.createFile(folder.resolve("call.wav"));

    assertRefused(
        "bench/x: the archive has fewer recordings (1) than --workers (2), and a peer's process takes whole ones; give --workers 1, or an archive of more",
        new ScoreBench(),
        folder.toString(),
        "--work-dir",
        folder.toString());
  }
}
