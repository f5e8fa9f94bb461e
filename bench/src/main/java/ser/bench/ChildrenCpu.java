package ser.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of processes, as Linux counts it. */
final class ChildrenCpu {
  /** USER_HZ: 100 on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  // Numbers of proc(5), stat, less the three before the state.
  private static final int USER = 11;
  private static final int CHILDREN = 13;

  private ChildrenCpu() {}

  /** Seconds that this process's children took which have ended, and theirs. */
  static double ended() throws IOException {
    return seconds(Path.of("/proc/self/stat"), CHILDREN);
  }

  /** Seconds that a running process has taken. */
  static double of(long pid) throws IOException {
    return seconds(Path.of("/proc/%d/stat".formatted(pid)), USER);
  }

  private static double seconds(Path stat, int first) throws IOException {
    String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
    // The name in parentheses may hold anything.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1])) / TICKS_PER_SECOND;
  }
}
