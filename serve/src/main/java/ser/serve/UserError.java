package ser.serve;

/**
 * The user's mistake, shown as one line, without a stack trace; exit code 2. The message says what
 * failed, where, the value found and the remedy.
 */
final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserError(String message) {
    super(message);
  }

  UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
