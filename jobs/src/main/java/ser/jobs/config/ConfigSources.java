package ser.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ser.jobs.error.UserError;

/**
 * Puts the configuration together: reference.conf, the recipe, the user's file, the command line;
 * later ones win. A key that reference.conf does not have is an error.
 *
 * <p>A recipe that is named holds for every job: its feature settings and variants are those of
 * {@code ser extract} too. The default recipe, which nobody named, says nothing but how to train
 * and tune.
 */
public final class ConfigSources {
  private static final String TRAINING = "ser.train";
  private static final String TUNING = "ser.tune";
  private static final String RECIPE = TRAINING + ".recipe";

  private static final String ROOT = "ser";

  private final Config reference;
  private final RecipeFiles recipes;

  public ConfigSources(RecipeFiles recipes) {
    this.reference = ConfigFactory.parseResources(ConfigSources.class, "/reference.conf");
    this.recipes = recipes;
  }

  /**
   * @param file the user's file, if one is named
   * @param settings keys and values of the command line; a value stands for itself, whatever
   *     characters it has, but for a list in brackets where the key is a list
   * @throws UserError for a missing or malformed file, an unknown key or an unknown recipe
   */
  public Config load(Optional<String> file, Map<String, String> settings) {
    Config user = settings(settings).withFallback(file.map(this::parse).orElse(empty()));
    try {
      String recipe = user.withFallback(reference).resolve().getString(RECIPE);
      Config asked = check(recipes.parse(recipe));
      Config recipeSettings =
          names(user, RECIPE)
              ? asked
              : asked.withOnlyPath(TRAINING).withFallback(asked.withOnlyPath(TUNING));
      return user.withFallback(recipeSettings).withFallback(reference).resolve();
    } catch (ConfigException e) {
      throw malformed(e);
    }
  }

  private boolean names(Config user, String key) {
    return user.withFallback(reference.withoutPath(key)).resolve().hasPath(key);
  }

  /** The configuration as one line of JSON, for the log and the model's provenance. */
  public static String render(Config config) {
    return config.getConfig(ROOT).root().render(ConfigRenderOptions.concise());
  }

  private Config parse(String path) {
    File file = new File(path);
    if (!file.isFile()) {
      throw new UserError(
          "Cannot read the configuration %s: there is no such file. Check --config."
              .formatted(path));
    }
    try {
      return check(ConfigFactory.parseFile(file));
    } catch (ConfigException e) {
      throw malformed(e);
    }
  }

  private static UserError malformed(ConfigException e) {
    return new UserError("Cannot read the configuration: %s".formatted(e.getMessage()), e);
  }

  private Config settings(Map<String, String> settings) {
    Config config = empty();
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      if (setting.getKey().equals(SearchSpace.KEY)
          || setting.getKey().startsWith(SearchSpace.KEY + ".")) {
        throw new UserError(
            "Cannot set '%s' on the command line: what a search draws from stands in a file. Give it with --config FILE; reference.conf has an example of %s."
                .formatted(setting.getKey(), SearchSpace.KEY));
      }
      if (!known(setting.getKey())) {
        throw unknown(setting.getKey(), "the command line");
      }
      config = config.withValue(setting.getKey(), value(setting.getKey(), setting.getValue()));
    }
    return config;
  }

  /** Text is not HOCON: a '#' or "//" in a path begins no comment. */
  private ConfigValue value(String key, String text) {
    String origin = "--set " + key;
    try {
      Config parsed =
          ConfigFactory.parseString(
              "value = " + text, ConfigParseOptions.defaults().setOriginDescription(origin));
      if (isListOf(key, parsed) || saysExactly(text, parsed)) {
        return parsed.getValue("value");
      }
    } catch (ConfigException e) {
      // Not HOCON: a path with colons and slashes, for example.
      return ConfigValueFactory.fromAnyRef(text, origin);
    }
    return ConfigValueFactory.fromAnyRef(text, origin);
  }

  private boolean isListOf(String key, Config parsed) {
    return reference.getValue(key) instanceof ConfigList
        && parsed.root().size() == 1
        && parsed.getValue("value") instanceof ConfigList;
  }

  /** So that a number stays one in the provenance. */
  private static boolean saysExactly(String text, Config parsed) {
    return parsed.hasPath("value") && parsed.getString("value").equals(text);
  }

  private Config check(Config config) {
    check(config.root(), List.of());
    return config;
  }

  private void check(ConfigObject object, List<String> path) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      List<String> key = new java.util.ArrayList<>(path);
      key.add(entry.getKey());
      String joined = ConfigUtil.joinPath(key);
      if (joined.equals(SearchSpace.KEY)) {
        // Its names are those of other keys; TuneConfig knows them.
        continue;
      }
      if (entry.getValue() instanceof ConfigObject nested && isGroup(joined)) {
        check(nested, key);
      } else if (!known(joined)) {
        throw unknown(joined, describe(entry.getValue().origin()));
      }
    }
  }

  private boolean known(String key) {
    return has(key) && !isGroup(key);
  }

  private boolean isGroup(String key) {
    return has(key) && reference.getValue(key) instanceof ConfigObject;
  }

  private boolean has(String key) {
    try {
      return reference.hasPath(key);
    } catch (ConfigException e) {
      // Not even the form of a key.
      return false;
    }
  }

  private UserError unknown(String key, String where) {
    String group = key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : "";
    String siblings =
        !group.isEmpty() && isGroup(group)
            ? "Keys of '%s': %s."
                .formatted(
                    group,
                    new TreeSet<>(reference.getConfig(group).root().keySet())
                        .stream().collect(Collectors.joining(", ")))
            : "Keys begin with %s."
                .formatted(
                    new TreeSet<>(reference.getConfig(ROOT).root().keySet())
                        .stream().map(name -> ROOT + "." + name).collect(Collectors.joining(", ")));
    return new UserError(
        "Unknown key '%s' in %s. %s reference.conf explains every key."
            .formatted(key, where, siblings));
  }

  private static String describe(ConfigOrigin origin) {
    return origin.lineNumber() > 0
        ? "%s, line %d"
            .formatted(origin.description().replaceFirst(": \\d+$", ""), origin.lineNumber())
        : origin.description();
  }

  private static Config empty() {
    return ConfigFactory.empty();
  }
}
