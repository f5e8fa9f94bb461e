package ser.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoresTest {
  @TempDir private Path folder;

  @Test
  void givenTasksetInTheSecondFolder_whenACommandIsBound_thenThatOneStandsBeforeIt()
      throws IOException {
    Path first = Files.createDirectories(folder.resolve("a"));
    Path second = Files.createDirectories(folder.resolve("b"));
    // One that cannot be run is passed over.
    Files.createFile(first.resolve("taskset"));
    Path taskset = Files.createFile(second.resolve("taskset"));
    assertThat(taskset.toFile().setExecutable(true)).isTrue();

    Cores cores = Cores.onPath("0,1", first + File.pathSeparator + second);

    assertThat(cores.bound()).isTrue();
    assertThat(cores.command(List.of("sleep", "1")))
        .containsExactly(taskset.toString(), "-c", "0,1", "sleep", "1");
  }

  @Test
  void givenNoTaskset_whenACommandIsBound_thenItIsAsItWasAndThatIsKnown() {
    Cores cores = Cores.onPath("0", folder.toString());

    assertThat(cores.bound()).isFalse();
    assertThat(cores.command(List.of("sleep", "1"))).containsExactly("sleep", "1");
  }
}
