package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import ser.jobs.UserError;

/** Each key of reference.conf reaches the record of its job, or is refused by its name. */
class ConfigKeysTest {
  /** For each key a value that is neither the default nor what this test gives to those without. */
  private static final Map<String, String> OTHER_VALUES = otherValues();

  /** Keys that have one value yet: the record need not say it, but another one is refused. */
  private static final Map<String, String> REFUSED_VALUES =
      Map.of(
          "ser.train.split", "random",
          "ser.train.normalise", "speaker",
          "ser.train.architecture", "other");

  @TempDir private static Path folder;

  @BeforeAll
  static void recipes() throws IOException {
    Files.writeString(folder.resolve("mel-cnn4-gap.conf"), "");
    Files.writeString(folder.resolve("other.conf"), "");
  }

  private static Map<String, String> otherValues() {
    Map<String, String> values = new TreeMap<>();
    values.put("ser.features.preset", "telephone");
    values.put("ser.features.sample-rate-hz", "native");
    values.put("ser.features.n-fft", "4096");
    values.put("ser.features.window-length-samples", "1024");
    values.put("ser.features.hop-length-samples", "256");
    values.put("ser.features.mel-bands", "64");
    values.put("ser.features.f-min-hz", "20.5");
    values.put("ser.features.f-max-hz", "8000");
    values.put("ser.features.top-db", "60");
    values.put("ser.features.mfcc-coefficients", "13");
    values.put("ser.features.columns", "log_mel,mfcc");
    values.put("ser.extract.input", "/other,/more");
    values.put("ser.extract.output", "/other");
    values.put("ser.extract.corpus", "ravdess");
    values.put("ser.extract.min-duration-s", "1");
    values.put("ser.extract.max-duration-s", "30");
    values.put("ser.extract.silent-below", "0.01");
    values.put("ser.extract.max-failed-share", "0.5");
    values.put("ser.extract.partitions", "7");
    values.put("ser.train.features", "/other");
    values.put("ser.train.output", "/other");
    values.put("ser.train.recipe", "other");
    values.put("ser.train.input-frames", "64");
    values.put("ser.train.seed", "9000000000");
    values.put("ser.train.epochs", "3");
    values.put("ser.train.patience", "2");
    values.put("ser.train.learning-rate", "0.01");
    values.put("ser.train.class-weights", "none");
    values.put("ser.train.batch-size-per-worker", "4");
    values.put("ser.train.averaging-frequency", "1");
    values.put("ser.train.workers", "2");
    values.put("ser.train.batch-norm-rows", "100");
    values.put("ser.score.model", "/other");
    values.put("ser.score.input", "/other");
    values.put("ser.score.output", "/other");
    values.put("ser.score.window-s", "1.5");
    values.put("ser.score.hop-s", "0.5");
    values.put("ser.score.customer-channel", "0");
    values.put("ser.score.speech-above-dbfs", "-40");
    values.put("ser.score.max-failed-share", "1");
    values.put("ser.score.partitions", "7");
    return values;
  }

  static Stream<String> keys() {
    Config reference = ConfigFactory.parseResources(ConfigSources.class, "/reference.conf");
    return reference.entrySet().stream().map(Map.Entry::getKey).sorted();
  }

  @Test
  void givenTheTablesOfThisTest_whenCompared_thenTheyHaveTheKeysOfTheReference() {
    TreeSet<String> known = new TreeSet<>(OTHER_VALUES.keySet());
    known.addAll(REFUSED_VALUES.keySet());

    assertThat(known)
        .as("keys with a value in this test")
        .containsExactlyElementsOf(keys().toList());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenAKey_whenChanged_thenTheRecordOfItsJobChanges(String key) throws IOException {
    String other = OTHER_VALUES.get(key);
    if (other == null) {
      assertThat(REFUSED_VALUES)
          .as("values of '%s', which this test does not know", key)
          .containsKey(key);
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> records(key, load(Map.of(key, REFUSED_VALUES.get(key)))))
          .withMessageContaining(key);
      return;
    }

    assertThat(records(key, load(Map.of(key, other))))
        .as("what is read with %s = %s", key, other)
        .isNotEqualTo(records(key, load(Map.of())))
        .isEqualTo(records(key, load(Map.of(key, other))));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenAKey_whenItIsNull_thenTheErrorNamesIt(String key) throws IOException {
    Path file = folder.resolve("null.conf");
    Files.writeString(file, key + " = null");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> records(key, load(file.toString())))
        .withMessageContaining(key);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenAKey_whenItIsAGroup_thenTheErrorNamesIt(String key) throws IOException {
    Path file = folder.resolve("group.conf");
    Files.writeString(file, "\n" + key + " { a = 1 }");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> records(key, load(file.toString())))
        .withMessageContaining(key);
  }

