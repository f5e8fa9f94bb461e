package ser.serve;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ser.model.scoring.ChannelChoice;

/** {@code ser predict}: the emotion of each recording, on standard output. */
@Command(
    name = "predict",
    description = "The dominant emotion of each recording.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:internal fault, with a stack trace",
      "2:the user's mistake, in one line, or no recording could be read",
      "3:some recordings could not be read; the others are done"
    })
final class PredictCommand implements Callable<Integer> {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "model.safetensors of a train run.")
  private Path model;

  @Option(
      names = "--channel",
      paramLabel = "N|mixed",
      description =
          "Which channel of recordings that have several, counted from 0, or the mean of all.")
  private Optional<String> channel = Optional.empty();

  @Option(
      names = "--abstain-below",
      paramLabel = "P",
      description =
          "Say 'not sure' below this probability, 0 to 1; 0 for never. Without it the model's own"
              + " limit counts.")
  private Optional<Double> abstainBelow = Optional.empty();

  @Option(names = "--json", description = "One JSON object per recording and line.")
  private boolean json;

  @Option(names = "--verbose", description = "The probabilities of all emotions.")
  private boolean verbose;

  @Option(names = "--timeline", description = "A line per window, before the recording's own.")
  private boolean timeline;

  @Parameters(
      arity = "1..*",
      paramLabel = "RECORDING",
      description =
          "Files; patterns such as 'calls/*.wav' too, where no file has that very name. - is"
              + " standard input.")
  private List<String> recordings;

  PredictCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    ChannelChoice choice = choice();
    if (abstainBelow.filter(given -> !(given >= 0 && given <= 1)).isPresent()) {
      throw new UserError(
          "Cannot use --abstain-below %s: give a probability, from 0 to 1."
              .formatted(abstainBelow.get()));
    }
    try (LoadingModel loading = LoadingModel.start(model)) {
      double below = abstainBelow.orElseGet(() -> loading.model().calibration().abstainBelow());
      ResultPrinter printer =
          json
              ? new JsonLines(out, loading.model(), below, timeline)
              : new TextLines(out, loading.model().labels(), below, verbose, timeline);
      int code =
          new Predictions(loading, choice, printer, err)
              .of(new RecordingArguments(in).expand(recordings));
      if (out.checkError()) {
        err.println("ser: Standard output cannot be written to the end: what is there is not all.");
        return SerServe.FAULT;
      }
      return code;
    }
  }

  private ChannelChoice choice() {
    try {
      return channel.map(ChannelChoice::parse).orElse(ChannelChoice.none());
    } catch (IllegalArgumentException e) {
      throw new UserError("Cannot use --channel: %s.".formatted(e.getMessage()), e);
    }
  }
}
