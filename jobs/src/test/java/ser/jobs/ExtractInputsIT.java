package ser.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.TestRecordings.Take;
import ser.model.Emotion;

/** {@code ser extract}: where recordings are found, and by which name they stand in its tables. */
class ExtractInputsIT {
  @TempDir static Path folder;

  @Test
  void givenUnusualFolderNames_whenExtracted_thenTheyStandInTheTableLiterally() {
    Path input = folder.resolve("odd");
    Take take = new Take(1, Emotion.HAPPY, 1, 1, 1);
    List<String> odd =
        List.of(
            "with space",
            "100%",
            "%20",
            "#1",
            "grün",
            "音声",
            "a+b",
            "c;d",
            "[e]",
            "{f}",
            "$g",
            "'h'",
            "i=j",
            "k*l?m",
            "n,o",
            "p&q",
            "r\"s\"");
    for (int i = 0; i < odd.size(); i++) {
      TestRecordings.write(
          input.resolve(odd.get(i)).resolve(take.name()), take.clip(0.6 + 0.001 * i));
    }

    extract(input, folder.resolve("odd-out")).done();

    assertThat(features(folder.resolve("odd-out")).stream().map(row -> row.get("recording")))
        .containsExactlyInAnyOrderElementsOf(
            odd.stream().map(name -> name + "/" + take.name()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 #2 %20 grün", "[e]", "{f}", "k*l?m", "r\"s\"", "//t"})
  void givenUnusualInputAndOutput_whenExtracted_thenTheyAreTakenLiterally(String odd) {
    Path input = folder.resolve("in" + odd);
    TestRecordings.write(input, new Take(1, Emotion.HAPPY, 1, 1, 1), 0.6);
    // As text, because a Path has no double slashes.
    String output = folder + "/out" + odd;

    SerRun run = SerRun.of("extract", "--input", folder + "/in" + odd, "--output", output).done();

    assertThat(run.result().path("output").asText()).isEqualTo(output);
    assertThat(features(Path.of(output)).stream().map(row -> row.get("recording")))
        .containsExactly("Actor_01/03-01-03-01-01-01-01.wav");
  }

  @Test
  void givenInputBehindSymbolicLink_whenExtracted_thenItIsRead() throws IOException {
    Path real = folder.resolve("real");
    TestRecordings.write(real, new Take(1, Emotion.HAPPY, 1, 1, 1), 0.6);
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);

    extract(link, folder.resolve("link-out")).done();

    assertThat(features(folder.resolve("link-out")).stream().map(row -> row.get("recording")))
        .containsExactly("Actor_01/03-01-03-01-01-01-01.wav");
  }

  @Test
  void givenTwoInputs_whenExtracted_thenOneTableHoldsBoth() {
    Path one = folder.resolve("two/one");
    Path other = folder.resolve("two/other");
    TestRecordings.write(one, new Take(1, Emotion.HAPPY, 1, 1, 1), 0.6);
    TestRecordings.write(other, new Take(2, Emotion.HAPPY, 1, 1, 1), 0.6);

    SerRun both =
        SerRun.of(
            "extract", "--input", one + "," + other, "--output", folder.resolve("two/out") + "/");

    assertThat(both.done().result().path("recordings").asInt()).isEqualTo(2);
    assertThat(features(folder.resolve("two/out")).stream().map(row -> row.get("speaker")))
        .containsExactly("ravdess-01", "ravdess-02");
  }

  private static SerRun extract(Path input, Path output, String... more) {
    return new ExtractedOutput(output).extract(input, more);
  }

  private static List<Map<String, Object>> features(Path output) {
    return new ExtractedOutput(output).features();
  }
}
