package ser.features.signal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of golden values that librosa made, kept outside the repository because its clips are:
 * {@code -Dser.shared=FOLDER}, or {@code shared} beside the project or one level up. Tests that
 * need it are reported as skipped where it is absent.
 */
final class SharedGolden {
  static final List<String> CLIPS =
      List.of(
          "emodb_anger_16k.a",
          "emodb_sadness_16k.a",
          "ravdess_angry_48k.a",
          "ravdess_stereo_48k.a",
          "two_speakers_stereo_16k.a",
          "tess_fear_24414.a",
          "telephone_mulaw_8k.a",
          "telephone_mulaw_8k.b_telephone",
          "short_100ms_16k.a",
          "silence_1s_16k.a");

  private SharedGolden() {}

  static Path folder() {
    Optional<Path> found =
        Stream.of(System.getProperty("ser.shared"), "../shared", "../../shared")
            .filter(name -> name != null)
            .map(name -> Path.of(name, "golden"))
            .filter(Files::isDirectory)
            .findFirst();
    Assumptions.assumeTrue(
        found.isPresent(), "no golden values: name their folder with -Dser.shared=FOLDER");
    return found.get();
  }

  /** {@code emodb_anger_16k.a} is clip {@code emodb_anger_16k} under configuration a. */
  static Path clip(String clipAndConfig) {
    String clip = clipAndConfig.substring(0, clipAndConfig.indexOf('.'));
    return folder().resolve("clips").resolve(clip + ".wav");
  }
}
