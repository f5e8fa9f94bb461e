package ser.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GcLogTest {
  @Test
  void givenAFolderWithBlanks_whenJavaIsGivenTheLog_thenSparkSeesOneOption() {
    assertThat(GcLog.options(Path.of("/tmp/my logs"), "driver"))
        .isEqualTo("-XX:+UseParallelGC \"-Xlog:gc:file=/tmp/my logs/driver-%p.gc\"");
  }

  @Test
  void givenAFolderWithQuotes_whenJavaIsGivenTheLog_thenTheyAreEscaped() {
    assertThat(GcLog.options(Path.of("/tmp/a\"b\\c"), "driver"))
        .isEqualTo("-XX:+UseParallelGC \"-Xlog:gc:file=/tmp/a\\\"b\\\\c/driver-%p.gc\"");
  }
}
