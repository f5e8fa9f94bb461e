package ser.jobs.tables;

import java.util.List;

/** Paths for Spark's readers, which would take some characters of a name for a pattern. */
public final class SparkPaths {
  private SparkPaths() {}

  public static String[] literal(List<String> paths) {
    return paths.stream()
        .map(path -> path.replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0"))
        .toArray(String[]::new);
  }
}
