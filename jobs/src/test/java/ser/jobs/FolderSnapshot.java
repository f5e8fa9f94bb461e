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
 * A folder as it was at one moment. Each test of a class gets it back at the same path, its files
 * with the same times, by which a run knows a recording again.
 *
 * @param folder what tests change
 * @param kept what they leave alone
 */
record FolderSnapshot(Path folder, Path kept) {

  static FolderSnapshot of(Path folder) {
    FolderSnapshot snapshot = new FolderSnapshot(folder, folder.resolveSibling("snapshot"));
    copyAll(folder, snapshot.kept());
    return snapshot;
  }

  void restore() {
    try {
      List<Path> files = new ArrayList<>(all(folder));
      Collections.reverse(files);
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    copyAll(kept, folder);
  }

  private static void copyAll(Path from, Path to) {
    try {
      for (Path file : all(from)) {
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

  /** Files and folders, a folder before what it holds. */
  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList();
    }
  }
}
