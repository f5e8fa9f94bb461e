package ser.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ser.features.augment.AugmentationPlan.Copies;
import ser.features.augment.GaussianNoise;
import ser.features.augment.PitchShift;
import ser.features.augment.Range;
import ser.features.augment.TimeStretch;
import ser.jobs.error.UserError;

class ConfigSourcesTest {
  private static final Path SHIPPED = Path.of("../conf");

  /** What has no default. */
  static final Map<String, String> REQUIRED =
      Map.ofEntries(
          Map.entry("ser.extract.input", "/in"),
          Map.entry("ser.extract.output", "/out"),
          Map.entry("ser.train.features", "/features"),
          Map.entry("ser.train.output", "/out"),
          Map.entry("ser.evaluate.model", "/model"),
          Map.entry("ser.evaluate.features", "/features"),
          Map.entry("ser.evaluate.output", "/out"),
          Map.entry("ser.tune.output", "/out"),
          Map.entry("ser.export.model", "/model"),
          Map.entry("ser.export.output", "/out"),
          Map.entry("ser.score.model", "/model"),
          Map.entry("ser.score.input", "/in"),
          Map.entry("ser.score.output", "/out"),
          Map.entry("ser.forget.output", "/out"),
          Map.entry("ser.forget.recordings", "a.wav"),
          Map.entry("ser.compact.output", "/out"));

  @TempDir private Path folder;
  private Path recipes;
  private ConfigSources sources;

  @BeforeEach
  void recipes() throws IOException {
    recipes = Files.createDirectory(folder.resolve("recipes"));
    Files.writeString(recipes.resolve("mel-cnn4-gap.conf"), "");
    sources = new ConfigSources(new RecipeFiles(Optional.of(recipes.toFile())));
  }

  @Test
  void givenNothing_whenLoaded_thenTheReferenceHolds() {
    Config config = sources.load(Optional.empty(), Map.of());

    assertThat(config.getInt("ser.train.epochs")).isEqualTo(60);
  }

  @Test
  void givenAllSources_whenLoaded_thenLaterOnesWin() throws IOException {
    Files.writeString(
        recipes.resolve("small.conf"), "ser.train { epochs = 1, patience = 2, workers = 3 }");
    String file = file("ser.train { recipe = small, patience = 20, workers = 30 }");

    Config config = sources.load(Optional.of(file), Map.of("ser.train.workers", "300"));

    Config train = config.getConfig("ser.train");
    assertThat(train.getInt("seed")).as("of the reference").isEqualTo(20);
    assertThat(train.getInt("epochs")).as("of the recipe").isEqualTo(1);
    assertThat(train.getInt("patience")).as("of the file").isEqualTo(20);
    assertThat(train.getInt("workers")).as("of the command line").isEqualTo(300);
  }

  @Test
  void givenTwoRecipes_whenLoaded_thenTheCommandLineChoosesBeforeTheFile() throws IOException {
    Files.writeString(recipes.resolve("one.conf"), "ser.train.epochs = 1");
    Files.writeString(recipes.resolve("two.conf"), "ser.train.epochs = 2");
    String file = file("ser.train.recipe = one");

    Config config = sources.load(Optional.of(file), Map.of("ser.train.recipe", "two"));

    assertThat(config.getInt("ser.train.epochs")).isEqualTo(2);
    assertThat(config.getString("ser.train.recipe")).isEqualTo("two");
  }

  @Test
  void givenARecipeWithFeatureSettings_whenNobodyNamesIt_thenOnlyItsTrainingHolds()
      throws IOException {
    Files.writeString(
        recipes.resolve("mel-cnn4-gap.conf"),
        "ser { features.mel-bands = 64, extract.augment.noise.copies = 2, train.epochs = 9 }");

    Config unnamed = sources.load(Optional.empty(), Map.of());
    Config named = sources.load(Optional.empty(), Map.of("ser.train.recipe", "mel-cnn4-gap"));
    Config namedInFile =
        sources.load(Optional.of(file("ser.train.recipe = mel-cnn4-gap")), Map.of());

    assertThat(unnamed.getString("ser.features.mel-bands")).isEqualTo("preset");
    assertThat(unnamed.getInt("ser.extract.augment.noise.copies")).isZero();
    assertThat(unnamed.getInt("ser.train.epochs")).isEqualTo(9);
    assertThat(named.getInt("ser.features.mel-bands")).isEqualTo(64);
    assertThat(named.getInt("ser.extract.augment.noise.copies")).isEqualTo(2);
    assertThat(namedInFile).isEqualTo(named);
  }

