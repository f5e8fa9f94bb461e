package ser.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingArgumentsTest {
  @TempDir private Path folder;

  @Test
  void givenAPattern_whenExpanded_thenTheFilesThatFitByName() throws IOException {
    files("b/2.wav", "a/1.wav", "a/.hidden.wav", "a/notes.txt", "a/deep/3.wav");

    assertThat(names("*/*.wav")).containsExactly("a/1.wav", "b/2.wav");
    assertThat(names("{a,b}/?.wav")).containsExactly("a/1.wav", "b/2.wav");
    assertThat(names("a/.*")).containsExactly("a/.hidden.wav");
    assertThat(names("*/deep/[0-3].wav")).containsExactly("a/deep/3.wav");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b%20#é.wav",
        "call[1].wav",
        "*.wav",
        "what?.wav",
        "{x",
        "[",
        "a\nb",
        "s3a:call.wav"
      })
  void givenAFileOfThatVeryName_whenExpanded_thenItIsNoPattern(String name) throws IOException {
    files(name, "other.wav", "call1.wav");

    assertThat(names(name)).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.wav", "missing*.wav", "[", "{x", "a", "no/such/*.wav"})
  void givenNothingOfThatName_whenExpanded_thenItIsSaidWhy(String name) throws IOException {
    files("a/1.wav");

    assertThat(expanded(name))
        .singleElement()
        .isInstanceOfSatisfying(
            Recording.Missing.class,
            missing -> assertThat(missing.why()).matches("(It is a folder|There is no).*\\."));
  }

  @Test
  void givenStandardInputTwice_whenExpanded_thenRefused() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () -> new RecordingArguments(InputStream.nullInputStream()).expand(List.of("-", "-")))
        .withMessageContaining("twice");
  }

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private List<Recording> expanded(String argument) {
    return new RecordingArguments(InputStream.nullInputStream())
        .expand(List.of(folder + "/" + argument));
  }

  private Stream<String> names(String argument) {
    return expanded(argument).stream()
        .map(recording -> (Recording.OfFile) recording)
        .map(recording -> folder.relativize(recording.path()).toString());
  }
}
