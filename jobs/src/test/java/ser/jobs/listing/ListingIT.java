package ser.jobs.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.error.UserError;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.RecordingWalk;
import ser.jobs.storage.Storage;

class ListingIT {
  private static final int MANY = 45_001;

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("listing")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void givenAwkwardNames_whenListed_thenTheTasksSeeThemAsTheyAre() throws IOException {
    List<String> names =
        List.of(
            "a b.wav", "\"q\".wav", "new\nline.wav", "tab\t,.wav", "é/音声/🎤.wav", "\\u0041.wav");
    for (String name : names) {
      put("in/" + name);
    }

    Listing listing = listing("in");

    assertThat(listing.recordings()).isEqualTo(names.size());
    assertThat(listing.rows().javaRDD().map(Listing::file).collect())
        .allSatisfy(
            file -> {
              Path path = folder.resolve("in").resolve(file.recording());
              assertThat(file.uri()).isEqualTo("file:" + path);
              assertThat(file.sizeBytes()).isEqualTo(Files.size(path));
              assertThat(file.modifiedMs()).isEqualTo(Files.getLastModifiedTime(path).toMillis());
            })
        .extracting(RecordingFile::recording)
        .containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void givenMoreThanAChunk_whenListed_thenChunksHoldAllOfThem() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < MANY; i++) {
      Files.createFile(in.resolve("r" + i));
    }

    Listing listing = listing("in");

    assertThat(listing.recordings()).isEqualTo(MANY);
    assertThat(listing.rows().select("recording").distinct().count()).isEqualTo(MANY);
    try (Stream<Path> chunks = Files.list(folder.resolve("work"))) {
      assertThat(chunks.filter(chunk -> !chunk.getFileName().toString().startsWith(".")))
          .hasSize(3);
    }
  }

  @Test
  void givenTwoInputsWithOneName_whenListed_thenTheErrorNamesBoth() throws IOException {
    put("one/a.wav");
    put("two/a.wav");
    put("two/b.wav");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> listing("one", "two"))
        .withMessageContaining("one/a.wav")
        .withMessageContaining("two/a.wav")
        .withMessageContaining("common parent");
  }

  @Test
  void givenTwoInputs_whenListed_thenBothAreThere() throws IOException {
    put("one/a.wav");
    put("two/b.wav");

    assertThat(listing("one", "two").rows().javaRDD().map(Listing::file).collect())
        .extracting(RecordingFile::recording)
        .containsExactlyInAnyOrder("a.wav", "b.wav");
  }

  private Listing listing(String... inputs) {
    List<String> paths = Stream.of(inputs).map(input -> folder.resolve(input).toString()).toList();
    Storage storage = new Storage(new Configuration());
    try (RecordingWalk walk = RecordingWalk.open(storage, paths)) {
      return Listing.of(
          spark,
          storage,
          walk,
          paths.size(),
          folder.resolve("work").toString(),
          JavaSparkContext.fromSparkContext(spark.sparkContext())
              .broadcast(new SerializableConfiguration(new Configuration())));
    }
  }

  private void put(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, name.getBytes(UTF_8));
  }
}
