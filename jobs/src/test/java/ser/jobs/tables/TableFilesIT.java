package ser.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.error.UserError;
import ser.jobs.storage.Storage;

/** Tables read by the names of their files. */
class TableFilesIT {
  private static final StructType SCHEMA =
      new StructType().add("recording", "string").add("model_id", "string");

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.hadoop.fs.counted.impl", CountedFileSystem.class.getName())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void givenManyFiles_whenRead_thenTheStoreIsAskedForNoneOfThemByItself() throws IOException {
    int count = 40;
    for (int i = 0; i < count; i++) {
      write("calls/shelf=" + i % 4, "row " + i);
    }
    List<String> files = parquet("counted://" + folder + "/calls");
    CountedFileSystem.ASKED.set(0);
    CountedFileSystem.LISTED.set(0);

    Dataset<Row> rows = TableFiles.read(spark, files, SCHEMA);

    assertThat(files).hasSize(count);
    assertThat(CountedFileSystem.ASKED).as("files asked for").hasValue(0);
    // The folder and its four partitions: an object store lists them in one.
    assertThat(CountedFileSystem.LISTED).as("folders listed").hasValue(5);
    assertThat(names(rows))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, count).mapToObj(i -> "row " + i).toList());
  }

  @Test
  void givenGroupsOfFiles_whenEachIsRead_thenTheStoreListsOnceForAll() throws IOException {
    int count = 6;
    for (int i = 0; i < count; i++) {
      write("calls", "row " + i);
    }
    List<String> files = parquet("counted://" + folder + "/calls");
    CountedFileSystem.ASKED.set(0);
    CountedFileSystem.LISTED.set(0);

    List<Dataset<Row>> read =
        TableFiles.readEach(
            spark, List.of(files.subList(0, 2), files.subList(2, 3), files.subList(3, 6)), SCHEMA);

    assertThat(CountedFileSystem.ASKED).as("files asked for").hasValue(0);
    assertThat(CountedFileSystem.LISTED).as("folders listed").hasValue(1);
    assertThat(read.stream().map(Dataset::count)).containsExactly(2L, 1L, 3L);
    assertThat(read.stream().flatMap(rows -> names(rows).stream()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, count).mapToObj(i -> "row " + i).toList());
  }

  @Test
  void givenSomeFilesOfAFolder_whenRead_thenTheirRowsAloneAreThere() throws IOException {
    write("calls/a=1/b=x", "wanted");
    write("calls/a=2/b=[y]", "wanted too");
    write("calls/a=2/b=z", "unwanted");
    List<String> files =
        parquet(folder + "/calls").stream().filter(file -> !file.contains("b=z")).toList();

    Dataset<Row> rows = TableFiles.read(spark, files, SCHEMA.add("only_newer", "double"));

    assertThat(rows.columns()).containsExactly("recording", "model_id", "only_newer");
    assertThat(names(rows)).containsExactlyInAnyOrder("wanted", "wanted too");
  }

  @Test
  void givenFilesOfTwoFolders_whenRead_thenTheRowsOfBothAreThere() throws IOException {
    write("one/calls", "first");
    write("two words %20/calls", "second");

    assertThat(names(TableFiles.read(spark, parquet(folder.toString()), SCHEMA)))
        .containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void givenAFileThatIsGone_whenRead_thenItIsNamed() throws IOException {
    write("calls", "there");
    String gone = folder + "/calls/gone.parquet";

    List<String> files = new ArrayList<>(parquet(folder + "/calls"));
    files.add(gone);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> TableFiles.read(spark, files, SCHEMA))
        .withMessageContainingAll("1 files", "gone.parquet");
  }

  private void write(String table, String recording) throws IOException {
    Dataset<Row> row = spark.createDataFrame(List.of(RowFactory.create(recording, "m")), SCHEMA);
    Path written = folder.resolve("written");
    row.coalesce(1).write().mode("overwrite").parquet(written.toString());
    Path to = Files.createDirectories(folder.resolve(table));
    for (String file : parquet(written.toString())) {
      Path from = Path.of(URI.create(file).getPath());
      Files.move(from, to.resolve(from.getFileName()));
    }
  }

  private static List<String> parquet(String table) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    return new Storage(hadoop)
        .files(table).stream().filter(file -> file.endsWith(".parquet")).sorted().toList();
  }

  private static List<String> names(Dataset<Row> rows) {
    return rows.select("recording").collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  /** The local disk under {@code counted:///}, which counts what it is asked. */
  public static final class CountedFileSystem extends RawLocalFileSystem {
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static final AtomicInteger LISTED = new AtomicInteger();
    private static final URI NAME = URI.create("counted:///");

    @Override
    public URI getUri() {
      return NAME;
    }

    @Override
    public String getScheme() {
      return NAME.getScheme();
    }

    @Override
    public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
      if (path.getName().endsWith(".parquet")) {
        ASKED.incrementAndGet();
      }
      return plain(super.getFileStatus(path));
    }

    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path folder) throws IOException {
      LISTED.incrementAndGet();
      int before = ASKED.get();
      FileStatus[] listed =
          Arrays.stream(super.listStatus(folder))
              .map(CountedFileSystem::plain)
              .toArray(FileStatus[]::new);
      // A local disk is asked for each file that it lists.
      ASKED.set(before);
      return listed;
    }

    /** Without what can be asked of {@code file:} URIs only. */
    private static FileStatus plain(FileStatus status) {
      return new FileStatus(
          status.getLen(),
          status.isDirectory(),
          1,
          status.getBlockSize(),
          status.getModificationTime(),
          status.getPath());
    }
  }
}
