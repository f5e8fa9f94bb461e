package ser.jobs.tables;

import java.util.List;

/** Paths for Spark's readers, which would take some characters of a name for a pattern. */
final class SparkPaths {
  private SparkPaths() {}

  static String[] literal(List<String> paths) {
    return paths.stream()
        .map(path -> path.replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0"))
        .toArray(String[]::new);
  }
}
