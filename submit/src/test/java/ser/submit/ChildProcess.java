package ser.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A process of a test: its output goes to a file, and it never outlives the test. */
final class ChildProcess implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Starts {@code command}; {@code environment} is added to that of the tests. */
  static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    try {
      return new ChildProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start %s: %s".formatted(name, command), e);
    }
  }

  /**
   * Looks again and again until {@code condition} gives something.
   *
   * @throws IllegalStateException with what the process wrote, if it ends or the time is over
   */
  <T> T await(String what, Duration limit, Supplier<Optional<T>> condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    for (Optional<T> found = condition.get(); ; found = condition.get()) {
      if (found.isPresent()) {
        return found.get();
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s: no %s within %s (running: %s). It wrote:%n%s"
                .formatted(name, what, limit, process.isAlive(), output()));
      }
      pause();
    }
  }

  /**
   * Sends SIGTERM to it alone, as a service manager does, and waits for its end.
   *
   * @return its exit code
   * @throws IllegalStateException with what it wrote, if it does not end in time
   */
  int terminate(Duration limit) {
    process.destroy();
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException(
        "%s: still running %s after SIGTERM. It wrote:%n%s".formatted(name, limit, output()));
  }

  /** What it has written until now. */
  String output() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s".formatted(log), e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Between two looks; a wait for the end of the process, so that its end is noticed at once. */
  private void pause() {
    try {
      if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + name, e);
    }
  }
}
