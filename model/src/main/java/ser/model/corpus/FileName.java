package ser.model.corpus;

/** The part of a path that corpora put their codes in. */
final class FileName {
  private FileName() {}

  /** What follows the last slash, up to the last dot. */
  static String stemOf(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
