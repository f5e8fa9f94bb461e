package ser.jobs.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputRootsTest {
  private static final InputRoots ROOTS =
      new InputRoots(
          List.of(
              new InputRoots.Root("file://", "/data/in/"),
              new InputRoots.Root("s3a://bucket", "/calls/")));

  @ParameterizedTest
  @CsvSource({
    "a/b.wav, a/b.wav",
    "./a/b.wav, a/b.wav",
    "a b%20#.wav, a b%20#.wav",
    "a:b.wav, a:b.wav",
    "/data/in/a b%20#.wav, a b%20#.wav",
    "file:/data/in/a.wav, a.wav",
    "file:///data/in//x/a.wav, x/a.wav",
    "s3a://bucket/calls/x/a.wav, x/a.wav",
    "s3a://other/calls/x/a.wav, s3a://other/calls/x/a.wav",
    "/data/input/a.wav, /data/input/a.wav",
    "odd:/name.wav, odd:/name.wav"
  })
  void givenAPath_whenNamed_thenItIsTheRecordingUnderTheFirstRoot(String path, String name) {
    assertThat(ROOTS.nameOf(path)).isEqualTo(name);
  }

  @Test
  void givenAFolder_whenMadeARoot_thenPathsUnderItAreNamed(@TempDir Path folder) {
    InputRoots roots = InputRoots.of(List.of(folder + "/"), new Configuration());

    assertThat(roots.nameOf(folder + "/x/a.wav")).isEqualTo("x/a.wav");
  }
}
