package ser.jobs.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the names of recordings say of them: a regular expression whose named groups are values,
 * looked for in the path. Unlike Java's own, names of groups may have underscores. Two
 * abbreviations: {@code …} stands for any characters but a slash, and {@code date=…} at the begin
 * of a folder's or file's name for {@code date=(?<date>…)}.
 */
public final class PathPattern implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String ANY = "…";
  private static final String ANY_IN_NAME = "[^/]+";
  private static final Pattern KEY_AND_ANY = Pattern.compile("(^|/)([A-Za-z_][A-Za-z0-9_]*)=…");

  /** What Java takes for a name of a group, with underscores; never a look-behind. */
  private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z_][A-Za-z0-9_]*)>");

  private static final String QUOTE_BEGIN = "\\Q";
  private static final String QUOTE_END = "\\E";

  private final String text;
  private final Pattern pattern;
  private final List<String> names;

  private PathPattern(String text, Pattern pattern, List<String> names) {
    this.text = text;
    this.pattern = pattern;
    this.names = names;
  }

  /**
   * @throws IllegalArgumentException if it is no regular expression, or has no named group, or two
   *     of one name
   */
  public static PathPattern parse(String text) {
    String full = KEY_AND_ANY.matcher(text).replaceAll("$1$2=(?<$2>…)").replace(ANY, ANY_IN_NAME);
    List<String> names = new ArrayList<>();
    String numbered = numbered(full, names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("'%s' has no named group (?<name>...)".formatted(text));
    }
    Set<String> once = new LinkedHashSet<>();
    for (String name : names) {
      if (!once.add(name)) {
        throw new IllegalArgumentException("'%s' has the group '%s' twice".formatted(text, name));
      }
    }
    try {
      return new PathPattern(text, Pattern.compile(numbered), names);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is no regular expression: %s".formatted(text, e.getDescription()), e);
    }
  }

  /** Names of the groups, in their order. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /**
   * What a path says.
   *
   * @param recording path under the input
   * @return values by name of the group; nothing if the pattern does not occur, and no value of a
   *     group that does not, or that is empty
   */
  public Map<String, String> valuesOf(String recording) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher found = pattern.matcher(recording);
    if (found.find()) {
      for (int i = 0; i < names.size(); i++) {
        String value = found.group(javaName(i));
        if (value != null && !value.isEmpty()) {
          values.put(names.get(i), value);
        }
      }
    }
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern same && same.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }

  /** With names that Java takes, outside of quotes, classes and escapes. */
  private static String numbered(String full, List<String> names) {
    StringBuilder java = new StringBuilder();
    int classes = 0;
    int at = 0;
    while (at < full.length()) {
      Matcher group = GROUP.matcher(full).region(at, full.length());
      int next = at + 1;
      String part = full.substring(at, next);
      if (full.startsWith(QUOTE_BEGIN, at)) {
        int end = full.indexOf(QUOTE_END, at);
        next = end < 0 ? full.length() : end + QUOTE_END.length();
        part = full.substring(at, next);
      } else if (part.equals("\\")) {
        next = Math.min(full.length(), at + 2);
        part = full.substring(at, next);
      } else if (part.equals("[")) {
        classes++;
      } else if (part.equals("]")) {
        classes = Math.max(0, classes - 1);
      } else if (classes == 0 && group.lookingAt()) {
        part = "(?<" + javaName(names.size()) + ">";
        names.add(group.group(1));
        next = group.end();
      }
      java.append(part);
      at = next;
    }
    return java.toString();
  }

  private static String javaName(int index) {
    return "g" + index;
  }
}