  @ParameterizedTest
  @CsvSource({
    "ser.features.preset, studio",
    "ser.features.sample-rate-hz, fast",
    "ser.features.sample-rate-hz, 999",
    "ser.features.sample-rate-hz, 22050.5",
    "ser.features.n-fft, 1000",
    "ser.features.n-fft, 1e99",
    "ser.features.window-length-samples, 0",
    "ser.features.window-length-samples, 2049",
    "ser.features.hop-length-samples, -1",
    "ser.features.hop-length-samples, 10ms",
    "ser.features.mel-bands, 0",
    "ser.features.f-min-hz, -1",
    "ser.features.f-min-hz, NaN",
    "ser.features.f-max-hz, 12000",
    "ser.features.f-max-hz, NaN",
    "ser.features.top-db, 0",
    "ser.features.mfcc-coefficients, 129",
    "ser.features.columns, pitch",
    "ser.features.columns, ''",
    "ser.extract.input, ''",
    "ser.extract.input, ','",
    "ser.extract.output, ' '",
    "ser.extract.min-duration-s, -1",
    "ser.extract.min-duration-s, NaN",
    "ser.extract.max-duration-s, 0",
    "ser.extract.max-duration-s, long",
    "ser.extract.silent-below, 2",
    "ser.extract.max-failed-share, 1.01",
    "ser.extract.max-failed-share, 5%",
    "ser.extract.partitions, -1",
    "ser.extract.partitions, 2.7",
    "ser.extract.partitions, NaN",
    "ser.train.features, ''",
    "ser.train.output, ''",
    "ser.train.input-frames, 15",
    "ser.train.seed, x",
    "ser.train.seed, 1.5",
    "ser.train.epochs, 0",
    "ser.train.epochs, many",
    "ser.train.patience, 0",
    "ser.train.learning-rate, 0",
    "ser.train.learning-rate, NaN",
    "ser.train.class-weights, some",
    "ser.train.batch-size-per-worker, 1",
    "ser.train.averaging-frequency, 0",
    "ser.train.workers, -1",
    "ser.train.batch-norm-rows, 1",
    "ser.score.model, ''",
    "ser.score.input, ''",
    "ser.score.output, ''",
    "ser.score.window-s, 0",
    "ser.score.window-s, short",
    "ser.score.hop-s, -1",
    "ser.score.customer-channel, -1",
    "ser.score.customer-channel, left",
    "ser.score.customer-channel, 0.5",
    "ser.score.speech-above-dbfs, 1",
    "ser.score.speech-above-dbfs, NaN",
    "ser.score.max-failed-share, -0.1",
    "ser.score.partitions, -1"
  })
  void givenAKey_whenItsValueIsWrong_thenTheErrorNamesTheKey(String key, String wrong) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> records(key, load(Map.of(key, wrong))))
        .withMessageContaining(key)
        .withMessageNotContaining("\n");
  }

  @Test
  void givenAWrongTypeInAFile_whenRead_thenTheErrorNamesFileLineAndValue() throws IOException {
    Path file = folder.resolve("wrong.conf");
    Files.writeString(file, "ser.train {\n  epochs = many\n}");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> TrainConfig.from(load(file.toString())))
        .withMessageContaining("ser.train.epochs in %s: 2: 'many'", file);
  }

  /** The records that a key must reach: settings of features are read by two jobs. */
  private static List<Object> records(String key, Config config) {
    return switch (key.split("\\.")[1]) {
      case "extract" -> List.of(ExtractConfig.from(config));
      case "train" -> List.of(TrainConfig.from(config));
      case "score" -> List.of(ScoreConfig.from(config));
      default ->
          List.of(ExtractConfig.from(config).spec(), ScoreConfig.from(config).askedFeatures());
    };
  }

  private static Config load(Map<String, String> settings) {
    return load(Optional.empty(), settings);
  }

  private static Config load(String file) {
    Config own = ConfigFactory.parseFile(Path.of(file).toFile());
    Map<String, String> required = new LinkedHashMap<>(ConfigSourcesTest.REQUIRED);
    // The command line would win over the file.
    required.keySet().removeIf(own.root().isEmpty() ? key -> false : own::hasPathOrNull);
    return load(Optional.of(file), required);
  }

  private static Config load(Optional<String> file, Map<String, String> settings) {
    Map<String, String> all =
        new LinkedHashMap<>(file.isPresent() ? Map.of() : ConfigSourcesTest.REQUIRED);
    all.putAll(settings);
    return new ConfigSources(new RecipeFiles(Optional.of(folder.toFile()))).load(file, all);
  }
}
