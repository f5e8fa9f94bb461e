package ser.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that {@code -Xlog:gc} writes. */
final class GcLog {
  /** {@code GC(3) Pause Young (Normal) (G1 Evacuation Pause) 87M->21M(128M) 4.3ms}. */
  private static final Pattern PAUSE =
      Pattern.compile("Pause (Full|Young).* (\\d+)M->(\\d+)M\\(\\d+M\\)");

  private GcLog() {}

  /**
   * Java options, as Spark takes them, for such a log and the collector that {@code conf/spark}
   * sets, whose place they take. Spark splits them at blanks, outside of quotes.
   *
   * @param folder that is there; receives {@code NAME-PID.gc}
   */
  static String options(Path folder, String name) {
    String log = "-Xlog:gc:file=%s/%s-%%p.gc".formatted(folder, name);
    return "-XX:+UseParallelGC \"%s\"".formatted(log.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  /**
   * @param folder with logs {@code NAME-PID.gc}
   * @return the most that was left of a heap after a collection of any kind, in MiB; 0 without any
   */
  static double most(Path folder, String name) {
    return Math.max(mostAfterFull(folder, name), largest(folder, name, "Young", 3));
  }

  /**
   * @param folder with logs {@code NAME-PID.gc}
   * @return the most that was left of a heap after a full collection, in MiB; 0 without any
   */
  static double mostAfterFull(Path folder, String name) {
    return largest(folder, name, "Full", 3);
  }

  /**
   * @param folder with logs {@code NAME-PID.gc}
   * @return the most that was on a heap before a collection of any kind, in MiB; 0 without any
   */
  static double peak(Path folder, String name) {
    return Math.max(largest(folder, name, "Full", 2), largest(folder, name, "Young", 2));
  }

  private static double largest(Path folder, String name, String kind, int figure) {
    double most = 0;
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, name + "-*.gc")) {
      for (Path log : logs) {
        Matcher pauses = PAUSE.matcher(Files.readString(log));
        while (pauses.find()) {
          if (pauses.group(1).equals(kind)) {
            most = Math.max(most, Double.parseDouble(pauses.group(figure)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the collector's logs in " + folder, e);
    }
    return most;
  }
}
