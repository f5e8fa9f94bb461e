package ser.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One run of the command line on Spark in this process, {@code local[2]}.
 *
 * @param exitCode as the shell would see it
 * @param out lines on standard output, what anybody printed past the command line included
 * @param err lines that the command line wrote to standard error; the log is not among them
 */
record SerRun(int exitCode, List<String> out, List<String> err) {

  private static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.hadoop.fs.faulty.impl", FaultyFileSystem.class.getName());

  static SerRun of(String... arguments) {
    return withSpark(Map.of(), arguments);
  }

  /** With settings of Spark that spark-submit would be given by {@code --conf}. */
  static SerRun withSpark(Map<String, String> conf, String... arguments) {
    SPARK.forEach(System::setProperty);
    conf.forEach(System::setProperty);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream standardOut = System.out;
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      System.setOut(outStream);
      int exitCode = Ser.run(outStream, errStream, arguments);
      return new SerRun(exitCode, lines(out), lines(err));
    } finally {
      System.setOut(standardOut);
      conf.keySet().forEach(System::clearProperty);
    }
  }

  /** The last line on standard output, which must be the result. */
  JsonNode result() {
    try {
      return new ObjectMapper().readTree(out.get(out.size() - 1));
    } catch (IOException e) {
      throw new UncheckedIOException("The last line of %s is no JSON".formatted(out), e);
    }
  }

  /** The last line on standard error that begins with "ser", or nothing. */
  String complaint() {
    return err.stream()
        .filter(line -> line.startsWith("ser"))
        .reduce((first, second) -> second)
        .orElse("");
  }

  /** This run, after making sure that it ended well. */
  SerRun done() {
    if (exitCode != 0) {
      throw new AssertionError("Exit code %d: %s".formatted(exitCode, err));
    }
    return this;
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return Objects.requireNonNull(bytes.toString(StandardCharsets.UTF_8)).lines().toList();
  }
}
