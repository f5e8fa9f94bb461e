package ser.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The cores that all sides of a measurement run on, where {@code taskset} is there to bind them.
 */
final class Cores {
  private static final String TASKSET = "taskset";

  private final String list;
  private final Optional<Path> taskset;

  private Cores(String list, Optional<Path> taskset) {
    this.list = list;
    this.taskset = taskset;
  }

  /**
   * Says so on standard error if nothing can be bound.
   *
   * @param bench whose line that is
   * @param list of cores, as taskset takes it
   */
  static Cores of(String bench, String list) {
    Cores cores = onPath(list, System.getenv().getOrDefault("PATH", ""));
    if (!cores.bound()) {
      System.err.printf(
          "%s: no %s on the PATH, so that nothing is bound to cores %s; install util-linux%n",
          bench, TASKSET, list);
    }
    return cores;
  }

  /**
   * @param path folders that programs are looked for in
   */
  static Cores onPath(String list, String path) {
    return new Cores(
        list,
        Arrays.stream(path.split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, TASKSET))
            .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
            .findFirst());
  }

  /**
   * Whether commands are bound; the figures of a run without should not be compared with others.
   */
  boolean bound() {
    return taskset.isPresent();
  }

  /** The same command, bound to the cores. */
  List<String> command(List<String> command) {
    List<String> words = new ArrayList<>();
    taskset.ifPresent(program -> words.addAll(List.of(program.toString(), "-c", list)));
    words.addAll(command);
    return words;
  }
}
