package ser.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine;

/** What the programs of this module have in common as commands. */
final class BenchCommand {
  private BenchCommand() {}

  /** The program that runs this JVM. */
  static String java() {
    return ProcessHandle.current().info().command().orElse("java");
  }

  /**
   * A command line whose user's mistakes are one line and exit code 2, and measured programs that
   * fail one line and exit code 1.
   */
  static CommandLine of(String name, Callable<Integer> program) {
    CommandLine command = new CommandLine(program);
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          if (e instanceof IllegalArgumentException) {
            System.err.println(name + ": " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
          }
          if (e instanceof ProgramFailure) {
            System.err.println(name + ": " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
          }
          throw e;
        });
    return command;
  }
}
