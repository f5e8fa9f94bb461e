package ser.features.audio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Recordings that may not be copied into the project. Named by the system property {@code
 * ser.shared}, else looked for beside the checkout; tests that need them are skipped without.
 */
public final class SharedData {
  private SharedData() {}

  public static Path require(String path) {
    Optional<Path> found = find(path);
    Assumptions.assumeTrue(
        found.isPresent(), () -> "no shared/" + path + ": name its folder with -Dser.shared");
    return found.orElseThrow();
  }

  static Optional<Path> find(String path) {
    Stream<Path> roots =
        System.getProperty("ser.shared") == null
            ? Stream.of(Path.of("../../shared"), Path.of("../shared"), Path.of("shared"))
            : Stream.of(Path.of(System.getProperty("ser.shared")));
    return roots.map(root -> root.resolve(path)).filter(Files::exists).findFirst();
  }

  /** Regular files below a folder whose name ends so, in order; none if the folder is absent. */
  public static List<Path> filesBelow(String folder, String suffix) {
    Optional<Path> root = find(folder);
    if (root.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root.get())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(suffix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fields of one line of comma-separated values, with quotes doubled inside quoted fields. */
  static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          field.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
