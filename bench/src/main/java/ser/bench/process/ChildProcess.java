package ser.bench.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A program, and all that it starts, ended with this: when it is closed, and when this JVM is told
 * to end, since a signal to a benchmark alone would leave what it measures running.
 */
public final class ChildProcess implements AutoCloseable {
  private static final long END_S = 30;

  private final Thread hook = new Thread(this::end, "end of a measured program");
  private Process process;

  private ChildProcess() {}

  /**
   * @throws IllegalStateException if this JVM is ending
   */
  public static ChildProcess start(ProcessBuilder program) throws IOException {
    ChildProcess child = new ChildProcess();
    // Before it starts: a signal in between would find nobody to end it.
    Runtime.getRuntime().addShutdownHook(child.hook);
    try {
      child.begin(program);
    } catch (IOException e) {
      child.close();
      throw e;
    }
    return child;
  }

  private synchronized void begin(ProcessBuilder program) throws IOException {
    process = program.start();
  }

  public synchronized Process process() {
    return process;
  }

  /** Ends it unless it has ended. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This JVM is ending: the hook does it.
      return;
    }
    end();
  }

  private synchronized void end() {
    if (process == null || !process.isAlive()) {
      return;
    }
    // Listed while their parent lives: nobody knows afterwards whose they were.
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    try {
      CompletableFuture.allOf(
              all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .get(END_S, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      all.forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      all.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
