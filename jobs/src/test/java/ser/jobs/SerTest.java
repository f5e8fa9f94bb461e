package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line refuses, before any Spark session. */
class SerTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("No command was given"),
        mistake("'transcribe'", "transcribe"),
        mistake("'--fast'", "--fast"),
        mistake("'--fast'", "extract", "--fast"),
        mistake("'--fast b'", "extract", "--fast\nb"),
        mistake("'stray'", "score", "stray"),
        mistake("'--output'", "extract", "--output"),
        mistake("--input", "extract", "--output", "/out"),
        mistake("--output", "extract", "--input", "/in"),
        mistake("--input", "extract", "--output", "/out", "--input", ""),
        mistake("--features", "train", "--output", "/out"),
        mistake("--output", "train", "--features", "/features"),
        mistake("--model", "evaluate", "--features", "/f", "--output", "/o"),
        mistake("--leak-gap", "evaluate", "--features", "/f", "--output", "/o"),
        mistake("--features", "evaluate", "--model", "/m", "--output", "/o"),
        mistake("--output", "evaluate", "--leak-gap", "--features", "/f"),
        mistake("give one of them", "evaluate", "--model", "/m", "--leak-gap"),
        mistake("recipe 'nobody'", "evaluate", "--leak-gap", "--recipe", "nobody"),
        mistake("--model", "score", "--input", "/in", "--output", "/out"),
        mistake("--input", "score", "--model", "/m", "--output", "/out"),
        mistake("--output", "score", "--model", "/m", "--input", "/in"),
        mistake(
            "'fast' is no engine",
            "score",
            "--set",
            "ser.score.engine=fast",
            "--model",
            "/m",
            "--input",
            "/i",
            "--output",
            "/o"),
        mistake("--model", "export", "--output", "/out"),
        mistake("--output", "export", "--model", "/m"),
        mistake("'pmml'", "export", "--model", "/m", "--output", "/o", "--format", "pmml"),
        mistake(
            "/no/such.safetensors", "export", "--model", "/no/such.safetensors", "--output", "/o"),
        mistake("--output", "forget", "--recording", "a.wav"),
        mistake("--recording PATTERN or --before", "forget", "--output", "/out"),
        mistake("'soon'", "forget", "--output", "/out", "--before", "soon"),
        mistake("--output", "compact"),
        mistake("'--output'", "extract", "--output", "/a", "--output", "/b"),
        mistake("'--config'", "extract", "--config", "/a", "--config", "/b"),
        mistake("ser.train.epochs", "train", "--set", "ser.train.epochs"),
        mistake("'ser.train.epoch'", "train", "--set", "ser.train.epoch=5"),
        mistake("/no/such.conf", "extract", "--config", "/no/such.conf"),
        mistake("recipe 'nobody'", "train", "--recipe", "nobody"),
        mistake("needs a command", "corpus"),
        mistake("NAME", "corpus", "download", "--to", "/x"),
        mistake("'--to=URI'", "corpus", "download", "ravdess"),
        mistake("'iemocap'", "corpus", "download", "iemocap", "--to", "/x"),
        mistake("register there", "corpus", "download", "savee", "--to", "/x"),
        mistake(
            "ser.train.epochs 0",
            "train",
            "--features",
            "/f",
            "--output",
            "/o",
            "--set",
            "ser.train.epochs=0"));
  }

  private static Arguments mistake(String named, String... arguments) {
    return Arguments.of(named, arguments);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void givenAMistake_whenRun_thenOneLineNamesItAndTheExitCodeIs2(String named, String[] arguments) {
    int exitCode = run(arguments);

    assertThat(text(err).lines()).as("standard error").hasSize(1);
    assertThat(text(err)).startsWith("ser: ").contains(named).doesNotContain("..");
    assertThat(text(out)).as("standard output").isEmpty();
    assertThat(exitCode).isEqualTo(2);
  }

  @Test
  void givenAMalformedFile_whenRun_thenOneLineNamesIt() throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.conf"), "ser {\n epochs = = 3");

    int exitCode = run("train", "--config", file.toString());

    assertThat(text(err).lines()).as("standard error").hasSize(1);
    assertThat(text(err)).contains(file.toString());
    assertThat(exitCode).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "extract --help",
        "train --help",
        "evaluate --help",
        "score --help",
        "export --help",
        "forget --help",
        "compact --help",
        "corpus download --help",
        "--version"
      })
  void givenAQuestion_whenRun_thenTheAnswerIsOnStandardOutput(String arguments) {
    int exitCode = run(arguments.split(" "));

    assertThat(text(out)).contains("ser").hasSizeGreaterThan(8);
    assertThat(text(err)).as("standard error").isEmpty();
    assertThat(exitCode).isZero();
  }

  @Test
  void givenHelp_whenAsked_thenItHasTheCommandsAndTheExitCodes() {
    run("--help");

    assertThat(text(out))
        .contains("extract", "train", "evaluate", "score", "Exit codes:", "mistake");
  }

  @AfterEach
  void requireNoSession() {
    assertThat(SparkSession.getDefaultSession().isDefined()).as("a Spark session").isFalse();
  }

  private int run(String... arguments) {
    return Ser.run(new PrintStream(out, true), new PrintStream(err, true), arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
