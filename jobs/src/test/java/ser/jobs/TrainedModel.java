package ser.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;
import ser.model.split.SpeakerSplit;

/**
 * A small corpus, extracted and trained on once for all tests that ask for it: six actors, four
 * emotions, clips of 0.6 to 2.9 s, and one of 3.5 s for each training speaker, which is longer than
 * the network's input.
 *
 * @param root holds everything
 * @param extracted the run that made the features table
 * @param trained the run that made the model
 */
record TrainedModel(Path root, SerRun extracted, SerRun trained) implements AutoCloseable {
  static final int ACTORS = 6;
  static final int EPOCHS = 3;
  static final int SEED = 20;
  static final List<Emotion> EMOTIONS =
      List.of(Emotion.NEUTRAL, Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY);

  Path recordings() {
    return root.resolve("recordings");
  }

  Path features() {
    return root.resolve("extracted/features");
  }

  Path output() {
    return root.resolve("trained");
  }

  Path file() {
    return output().resolve("model.safetensors");
  }

  JsonNode report() {
    return json(output().resolve("report.json"));
  }

  static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** The split that every training on this corpus must use. */
  static SpeakerSplit split() {
    return SpeakerSplit.of(
        IntStream.rangeClosed(1, ACTORS)
            .mapToObj(
                actor -> new Speaker(speaker(actor), actor % 2 == 1 ? Gender.MALE : Gender.FEMALE))
            .toList(),
        SEED);
  }

  static String speaker(int actor) {
    return "ravdess-%02d".formatted(actor);
  }

  private static TrainedModel make() {
    try {
      Path root = Files.createTempDirectory("ser-trained");
      writeCorpus(root.resolve("recordings"));
      SerRun extracted =
          SerRun.of(
                  "extract",
                  "--input",
                  root.resolve("recordings").toString(),
                  "--output",
                  root.resolve("extracted").toString())
              .done();
      SerRun trained =
          train(root.resolve("extracted/features"), root.resolve("trained"), EPOCHS).done();
      return new TrainedModel(root, extracted, trained);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SerRun train(Path features, Path output, int epochs) {
    return SerRun.of(
        "train",
        "--features",
        features.toString(),
        "--output",
        output.toString(),
        "--set",
        "ser.train.seed=" + SEED,
        "--set",
        "ser.train.epochs=" + epochs);
  }

  private static void writeCorpus(Path folder) {
    SpeakerSplit split = split();
    for (int actor = 1; actor <= ACTORS; actor++) {
      for (Take take : TestRecordings.takesOf(actor, EMOTIONS)) {
        if (take.intensity() == 1) {
          double durationS =
              0.6 + 2.3 * ((take.emotion().ordinal() + 2 * take.statement() + actor) % 8) / 7;
          TestRecordings.write(folder, take, durationS);
        }
      }
      if (split.training().contains(speaker(actor))) {
        TestRecordings.write(folder, new Take(actor, Emotion.ANGRY, 2, 1, 1), 3.5);
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Gives the one model of this test run to whoever has a parameter for it. */
  static final class Provider implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(TrainedModel.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TrainedModel.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(TrainedModel.class, key -> make(), TrainedModel.class);
    }
  }
}
