package ser.jobs;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, on {@code local[2]}, which can be killed. */
final class SerProcess {
  private SerProcess() {}

  /**
   * Exit code of a run that ends as by kill -9 when the moment comes.
   *
   * @param moment as {@link FaultyFileSystem#HALT} has it
   * @param log where it writes
   */
  static int killedAt(String moment, Path log, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    // Such runs are short: the second compiler takes longer than what it makes saves.
    command.add("-XX:TieredStopAtLevel=1");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Djdk.reflect.useDirectMethodHandle=false",
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-Dspark.hadoop.fs.faulty.impl=" + FaultyFileSystem.class.getName(),
            "-D" + FaultyFileSystem.HALT + "=" + moment,
            "-cp",
            System.getProperty("java.class.path"),
            Ser.class.getName()));
    command.addAll(arguments);
    File file = log.toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(file).start();
    if (!process.waitFor(300, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The run did not end: " + Files.readString(log));
    }
    return process.exitValue();
  }

  /**
   * Takes away the lock that a killed run must have left: the next one would watch it for 12 s. How
   * that goes is what {@link KilledRunIT} waits for.
   */
  static void unlock(Path output) throws IOException {
    Files.delete(output.resolve("runs/_lock"));
  }
}
