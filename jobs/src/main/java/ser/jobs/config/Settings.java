package ser.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import java.util.function.Function;
import ser.jobs.UserError;

/**
 * Reads typed values of one group of keys; a wrong one is an error that names key, place and value.
 */
final class Settings {
  private final Config config;
  private final String group;

  Settings(Config config, String group) {
    this.config = config;
    this.group = group;
  }

  String text(String key) {
    return read(key, config::getString);
  }

  /** A text that must not be empty. */
  String required(String key, String flag) {
    String text = text(key);
    if (text.isBlank()) {
      throw missing(key, flag);
    }
    return text;
  }

  /** A list of texts that must not be empty; a text with commas counts as a list. */
  List<String> requiredList(String key, String flag) {
    List<String> values = list(key);
    if (values.isEmpty()) {
      throw missing(key, flag);
    }
    return values;
  }

  List<String> list(String key) {
    return read(
        key,
        path ->
            config.getValue(path).unwrapped() instanceof List
                ? List.copyOf(config.getStringList(path))
                : List.of(config.getString(path).split(",")).stream()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList());
  }

  int integer(String key) {
    return read(key, config::getInt);
  }

  long number(String key) {
    return read(key, config::getLong);
  }

  double decimal(String key) {
    return read(key, config::getDouble);
  }

  boolean says(String key, String word) {
    return text(key).equalsIgnoreCase(word);
  }

  /**
   * @throws UserError naming key, place and value if the record refuses it
   */
  <T> T checked(String key, java.util.function.Supplier<T> record) {
    try {
      return record.get();
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Wrong value in the configuration, %s: %s.".formatted(path(key), e.getMessage()), e);
    }
  }

  private <T> T read(String key, Function<String, T> reader) {
    try {
      return reader.apply(path(key));
    } catch (ConfigException.WrongType | ConfigException.BadValue e) {
      throw new UserError(
          "Wrong value for %s in %s: '%s'. reference.conf says what it may be."
              .formatted(
                  path(key),
                  config.getValue(path(key)).origin().description(),
                  config.getValue(path(key)).unwrapped()),
          e);
    }
  }

  private UserError missing(String key, String flag) {
    return new UserError(
        "Nothing is said for %s. Give %s on the command line, or the key in a file."
            .formatted(path(key), flag));
  }

  private String path(String key) {
    return group + "." + key;
  }
}
