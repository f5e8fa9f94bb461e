package ser.report.markup;

/** Makes any text harmless inside an element or a quoted attribute. */
final class Escape {
  private static final char REPLACEMENT = '\uFFFD';

  private Escape() {}

  /**
   * Escapes what has a meaning in HTML. Characters that HTML and XML forbid (control characters,
   * halves of surrogate pairs) become U+FFFD: a file name may hold any of them.
   */
  static void text(String text, StringBuilder html) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '&' -> html.append("&amp;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> {
          if (Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            html.append(c).append(text.charAt(++i));
          } else {
            html.append(allowed(c) ? c : REPLACEMENT);
          }
        }
      }
    }
  }

  private static boolean allowed(char c) {
    return c == '\n'
        || c == '\t'
        || (!Character.isISOControl(c) && !Character.isSurrogate(c) && c < 0xFFFE);
  }
}
