package ser.model.file;

/**
 * Bytes are not a model file that this version can use. Never thrown for a fault of the storage.
 *
 * <p>The message may quote the file: it is one line of at most {@value #MAX_LENGTH} characters,
 * whatever the file holds.
 */
public final class ModelFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int MAX_LENGTH = 1_000;

  /**
   * @param message what failed, where in the file, the value and the remedy
   */
  public ModelFileException(String message) {
    super(oneLine(message));
  }

  public ModelFileException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  private static String oneLine(String message) {
    String line = message.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
  }
}
