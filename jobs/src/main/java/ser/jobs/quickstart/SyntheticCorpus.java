package ser.jobs.quickstart;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import ser.features.audio.Clip;
import ser.features.audio.WavWriter;

/**
 * Writes a small labelled corpus of synthetic voices, for a first run without any data of one's
 * own.
 *
 * <p>One folder a speaker, {@code Speaker_SS/synthetic-SS-g-EMOTION-TT-NN.wav}: speaker, gender
 * {@code f} or {@code m}, canonical emotion, statement, take. WAV, 16 bit, mono, {@value
 * Utterance#SAMPLE_RATE_HZ} Hz. What a model reaches on these voices says nothing about people.
 */
@Command(
    name = "SyntheticCorpus",
    description = "Writes a labelled corpus of synthetic voices.",
    mixinStandardHelpOptions = true)
public final class SyntheticCorpus implements Callable<Integer> {
  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write into: a new or an empty one.")
  private Path output;

  @Option(
      names = "--speakers",
      defaultValue = "10",
      description = "Half of them women; at most 99 (default: ${DEFAULT-VALUE}).")
  private int speakers;

  @Option(
      names = "--clips-per-emotion",
      defaultValue = "5",
      description = "Recordings a speaker and emotion (default: ${DEFAULT-VALUE}).")
  private int clipsPerEmotion;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The same seed gives the same bytes (default: ${DEFAULT-VALUE}).")
  private long seed;

  private SyntheticCorpus() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new SyntheticCorpus()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (Files.exists(output) && !isEmptyFolder(output)) {
      System.err.printf(
          "SyntheticCorpus: %s is not an empty folder; give another --output or remove it%n",
          output);
      return CommandLine.ExitCode.USAGE;
    }
    List<Utterance> utterances = plan(speakers, clipsPerEmotion, seed);
    write(utterances, seed, output);
    System.out.printf(
        "%d recordings of %d synthetic speakers in %s%n", utterances.size(), speakers, output);
    return CommandLine.ExitCode.OK;
  }

  /** Every speaker in every mood, going round the sentences. */
  static List<Utterance> plan(int speakers, int clipsPerEmotion, long seed) {
    List<Utterance> utterances = new ArrayList<>();
    for (int number = 1; number <= speakers; number++) {
      Speaker speaker = Speaker.of(number, seed);
      for (Mood mood : Mood.values()) {
        for (int clip = 0; clip < clipsPerEmotion; clip++) {
          Sentence sentence = Sentence.ALL.get(clip % Sentence.ALL.size());
          utterances.add(new Utterance(speaker, mood, sentence, clip / Sentence.ALL.size() + 1));
        }
      }
    }
    return utterances;
  }

  /**
   * Writes each utterance under its speaker's folder.
   *
   * @throws UncheckedIOException naming the file that cannot be written
   */
  static void write(List<Utterance> utterances, long seed, Path output) {
    for (Utterance utterance : utterances) {
      Path folder = output.resolve("Speaker_%02d".formatted(utterance.speaker().number()));
      Path file = folder.resolve(utterance.fileName());
      try {
        Files.createDirectories(folder);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
          WavWriter.write(new Clip(utterance.samples(seed), Utterance.SAMPLE_RATE_HZ), out);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot write %s".formatted(file), e);
      }
    }
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> content = Files.list(path)) {
      return content.findAny().isEmpty();
    }
  }
}
