package ser.serve;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of {@code ser} that need no Spark. */
@Command(
    name = "ser",
    description = "Speech emotion recognition, one recording at a time.",
    mixinStandardHelpOptions = true,
    version = "ser 0.1.0")
public final class SerServe implements Callable<Integer> {
  static final int DONE = 0;
  static final int FAULT = 1;
  static final int USER_ERROR = 2;
  static final int SOME_FAILED = 3;

  private final PrintStream err;

  private SerServe(PrintStream err) {
    this.err = err;
  }

  public static void main(String[] arguments) {
    System.exit(run(System.in, System.out, System.err, arguments));
  }

  /**
   * @param in the recording {@code -}
   * @return the exit code
   */
  public static int run(InputStream in, PrintStream out, PrintStream err, String... arguments) {
    return new CommandLine(new SerServe(err))
        .addSubcommand(new PredictCommand(in, out, err))
        .addSubcommand(new ServeCommand(err))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(
            (exception, args) -> {
              err.println(
                  "ser: %s. '%s --help' lists the options."
                      .formatted(
                          exception.getMessage().replaceAll("\\s*\\R\\s*", " "),
                          exception.getCommandLine().getCommandSpec().qualifiedName()));
              return USER_ERROR;
            })
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              if (exception instanceof UserError) {
                err.println("ser: " + OneLine.of(exception.getMessage()));
                return USER_ERROR;
              }
              exception.printStackTrace(err);
              return FAULT;
            })
        .execute(arguments);
  }

  @Override
  public Integer call() {
    err.println("ser: No command was given. 'ser --help' lists them.");
    return USER_ERROR;
  }
}
