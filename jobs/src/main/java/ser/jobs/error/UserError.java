package ser.jobs.error;

/**
 * The user's mistake: a path, a configuration, a file that does not fit. Shown as one line, without
 * a stack trace; exit code 2. The message says what failed, where, the value found and the remedy.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
