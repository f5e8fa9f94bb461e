package ser.bench;

/** A program that is measured failed, or printed no result: its own output says why. */
final class ProgramFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProgramFailure(String message) {
    super(message);
  }
}
