package ser.jobs.error;

import java.io.UncheckedIOException;

/** Finds the user's mistake behind an exception that Spark has wrapped. */
public final class UserErrors {
  private UserErrors() {}

  /** The user's mistake among the causes, or null. */
  public static UserError within(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError error) {
        return error;
      }
    }
    return null;
  }

  /** The innermost cause, in one line, behind the file that it befell if one is named. */
  public static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    String file = "";
    while (root.getCause() != null) {
      if (root instanceof UncheckedIOException) {
        file = root.getMessage() + ": ";
      }
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    return file + message.lines().findFirst().orElse(message);
  }
}
