package ser.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ser.bench.process.ChildProcess;

/** {@code ser serve} as a user starts it, ended with this. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on (http://\\S+)");
  private static final long START_S = 120;

  private final ChildProcess child;
  private final URI address;

  private ServerProcess(ChildProcess child, URI address) {
    this.child = child;
    this.address = address;
  }

  /**
   * Returns once the server takes requests.
   *
   * @param command with port 0
   * @param log what the server writes on standard error
   * @throws IllegalStateException if it ends, or does not say where it listens
   */
  public static ServerProcess start(List<String> command, Path log)
      throws IOException, InterruptedException {
    ChildProcess child =
        ChildProcess.start(
            new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD));
    Process process = child.process();
    CompletableFuture<URI> address = new CompletableFuture<>();
    Thread reader = new Thread(() -> copy(process, log, address), "log of the server");
    reader.setDaemon(true);
    reader.start();
    try {
      return new ServerProcess(child, address.get(START_S, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      child.close();
      throw new IllegalStateException(
          "%s did not start within %d s; see %s".formatted(command, START_S, log), e);
    }
  }

  /** Where it listens, without a path. */
  public URI address() {
    return address;
  }

  /** The Java process itself: a launcher may stand before it. */
  public long pid() {
    Process process = child.process();
    return process.descendants().findFirst().map(ProcessHandle::pid).orElse(process.pid());
  }

  public boolean isAlive() {
    return child.process().isAlive();
  }

  @Override
  public void close() {
    child.close();
  }

  private static void copy(Process process, Path log, CompletableFuture<URI> address) {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(log), true)) {
      String line;
      while ((line = lines.readLine()) != null) {
        out.println(line);
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          address.complete(URI.create(listening.group(1)));
        }
      }
      address.completeExceptionally(new IllegalStateException("it ended"));
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }
}
