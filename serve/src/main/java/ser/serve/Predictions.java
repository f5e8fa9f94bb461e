package ser.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import ser.features.audio.AudioReader;
import ser.features.audio.AudioStream;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.model.scoring.ChannelChoice;
import ser.model.scoring.ChannelScorer;
import ser.model.scoring.RecordingSummary;
import ser.model.scoring.SpeechDetector;
import ser.model.scoring.WindowPlan;

/** Scores recordings one after the other; a bad one costs a line on standard error. */
final class Predictions {
  private static final String NAME_ONE =
      "Name one with --channel 0 to --channel %d, or --channel mixed for their mean.";

  private final ChannelChoice choice;
  private final ResultPrinter printer;
  private final PrintStream err;
  private final ChannelScorer scorer;

  Predictions(LoadingModel model, ChannelChoice choice, ResultPrinter printer, PrintStream err) {
    this.choice = choice;
    this.printer = printer;
    this.err = err;
    this.scorer =
        new ChannelScorer(
            WindowPlan.of(model.model().input(), OptionalDouble.empty(), OptionalDouble.empty()),
            model.model().scores(),
            SpeechDetector.standard(),
            model::classifier);
  }

  /**
   * @return the exit code
   */
  int of(List<Recording> recordings) {
    int done = 0;
    for (Recording recording : recordings) {
      done += predict(recording) ? 1 : 0;
    }
    if (done == recordings.size()) {
      return SerServe.DONE;
    }
    return done == 0 ? SerServe.USER_ERROR : SerServe.SOME_FAILED;
  }

  private boolean predict(Recording recording) {
    try {
      if (recording instanceof Recording.Missing missing) {
        complain(recording, missing.why());
        return false;
      }
      if (recording instanceof Recording.OfStandardInput input) {
        return predictCopyOf(input);
      }
      score(recording, ((Recording.OfFile) recording)::open);
      return true;
    } catch (UnreadableAudioException e) {
      complain(recording, e.reason().code() + ": " + e.getMessage());
      return false;
    } catch (IOException e) {
      complain(recording, "It cannot be read: " + Fault.of(e) + ".");
      return false;
    }
  }

  /** On disk for as long as it takes: models that are normalised by speaker read twice. */
  private boolean predictCopyOf(Recording.OfStandardInput input)
      throws IOException, UnreadableAudioException {
    Path copy = Files.createTempFile("ser-predict", ".audio");
    // Told to end (SIGTERM, SIGINT), nothing of the voice stays.
    copy.toFile().deleteOnExit();
    try {
      Files.copy(input.in(), copy, StandardCopyOption.REPLACE_EXISTING);
      score(input, new Recording.OfFile(input.name(), copy)::open);
      return true;
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void score(Recording recording, Source source)
      throws IOException, UnreadableAudioException {
    RecordingSummary.Builder summary = new RecordingSummary.Builder();
    Optional<RejectionReason> defect =
        scorer.score(
            () -> channelOf(source.open()),
            window -> {
              summary.add(window);
              printer.window(recording.name(), window);
            });
    printer.recording(recording.name(), summary.build());
    defect.ifPresent(reason -> complain(recording, "Read in part: " + reason.code() + "."));
  }

  private AudioStream channelOf(InputStream in) throws IOException, UnreadableAudioException {
    try {
      AudioStream recording = AudioReader.open(in);
      int channels = recording.format().channels();
      return ChannelChoice.stream(
          recording, choice.among(channels, NAME_ONE.formatted(channels - 1)));
    } catch (IOException | UnreadableAudioException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private void complain(Recording recording, String why) {
    err.println("ser: %s: %s".formatted(OneLine.of(recording.name()), OneLine.of(why)));
  }

  /** The bytes of a recording, from the beginning each time. */
  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }
}
