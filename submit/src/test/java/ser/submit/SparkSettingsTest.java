package ser.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of conf/spark: Spark's format knows no inclusion, so they repeat what they share. */
class SparkSettingsTest {
  private static final Path FOLDER = Home.HOME.resolve("conf/spark");
  private static final String BEGIN = "# ---- the same in every file of this folder";
  private static final String END = "# ---- end of the common part ----";

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all
          .filter(f -> f.toString().endsWith(".properties") && !f.endsWith("log4j2.properties"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void givenAnyFile_whenRead_thenTheCommonPartIsThatOfLocal(Path file) throws IOException {
    assertThat(commonPart(file)).isEqualTo(commonPart(FOLDER.resolve("local.properties")));
  }

  @ParameterizedTest
  @MethodSource("files")
  void givenAnyFile_whenRead_thenItHoldsNoCredentials(Path file) throws IOException {
    assertThat(settings(file).stringPropertyNames())
        .noneMatch(name -> name.contains("access.key") || name.contains("secret.key"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.session.token",
        "spark.hadoop.fs.s3a.server-side-encryption.key",
        "spark.executorEnv.AWS_SECRET_ACCESS_KEY",
        "spark.executorEnv.AWS_ACCESS_KEY_ID",
        "spark.ssl.keyPassword"
      })
  void givenANameThatHoldsASecret_whenRedacted_thenItIsHidden(String name) throws IOException {
    String regex =
        settings(FOLDER.resolve("local.properties")).getProperty("spark.redaction.regex");

    assertThat(Pattern.compile(regex).matcher(name).find()).isTrue();
  }

  private static String commonPart(Path file) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(BEGIN, END);
    return text.substring(text.indexOf(BEGIN), text.indexOf(END));
  }

  private static Properties settings(Path file) throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      settings.load(reader);
    }
    return settings;
  }
}
