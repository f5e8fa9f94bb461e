package ser.jobs.maintain;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of recordings: {@code *} stands for any characters but a slash, {@code ?} for one of them,
 * {@code **} for any characters, {@code **}{@code /} for any folders or none; all else for itself.
 */
final class RecordingPattern implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern WILDCARD = Pattern.compile("\\*\\*/|\\*\\*|\\*|\\?");

  private final String text;
  private final Pattern names;

  private RecordingPattern(String text, Pattern names) {
    this.text = text;
    this.names = names;
  }

  static RecordingPattern glob(String text) {
    StringBuilder regex = new StringBuilder();
    Matcher wildcards = WILDCARD.matcher(text);
    int end = 0;
    while (wildcards.find()) {
      regex.append(Pattern.quote(text.substring(end, wildcards.start())));
      regex.append(
          switch (wildcards.group()) {
            case "**/" -> "(?:.*/)?";
            case "**" -> ".*";
            case "*" -> "[^/]*";
            default -> "[^/]";
          });
      end = wildcards.end();
    }
    regex.append(Pattern.quote(text.substring(end)));
    return new RecordingPattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** One name, whatever characters it has. */
  static RecordingPattern name(String text) {
    return new RecordingPattern(text, Pattern.compile(Pattern.quote(text)));
  }

  boolean matches(String recording) {
    return names.matcher(recording).matches();
  }

  /** As it was given. */
  @Override
  public String toString() {
    return text;
  }
}
