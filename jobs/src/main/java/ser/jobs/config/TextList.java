package ser.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A list that stands in one text: {@code a, b}, {@code [a, b]} or {@code ["a,b", c]}. */
final class TextList {
  private static final Pattern IN_BRACKETS = Pattern.compile("\\s*\\[(.*)]\\s*", Pattern.DOTALL);

  private TextList() {}

  static List<String> of(String text) {
    Matcher brackets = IN_BRACKETS.matcher(text);
    if (!brackets.matches()) {
      return divided(text);
    }
    try {
      Config parsed = ConfigFactory.parseString("value = " + text);
      if (parsed.root().size() == 1) {
        return List.copyOf(parsed.getStringList("value"));
      }
    } catch (ConfigException e) {
      // Not HOCON: an address with colons and slashes, for example.
      return divided(brackets.group(1));
    }
    return divided(brackets.group(1));
  }

  private static List<String> divided(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
  }
}
