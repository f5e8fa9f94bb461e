package ser.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Synthetic recordings and a model of one epoch of them, extracted and trained as an operator
 * submits it, on executors in processes of their own. One for all tests of a run.
 *
 * @param recordings folder
 * @param output of both jobs
 * @param extracted last line of {@code ser extract}
 * @param trained last line of {@code ser train}
 */
record SubmittedModel(Path recordings, Path output, JsonNode extracted, JsonNode trained) {
  private static final int SPEAKERS = 4;
  private static final int EMOTIONS = 8;
  static final int RECORDINGS = SPEAKERS * EMOTIONS;

  Path file() {
    return output.resolve("model/model.safetensors");
  }

  Path report() {
    return output.resolve("model/report.json");
  }

  private static SubmittedModel make() {
    Path folder = Home.HOME.resolve("submit/target/submitted-model");
    Path recordings = folder.resolve("recordings");
    Path output = folder.resolve("out");
    empty(folder);
    SerProcess made =
        SerProcess.in(folder)
            .program(Path.of(Home.java()))
            .run(
                "-cp",
                Home.JAR.toString(),
                "ser.jobs.quickstart.SyntheticCorpus",
                "--output",
                recordings.toString(),
                "--speakers",
                Integer.toString(SPEAKERS),
                "--clips-per-emotion",
                "1");
    assertThat(made.exitCode()).as(made.stderr()).isZero();
    JsonNode extracted =
        job(
            folder,
            "extract",
            "--input",
            recordings.toString(),
            "--output",
            output.resolve("tables").toString(),
            "--corpus",
            "synthetic");
    JsonNode trained =
        job(
            folder,
            "train",
            "--features",
            output.resolve("tables/features").toString(),
            "--output",
            output.resolve("model").toString(),
            "--set",
            "ser.train.epochs=1",
            "--set",
            "ser.train.batch-size-per-worker=4");
    return new SubmittedModel(recordings, output, extracted, trained);
  }

  private static JsonNode job(Path folder, String... arguments) {
    SerProcess run =
        SerProcess.in(folder)
            .options(List.of("--master", "local-cluster[2,1,2048]"))
            .run(arguments);
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    try {
      return new ObjectMapper().readTree(run.lastLine());
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + run.lastLine(), e);
    }
  }

  private static void empty(Path folder) {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the one model of this test run to whoever has a parameter for it. */
  static final class Provider implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SubmittedModel.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == SubmittedModel.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(SubmittedModel.class, key -> make(), SubmittedModel.class);
    }
  }
}
