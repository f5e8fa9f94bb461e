package ser.bench;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files that both sides of a comparison read: chosen as the peer's scripts choose them. */
final class Recordings {
  private Recordings() {}

  /**
   * WAV and FLAC files under a folder, in order of their paths.
   *
   * @param limit only the first so many; 0 for all
   * @throws IllegalArgumentException if there are none, or no such folder
   */
  static List<Path> under(Path folder, int limit) throws IOException {
    if (!Files.exists(folder)) {
      throw new IllegalArgumentException(
          "there is no %s; name a folder with recordings".formatted(folder));
    }
    try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      Stream<Path> found = tree.filter(Recordings::isRecording).sorted();
      List<Path> files = (limit == 0 ? found : found.limit(limit)).toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException("no .wav or .flac file under " + folder);
      }
      return files;
    }
  }

  private static boolean isRecording(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".wav") || name.endsWith(".flac");
  }
}
