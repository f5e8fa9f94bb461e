package ser.serve;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import ser.serve.engine.Limits;

/** {@code ser serve}: the web page and its HTTP API, until it is told to end. */
@Command(
    name = "serve",
    description = "A web page and an HTTP API that score one recording at a time.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was told to end (SIGTERM, SIGINT)",
      "1:internal fault, with a stack trace",
      "2:the user's mistake, in one line"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  private final PrintStream err;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "model.safetensors of a train run; several times for several models.")
  private List<Path> models;

  @Option(names = "--port", paramLabel = "N", description = "0 for any free one.")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on; 0.0.0.0 for all. Others than 127.0.0.1 can be reached.")
  private String host = "127.0.0.1";

  @Option(names = "--max-upload-mb", paramLabel = "MB", description = "Largest recording.")
  private int maxUploadMb = 25;

  @Option(names = "--max-seconds", paramLabel = "S", description = "Longest recording.")
  private int maxSeconds = 600;

  @Option(
      names = "--max-concurrent",
      paramLabel = "N",
      description = "Recordings that are scored at a time; 0 for 8 a core.")
  private int maxConcurrent;

  @Option(names = "--max-request-s", paramLabel = "S", description = "Longest time for an answer.")
  private int maxRequestS = 30;

  @Option(
      names = "--abstain-below",
      paramLabel = "P",
      description =
          "Less probable emotions are not named: 'not sure'. From 0 to 1; without it what the model's"
              + " calibration says.")
  private Optional<Double> abstainBelow = Optional.empty();

  ServeCommand(PrintStream err) {
    this.err = err;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new UserError(
          "Cannot listen on port %d: ports go from 0 to %d. Change --port."
              .formatted(port, HIGHEST_PORT));
    }
    if (abstainBelow.isPresent() && !(abstainBelow.get() >= 0 && abstainBelow.get() <= 1)) {
      throw new UserError(
          "Cannot abstain below %s: a probability is from 0 to 1. Change --abstain-below."
              .formatted(abstainBelow.get()));
    }
    // What it runs is named there alone: predict must not load a web server to know its options.
    new Serving(host, port, limits(), err).run(models, abstainBelow);
    return SerServe.DONE;
  }

  private Limits limits() {
    try {
      return Limits.of(1_000_000L * maxUploadMb, maxSeconds, maxConcurrent, maxRequestS);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot keep these limits: %s. Change the --max options.".formatted(e.getMessage()), e);
    }
  }
}
