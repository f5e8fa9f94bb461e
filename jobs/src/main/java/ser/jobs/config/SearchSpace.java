package ser.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import ser.jobs.error.UserError;

/**
 * What a search draws from: {@code ser.tune.space}.
 *
 * @param ranges by parameter: the name of a key of {@code ser.train}, or of a placeholder in {@code
 *     ser.tune.layers}
 */
public record SearchSpace(SortedMap<String, ValueRange> ranges) {
  static final String KEY = "ser.tune.space";

  private static final Set<String> FORM = Set.of("min", "max", "scale", "step");

  public SearchSpace {
    ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
  }

  /**
   * @throws UserError naming the place of what is neither a list nor a range
   */
  static SearchSpace from(Config config) {
    SortedMap<String, ValueRange> ranges = new TreeMap<>();
    try {
      collect(config.getObject(KEY), "", ranges);
    } catch (ConfigException.Missing | ConfigException.WrongType e) {
      throw new UserError(
          "Wrong value for %s: it must be a group of parameters. reference.conf has an example."
              .formatted(KEY),
          e);
    }
    return new SearchSpace(ranges);
  }

  /**
   * The parameters of one trial. Each follows from the seed, the trial's number and its own name
   * alone: another parameter, or more trials, change nothing.
   *
   * @param trial counted from 1
   */
  public SortedMap<String, Object> draw(long seed, int trial) {
    SortedMap<String, Object> drawn = new TreeMap<>();
    ranges.forEach(
        (name, range) -> {
          CRC32C hash = new CRC32C();
          hash.update(name.getBytes(StandardCharsets.UTF_8));
          long mixed = seed * 0x9E3779B97F4A7C15L + trial * 0xC2B2AE3D27D4EB4FL;
          drawn.put(name, range.draw(new SplittableRandom(mixed ^ hash.getValue())));
        });
    return drawn;
  }

  private static void collect(
      ConfigObject group, String prefix, SortedMap<String, ValueRange> ranges) {
    for (Map.Entry<String, ConfigValue> entry : group.entrySet()) {
      String name = prefix + entry.getKey();
      ConfigValue value = entry.getValue();
      if (value instanceof ConfigList list) {
        ranges.put(name, checked(name, list, () -> new ValueRange.OneOf(list.unwrapped())));
      } else if (value instanceof ConfigObject nested && isRange(nested)) {
        ranges.put(name, checked(name, nested, () -> between(nested.toConfig())));
      } else if (value instanceof ConfigObject nested) {
        collect(nested, name + ".", ranges);
      } else {
        throw wrong(name, value, "it is neither a list nor a range with min and max");
      }
    }
  }

  private static boolean isRange(ConfigObject object) {
    return object.keySet().stream().anyMatch(FORM::contains);
  }

  private static ValueRange between(Config range) {
    Set<String> others = new TreeSet<>(range.root().keySet());
    others.removeAll(FORM);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException("a range has no %s".formatted(others.iterator().next()));
    }
    return new ValueRange.Between(
        range.getDouble("min"),
        range.getDouble("max"),
        range.hasPath("scale") ? scale(range.getString("scale")) : ValueRange.Scale.LINEAR,
        range.hasPath("step") ? range.getDouble("step") : 0);
  }

  private static ValueRange.Scale scale(String text) {
    return switch (text) {
      case "linear" -> ValueRange.Scale.LINEAR;
      case "log" -> ValueRange.Scale.LOG;
      default ->
          throw new IllegalArgumentException("scale '%s' is none of linear, log".formatted(text));
    };
  }

  private static ValueRange checked(
      String name, ConfigValue value, java.util.function.Supplier<ValueRange> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException | ConfigException e) {
      throw wrong(name, value, e.getMessage());
    } catch (NullPointerException e) {
      throw wrong(name, value, "null is no value");
    }
  }

  private static UserError wrong(String name, ConfigValue value, String why) {
    ConfigOrigin origin = value.origin();
    return new UserError(
        "Wrong value for %s.%s in %s: %s. reference.conf has an example."
            .formatted(KEY, name, origin.description(), why));
  }
}
