package ser.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ser.jobs.error.UserError;

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

  /**
   * A text with commas counts as a list, in brackets too: a key that may be a word or a list is
   * text on the command line.
   */
  List<String> list(String key) {
    return read(
        key,
        path ->
            config.getValue(path).unwrapped() instanceof List
                ? List.copyOf(config.getStringList(path))
                : TextList.of(config.getString(path)));
  }

  /** As {@link #list}, of numbers. */
  List<Double> decimals(String key) {
    List<String> texts = list(key);
    return read(
        key,
        path -> {
          try {
            return texts.stream().map(Double::valueOf).toList();
          } catch (NumberFormatException e) {
            throw new ArithmeticException("no number");
          }
        });
  }

  int integer(String key) {
    return read(key, path -> Math.toIntExact(whole(path)));
  }

  long number(String key) {
    return read(key, this::whole);
  }

  double decimal(String key) {
    return read(key, config::getDouble);
  }

  /** A whole number above a bound. */
  long above(String key, long bound) {
    long value = number(key);
    if (value <= bound) {
      throw new UserError(
          "Wrong value: %s %d must be above %d.".formatted(path(key), value, bound));
    }
    return value;
  }

  /** True or false. */
  boolean truth(String key) {
    return read(key, config::getBoolean);
  }

  boolean says(String key, String word) {
    return text(key).equalsIgnoreCase(word);
  }

  /**
   * For records whose messages begin with a key of this group.
   *
   * @throws UserError naming the key if the record refuses its value
   */
  <T> T checked(Supplier<T> record) {
    try {
      return record.get();
    } catch (IllegalArgumentException e) {
      throw new UserError("Wrong value: %s.".formatted(path(e.getMessage())), e);
    }
  }

  /**
   * For records that do not know keys.
   *
   * @param keys that the record is made of
   * @throws UserError naming the keys if the record refuses their values
   */
  <T> T checked(Supplier<T> record, String... keys) {
    try {
      return record.get();
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Wrong value for %s: %s."
              .formatted(
                  Stream.of(keys).map(this::path).collect(Collectors.joining(" or ")),
                  e.getMessage()),
          e);
    }
  }

  /** getInt and getLong would cut 2.7 down to 2. */
  private long whole(String path) {
    try {
      return new BigDecimal(config.getString(path).strip()).longValueExact();
    } catch (NumberFormatException e) {
      throw new ArithmeticException("no number");
    }
  }

  private <T> T read(String key, Function<String, T> reader) {
    try {
      return reader.apply(path(key));
    } catch (ConfigException.Missing e) {
      throw new UserError(
          "Wrong value for %s: null. reference.conf says what it may be.".formatted(path(key)), e);
    } catch (ConfigException.WrongType | ConfigException.BadValue | ArithmeticException e) {
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
