package ser.jobs.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.jobs.error.UserError;

/** Manifests that cannot be used are refused with file, row and value. */
class ManifestTableIT {
  private static final InputRoots ROOTS =
      new InputRoots(List.of(new InputRoots.Root("file://", "/in/")));

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path,emotion\\na.wav,sad\\n/in/a.wav,happy | rows 2 and 3 both name 'a.wav'",
        "path,emotion,speaker\\nb.wav,sad,x\\na.wav,sad,x\\nb.wav,sad,y | rows 2 and 4",
        "path,emotion\\na.wav,sad\\n,happy | row 3 () it has no path",
        "path,emotion,gender\\na.wav,sad,femal | row 2 (a.wav) the gender 'femal'",
        "path,emotion,corpus\\na.wav,sad,a-b | 'a-b'",
        "path,emotion,speaker,gender\\na.wav,sad,x,f\\nb.wav,sad,x,m | 'manifest-x'",
        "path,label\\na.wav,sad | nobody knows [label]",
        "path;emotion\\na.wav;sad | Separate the columns with commas",
        "path\\na.wav | without [emotion]",
        "path,path,emotion\\na.wav,a.wav,sad | its columns are",
        "path,emotion\\na.wav | a value for each column",
        "path,emotion\\na.wav,sad,f | a value for each column",
        "path,emotion\\n | no rows",
        "'' | without [emotion, path]"
      })
  void givenAWrongManifest_whenRead_thenTheErrorNamesFileAndPlace(String text, String named)
      throws IOException {
    assertRefused(csv(text.replace("\\n", "\n")), named);
  }

  @Test
  void givenAQuoteThatIsNeverClosed_whenRead_thenItIsRefused() throws IOException {
    assertRefused(csv("path,emotion\n\"a.wav,sad\n" + "b.wav,happy\n".repeat(20_000)), "quote");
  }

  @Test
  void givenAParquetFileThatIsCut_whenRead_thenItIsRefused() throws IOException {
    Path written = folder.resolve("written");
    spark.sql("SELECT 'a.wav' AS path, 'sad' AS emotion").coalesce(1).write().parquet("" + written);
    Path whole;
    try (Stream<Path> files = Files.list(written)) {
      whole = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("m"), Arrays.copyOf(bytes, bytes.length - 20));

    assertRefused(cut, "Cannot read the manifest");
  }

  @Test
  void givenTheSameRowTwice_whenRead_thenItCountsOnce() throws IOException {
    Path manifest = csv("path,emotion\na.wav,sad\n./a.wav,sad\nfile:/in/a.wav,sadness\n");

    try (ManifestTable table = ManifestTable.of(spark, manifest.toString(), ROOTS)) {
      assertThat(table.rows().count()).isEqualTo(1);
    }
  }

  private static void assertRefused(Path manifest, String named) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ManifestTable.of(spark, manifest.toString(), ROOTS))
        .withMessageContaining(manifest.toString())
        .withMessageContaining(named);
  }

  private Path csv(String text) throws IOException {
    return Files.write(folder.resolve("labels.csv"), text.getBytes(StandardCharsets.UTF_8));
  }
}
