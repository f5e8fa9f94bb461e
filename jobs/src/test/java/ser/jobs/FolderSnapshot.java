package ser.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder as it was at one moment. Each test of a class gets it back at the same path and with the
 * same times, by which a run knows a recording again.
 *
 * @param folder what tests change
 * @param copy what they leave alone
 */
record FolderSnapshot(Path folder, Path copy) {

  static FolderSnapshot of(Path folder) {
    FolderSnapshot snapshot = new FolderSnapshot(folder, folder.resolveSibling("snapshot"));
    copy(folder, snapshot.copy());
    return snapshot;
  }

  void restore() {
    try {
      List<Path> files = new ArrayList<>(filesOf(folder));
      Collections.reverse(files);
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    copy(copy, folder);
  }

  private static void copy(Path from, Path to) {
    try {
      for (Path file : filesOf(from)) {
        Files.copy(
            file,
            to.resolve(from.relativize(file)),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Folders before what they hold. */
  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList();
    }
  }
}
