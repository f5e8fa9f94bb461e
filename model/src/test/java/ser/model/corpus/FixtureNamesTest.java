package ser.model.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that the corpora really have, where recordings are at hand. */
class FixtureNamesTest {
  private static final Path DATA =
      Path.of(System.getProperty("ser.shared", "../../shared")).resolve("data");

  @ParameterizedTest
  @CsvSource({
    "fixtures/tess, tess, 20, 2",
    "fixtures/cremad, cremad, 16, 12",
    "ravdess, ravdess, 1200, 20",
    "emodb/wav, emodb, 489, 10"
  })
  void givenRealRecordings_whenNamed_thenEachIsOfItsCorpusAndNoOther(
      String folder, String corpus, int recordings, int speakers) throws IOException {
    Path root = DATA.resolve(folder);
    assumeTrue(Files.isDirectory(root), () -> "no " + root);
    List<String> names;
    try (Stream<Path> files = Files.walk(root)) {
      names =
          files
              .filter(Files::isRegularFile)
              .map(file -> root.relativize(file).toString())
              .filter(name -> name.endsWith(".wav") || name.endsWith(".flac"))
              .toList();
    }

    assertThat(names).hasSize(recordings);
    assertThat(names)
        .allSatisfy(
            name ->
                assertThat(
                        Corpora.names().stream()
                            .filter(known -> Corpora.named(known).labelsOf(name).isPresent()))
                    .containsExactly(corpus));
    assertThat(
            names.stream()
                .map(name -> Corpora.named(corpus).labelsOf(name).orElseThrow().speaker())
                .distinct())
        .hasSize(speakers);
  }
}