  @Test
  void givenTheShippedMelRecipe_whenNamed_thenExtractMakes3Point1TimesTheData() {
    Map<String, String> settings = new LinkedHashMap<>(REQUIRED);
    settings.put("ser.train.recipe", "mel-cnn4-gap");
    ConfigSources shipped =
        new ConfigSources(new RecipeFiles(Optional.of(SHIPPED.resolve("recipes").toFile())));

    ExtractConfig named = ExtractConfig.from(shipped.load(Optional.empty(), settings));
    ExtractConfig unnamed = ExtractConfig.from(shipped.load(Optional.empty(), REQUIRED));

    assertThat(1 + named.augmentation().copiesPerRecording()).isCloseTo(3.1, within(1e-9));
    assertThat(named.augmentation().copies())
        .filteredOn(kind -> kind.perRecording() > 0)
        .extracting(Copies::augmentation)
        .containsExactly(
            new GaussianNoise(new Range(10, 30)),
            new PitchShift(new Range(-4, 4)),
            new TimeStretch(new Range(0.8, 1.25)));
    assertThat(unnamed.augmentation().copiesPerRecording()).isZero();
    assertThat(named.spec()).isEqualTo(unnamed.spec());
  }

  @Test
  void givenARecipeOfTheJar_whenTheFolderHasNone_thenItIsFound() {
    Config config =
        new ConfigSources(new RecipeFiles(Optional.empty())).load(Optional.empty(), Map.of());

    assertThat(config.getInt("ser.train.input.frames")).isEqualTo(130);
  }

