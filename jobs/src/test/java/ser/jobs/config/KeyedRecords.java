package ser.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the configuration makes of single keys.
 *
 * @param recipes where recipes stand
 */
record KeyedRecords(Path recipes) {

  /** With an empty recipe in a folder. */
  static KeyedRecords in(Path folder) throws IOException {
    Files.writeString(folder.resolve("mel-cnn4-gap.conf"), "");
    return new KeyedRecords(folder);
  }

  /** The records that a key must reach: settings of features are read by two jobs. */
  static List<Object> of(String key, Config config) {
    return switch (key.split("\\.")[1]) {
      case "audio" ->
          List.of(ExtractConfig.from(config).recordings(), ScoreConfig.from(config).recordings());
      case "extract" -> List.of(ExtractConfig.from(config));
      case "train", "mlflow" -> List.of(TrainConfig.from(config));
      case "evaluate" -> List.of(EvaluateConfig.from(config));
      case "tune" -> List.of(TuneConfig.from(config));
      case "export" -> List.of(ExportConfig.from(config));
      case "score" -> List.of(ScoreConfig.from(config));
      case "forget" -> List.of(ForgetConfig.from(config));
      case "compact" -> List.of(CompactConfig.from(config));
      default ->
          List.of(ExtractConfig.from(config).spec(), ScoreConfig.from(config).askedFeatures());
    };
  }

  /** What must be given, and what other keys need to have a meaning. */
  private static Map<String, String> always() {
    Map<String, String> settings = new LinkedHashMap<>(ConfigSourcesTest.REQUIRED);
    settings.put("ser.train.schedule", "plateau");
    settings.put("ser.train.input.trim-db", "30");
    return settings;
  }

  Config load(Map<String, String> settings) {
    return load(Optional.empty(), settings);
  }

  Config load(String file) {
    Config own = ConfigFactory.parseFile(Path.of(file).toFile());
    Map<String, String> required = new LinkedHashMap<>(always());
    // The command line would win over the file.
    required.keySet().removeIf(own.root().isEmpty() ? key -> false : own::hasPathOrNull);
    return load(Optional.of(file), required);
  }

  private Config load(Optional<String> file, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(file.isPresent() ? Map.of() : always());
    all.putAll(settings);
    return new ConfigSources(new RecipeFiles(Optional.of(recipes.toFile()))).load(file, all);
  }

  /** Some settings count only where another one asks for what they are about. */
  static Map<String, String> withItsColumn(String key, String value) {
    Map<String, String> values = new TreeMap<>(Map.of(key, value));
    if (key.matches("ser\\.features\\.(contrast|chroma|pitch)-.*")) {
      values.put("ser.features.columns", "spectral_contrast,chroma,pitch");
    }
    if (key.equals("ser.train.fold")) {
      values.put("ser.train.folds", "5");
    }
    if (key.startsWith("ser.train.least-")) {
      values.put("ser.train.epochs", "auto");
    }
    if (key.startsWith("ser.train.speaker-")) {
      values.put("ser.train.normalise", "speaker");
    }
    if (key.equals("ser.score.partition-by")) {
      values.put("ser.score.path-pattern", "date=…/(?<id>…).wav");
    }
    if (key.startsWith("ser.audio.ffmpeg-")) {
      values.put("ser.audio.ffmpeg", "ffmpeg");
    }
    return values;
  }
}
