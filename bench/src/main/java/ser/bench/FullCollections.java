package ser.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Asks a JVM and those that it started for full collections, every few seconds for as long as it
 * lives. What is left after one is what the program holds; after a young one there is garbage of
 * any age beside it, the more the longer a run takes.
 */
final class FullCollections {
  private static final long BETWEEN_MS = 3_000;
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

  private final Process process;
  private final Thread thread;

  private FullCollections(Process process) {
    this.process = process;
    this.thread = new Thread(this::askAgainAndAgain, "full collections");
  }

  static FullCollections in(Process process) {
    FullCollections collections = new FullCollections(process);
    collections.thread.start();
    return collections;
  }

  private void askAgainAndAgain() {
    try {
      while (!process.waitFor(BETWEEN_MS, TimeUnit.MILLISECONDS)) {
        for (ProcessHandle each :
            Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList()) {
          if (each.info().command().filter(command -> command.endsWith("java")).isPresent()) {
            ask(each.pid());
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A process that has just ended, or begins, refuses: the next time will do. */
  private static void ask(long pid) throws InterruptedException {
    try {
      new ProcessBuilder(JCMD.toString(), Long.toString(pid), "GC.run")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(JCMD + " cannot be run; use a JDK, not a JRE", e);
    }
  }

  /** Asks no more. */
  void close() {
    thread.interrupt();
  }
}
