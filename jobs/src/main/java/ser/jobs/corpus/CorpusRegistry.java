package ser.jobs.corpus;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.io.File;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import ser.jobs.error.UserError;

/** The corpora that {@code corpora.conf} knows, and those of a file of one's own. */
final class CorpusRegistry {
  private static final String NO_CHECKSUM = "none";

  private final Config corpora;

  private CorpusRegistry(Config corpora) {
    this.corpora = corpora;
  }

  /**
   * @param own a file in the form of {@code corpora.conf}, whose values win
   * @throws UserError if there is no such file, or it is no HOCON
   */
  static CorpusRegistry of(Optional<String> own) {
    Config known = ConfigFactory.parseResources(CorpusRegistry.class, "/corpora.conf");
    try {
      return new CorpusRegistry(own.map(CorpusRegistry::parse).orElse(known).withFallback(known));
    } catch (ConfigException e) {
      throw malformed(e);
    }
  }

  /**
   * @throws UserError if there is no corpus of that name, or what is said of it is not enough
   */
  CorpusEntry named(String name) {
    TreeSet<String> names = new TreeSet<>(corpora.root().keySet());
    if (!names.contains(name)) {
      throw new UserError(
          "Cannot download '%s': the corpora are %s. More can be described in a file for --registry."
              .formatted(name, String.join(", ", names)));
    }
    try {
      return entry(name, corpora.getConfig(ConfigUtil.joinPath(name)));
    } catch (ConfigException | IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  private static CorpusEntry entry(String name, Config entry) {
    CorpusEntry.About about =
        new CorpusEntry.About(
            entry.getString("title"),
            entry.getString("licence"),
            entry.getString("terms"),
            entry.getString("page"));
    return entry.hasPath("unavailable")
        ? new CorpusEntry(name, about, Optional.empty(), entry.getString("unavailable"))
        : new CorpusEntry(name, about, Optional.of(source(entry)), "");
  }

  private static CorpusEntry.Source source(Config entry) {
    Map<String, Checksum> checksums = new TreeMap<>();
    entry
        .getObject("checksums")
        .forEach(
            (file, checksum) -> {
              String text = String.valueOf(checksum.unwrapped());
              if (!text.equals(NO_CHECKSUM)) {
                checksums.put(file, Checksum.parse(text));
              }
            });
    return new CorpusEntry.Source(
        entry.getString("source"),
        entry.getString("address"),
        entry.hasPath("media") ? entry.getString("media") : "",
        pattern(entry.getString("files")),
        checksums,
        pattern(entry.getString("recordings")));
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is no regular expression: %s".formatted(text, e.getDescription()), e);
    }
  }

  private static Config parse(String path) {
    File file = new File(path);
    if (!file.isFile()) {
      throw new UserError(
          "Cannot read the registry %s: there is no such file. Check --registry.".formatted(path));
    }
    return ConfigFactory.parseFile(file).resolve();
  }

  private static UserError malformed(RuntimeException e) {
    return new UserError(
        "Cannot read the registry of corpora: %s. corpora.conf in the jar shows its form."
            .formatted(e.getMessage()),
        e);
  }
}