  @Test
  void givenAnUnknownKeyInAFile_whenLoaded_thenTheErrorNamesKeyFileLineAndItsSiblings()
      throws IOException {
    String file = file("ser.train {\n  seed = 1\n  epoch = 5\n}\n");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.load(Optional.of(file), Map.of()))
        .withMessageContaining("'ser.train.epoch'")
        .withMessageContaining(file + ", line 3")
        .withMessageContaining("epochs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.master = x", "sre.train.epochs = 5", "ser.traim { epochs = 5 }"})
  void givenAnUnknownGroupInAFile_whenLoaded_thenTheErrorNamesIt(String text) throws IOException {
    String file = file(text);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.load(Optional.of(file), Map.of()))
        .withMessageContaining("Unknown key '")
        .withMessageContaining(file + ", line 1");
  }

  @Test
  void givenAnUnknownKeyInARecipe_whenLoaded_thenTheErrorNamesTheRecipesFile() throws IOException {
    Path recipe = recipes.resolve("wrong.conf");
    Files.writeString(recipe, "ser.train.dropout = 0.5");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.load(Optional.empty(), Map.of("ser.train.recipe", "wrong")))
        .withMessageContaining("'ser.train.dropout'")
        .withMessageContaining(recipe + ", line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ser.train.epoch", "ser.train", "ser", "epochs", "", "a..b", "\"", "x y"})
  void givenAnUnknownKeyOnTheCommandLine_whenLoaded_thenTheErrorNamesIt(String key) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.load(Optional.empty(), Map.of(key, "5")))
        .withMessageContaining("Unknown key '%s' in the command line", key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ser.tune.space.learning-rate", "ser.tune.space"})
  void givenARangeOnTheCommandLine_whenLoaded_thenTheErrorSaysWhereItBelongs(String key) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.load(Optional.empty(), Map.of(key, "[0.1, 0.2]")))
        .withMessageContaining("'%s' on the command line", key)
        .withMessageContaining("--config FILE");
  }

  @Test
  void givenAMalformedFile_whenLoaded_thenTheErrorNamesFileAndLine() throws IOException {
    String file = file("ser.train {\n  epochs = = 5\n}\n");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.load(Optional.of(file), Map.of()))
        .withMessageContaining(file + ": 2");
  }

  @Test
  void givenAMalformedRecipe_whenLoaded_thenTheErrorNamesIt() throws IOException {
    Files.writeString(recipes.resolve("wrong.conf"), "ser.train {");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.load(Optional.empty(), Map.of("ser.train.recipe", "wrong")))
        .withMessageContaining("'wrong'");
  }

  @Test
  void givenNoSuchFile_whenLoaded_thenTheErrorNamesItAndTheFlag() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.load(Optional.of("/no/such.conf"), Map.of()))
        .withMessageContaining("/no/such.conf")
        .withMessageContaining("--config");
  }

  @Test
  void givenAFolderInsteadOfAFile_whenLoaded_thenTheErrorNamesIt() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.load(Optional.of(folder.toString()), Map.of()))
        .withMessageContaining(folder.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "../mel-cnn4-gap", "", "a b", "/etc/passwd", "[a]"})
  void givenAnUnknownRecipe_whenLoaded_thenTheErrorNamesIt(String name) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.load(Optional.empty(), Map.of("ser.train.recipe", name)))
        .withMessageContaining("recipe '%s'", name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://bucket/a/b",
        "s3a://bucket//a",
        "/data//calls",
        "/data/a,b",
        "/data/with space/x",
        "two  spaces",
        "/data/50%/%20",
        "/data/#1",
        "a # b",
        "/data/Gespräche/日本",
        "/data/a=b",
        "/data/[x]",
        "[x]",
        "{x}",
        "\"quoted\"",
        "/data/\"quoted\"",
        "/data/$x/${HOME}",
        "C:\\calls",
        "a?b*c",
        "a+b&c@d!",
        "null",
        "true",
        "007",
        "1e3",
        "5#6",
        "a, value = b",
        "a\nb"
      })
  void givenAnyTextOnTheCommandLine_whenLoaded_thenItArrivesLiterally(String text) {
    Config config = sources.load(Optional.empty(), Map.of("ser.extract.output", text));

    assertThat(config.getString("ser.extract.output")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a#1,s3a://b//c", "/a#1, s3a://b//c", "[\"/a#1\", \"s3a://b//c\"]"})
  void givenAListOnTheCommandLine_whenRead_thenCommasDivideIt(String text) {
    Config config =
        sources.load(
            Optional.empty(), Map.of("ser.extract.input", text, "ser.extract.output", "out"));

    assertThat(ExtractConfig.from(config).recordings().inputs())
        .containsExactly("/a#1", "s3a://b//c");
  }

  @Test
  void givenANameWithACommaInBrackets_whenRead_thenItIsOneName() {
    Config config =
        sources.load(
            Optional.empty(),
            Map.of("ser.extract.input", "[\"/a,b\"]", "ser.extract.output", "out"));

    assertThat(ExtractConfig.from(config).recordings().inputs()).containsExactly("/a,b");
  }

  @Test
  void givenANumberOnTheCommandLine_whenRendered_thenItIsANumberInTheProvenance() {
    Config config = sources.load(Optional.empty(), Map.of("ser.train.epochs", "7"));

    assertThat(ConfigSources.render(config)).contains("\"epochs\":7").doesNotContain("\n");
  }

  @Test
  void givenASubstitution_whenLoaded_thenItIsResolved() throws IOException {
    Files.writeString(recipes.resolve("out.conf"), "ser.train.epochs = 3");
    String file =
        file("ser.train { output = out, recipe = ${ser.train.output}, seed = ${?NO_SUCH_SEED} }");

    Config config = sources.load(Optional.of(file), Map.of());

    assertThat(config.getInt("ser.train.epochs")).isEqualTo(3);
    assertThat(config.getInt("ser.train.seed")).isEqualTo(20);
  }

  @Test
  void givenASubstitutionOfNothing_whenLoaded_thenTheErrorNamesItAndTheFile() throws IOException {
    String file = file("ser.train.output = ${NO_SUCH_VARIABLE_HERE}");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources.load(Optional.of(file), Map.of()))
        .withMessageContaining("NO_SUCH_VARIABLE_HERE")
        .withMessageContaining(file);
  }

  static Stream<Path> shippedFiles() throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList().stream();
    }
  }

  static Stream<String> shippedRecipes() {
    File[] files = SHIPPED.resolve("recipes").toFile().listFiles();
    return Stream.of(files).map(file -> file.getName().replaceFirst("\\.conf$", "")).sorted();
  }

  @ParameterizedTest
  @MethodSource("shippedFiles")
  void givenAShippedFile_whenLoaded_thenEveryJobCanReadIt(Path file) {
    requireEveryJobReads(Optional.of(file.toString()), Map.of());
  }

  @ParameterizedTest
  @MethodSource("shippedRecipes")
  void givenAShippedRecipe_whenLoaded_thenEveryJobCanReadIt(String name) {
    requireEveryJobReads(Optional.empty(), Map.of("ser.train.recipe", name));
  }

  @Test
  void givenTheReference_whenRead_thenEveryKeyHasAComment() {
    Config reference = ConfigFactory.parseResources(ConfigSources.class, "/reference.conf");
    List<String> bare = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : reference.entrySet()) {
      if (entry.getValue().origin().comments().isEmpty()) {
        bare.add(entry.getKey());
      }
    }

    assertThat(bare).as("keys of reference.conf without a comment of their own").isEmpty();
  }

  private static void requireEveryJobReads(Optional<String> file, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(REQUIRED);
    all.putAll(settings);
    Config config =
        new ConfigSources(new RecipeFiles(Optional.of(SHIPPED.resolve("recipes").toFile())))
            .load(file, all);

    assertThatNoException().isThrownBy(() -> ExtractConfig.from(config));
    assertThatNoException().isThrownBy(() -> TrainConfig.from(config));
    assertThatNoException().isThrownBy(() -> ScoreConfig.from(config));
  }

  private String file(String text) throws IOException {
    Path file = folder.resolve("my settings.conf");
    Files.writeString(file, text);
    return file.toString();
  }
}
