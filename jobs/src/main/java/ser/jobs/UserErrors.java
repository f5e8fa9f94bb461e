package ser.jobs;

/** Finds the user's mistake behind an exception that Spark has wrapped. */
final class UserErrors {
  private UserErrors() {}

  /** The user's mistake among the causes, or null. */
  static UserError within(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError error) {
        return error;
      }
    }
    return null;
  }

  /** The innermost cause, in one line. */
  static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    return message.lines().findFirst().orElse(message);
  }
}
