package ser.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
  /** A benchmark whose program starts another, whose number it prints. */
  static final class Waiting {
    public static void main(String[] args) throws IOException, InterruptedException {
      ProcessBuilder program = sleeper().redirectOutput(ProcessBuilder.Redirect.INHERIT);
      try (ChildProcess child = ChildProcess.start(program)) {
        child.process().waitFor();
      }
    }
  }

  private static ProcessBuilder sleeper() {
    return new ProcessBuilder("sh", "-c", "sleep 300 & echo $!; wait");
  }

  private static ProcessHandle printed(Process process) throws IOException {
    BufferedReader lines = process.inputReader();
    return ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
  }

  private static void assertEnds(ProcessHandle process) throws Exception {
    assertThat(process.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @Test
  void givenAProgramThatStartedAnother_whenClosed_thenBothAreGone() throws Exception {
    ChildProcess child = ChildProcess.start(sleeper());
    ProcessHandle other = printed(child.process());

    child.close();

    assertEnds(child.process().toHandle());
    assertEnds(other);
  }

  @Test
  void givenABenchmark_whenItIsTerminated_thenWhatItMeasuresIsGone() throws Exception {
    Process bench =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ProcessHandle other = printed(bench);
    Optional<ProcessHandle> shell = other.parent();

    bench.destroy();

    assertEnds(bench.toHandle());
    assertEnds(other);
    assertThat(shell).hasValueSatisfying(handle -> assertThat(handle.isAlive()).isFalse());
  }

  @Test
  void givenAProgramThatHasEnded_whenClosed_thenNothingHappens() throws Exception {
    try (ChildProcess child = ChildProcess.start(new ProcessBuilder("true"))) {
      assertThat(child.process().waitFor()).isZero();
    }
  }
}
