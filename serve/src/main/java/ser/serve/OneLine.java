package ser.serve;

/** Names and messages as a terminal may show them: file names can hold line breaks and escapes. */
final class OneLine {
  private OneLine() {}

  static String of(String text) {
    return text.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
  }
}
