package ser.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A finished run of {@code submit/ser}, or of another program.
 *
 * @param exitCode as the shell sees it
 * @param stdout everything on standard output
 * @param stderr everything on standard error
 */
record SerProcess(int exitCode, String stdout, String stderr) {

  /** Runs the launcher of this project. */
  static SerProcess run(Path folder, String... arguments) {
    return in(folder).run(arguments);
  }

  /** A run with its scratch files in {@code folder}, which is also where it starts. */
  static Builder in(Path folder) {
    return new Builder(folder);
  }

  /** Last line of standard output: the job's JSON object; empty if it wrote nothing. */
  String lastLine() {
    List<String> lines = stdout.lines().toList();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  /** What a run is started with. */
  static final class Builder {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();
    private Path program = Home.HOME.resolve("submit/ser");
    private Duration limit = Duration.ofMinutes(10);

    private Builder(Path folder) {
      this.folder = folder;
      // The Spark of the machine that runs the tests is not what they test.
      environment.put("SPARK_HOME", "");
      // Drivers too stay off the network.
      environment.put("SPARK_LOCAL_IP", "127.0.0.1");
      environment.put("JAVA_HOME", System.getProperty("java.home"));
      // A run of some seconds is over before optimised code pays: a third less CPU time.
      environment.put(
          "SPARK_SUBMIT_OPTS",
          "-XX:TieredStopAtLevel=1 -Dspark.executor.defaultJavaOptions=-XX:TieredStopAtLevel=1");
    }

    /** Another program than submit/ser: a link to it, or a copy. */
    Builder program(Path path) {
      program = path;
      return this;
    }

    Builder environment(Map<String, String> added) {
      environment.putAll(added);
      return this;
    }

    /**
     * Options that stand before the arguments of {@link #run}, such as those of {@link
     * S3Endpoint#launcherOptions}.
     */
    Builder options(List<String> added) {
      options.addAll(added);
      return this;
    }

    Builder limit(Duration longest) {
      limit = longest;
      return this;
    }

    /**
     * Runs to the end.
     *
     * @throws IllegalStateException with the output, if that takes longer than the limit; the run
     *     is ended
     */
    SerProcess run(String... arguments) {
      return start(arguments).await();
    }

    /** Begins a run. */
    Started start(String... arguments) {
      List<String> command = new ArrayList<>();
      command.add(program.toString());
      command.addAll(options);
      command.addAll(List.of(arguments));
      try {
        Path stdout = Files.createTempFile(folder, "ser", ".out");
        Path stderr = Files.createTempFile(folder, "ser", ".err");
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
        builder.environment().putAll(environment);
        return new Started(command, builder.start(), stdout, stderr, limit);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot run %s".formatted(command), e);
      }
    }
  }

  /** A run that may not have ended. */
  record Started(List<String> command, Process process, Path stdout, Path stderr, Duration limit) {

    /** Waits for its end, as {@link Builder#run} does. */
    SerProcess await() {
      try {
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly().waitFor();
          throw new IllegalStateException(
              "%s is not done after %s. Standard error:%n%s"
                  .formatted(command, limit, read(stderr)));
        }
        return new SerProcess(process.exitValue(), read(stdout), read(stderr));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot run %s".formatted(command), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while running %s".formatted(command), e);
      }
    }

    /** Bytes that are no UTF-8 become replacement characters instead of an error. */
    private static String read(Path file) throws IOException {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
  }
}
