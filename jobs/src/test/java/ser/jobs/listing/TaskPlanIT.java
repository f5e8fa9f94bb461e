package ser.jobs.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import ser.jobs.listing.TaskPlan.Packing;
import ser.jobs.storage.RecordingFile;

class TaskPlanIT {
  private static final Comparator<String> BY_BYTES =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("plan")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyRecordings_whenPlanned_thenEachIsInOneTaskInTheOrderOfTheirBytes(long seed) {
    Random random = new Random(seed);
    List<RecordingFile> recordings = recordings(random);
    int partitions = 1 + random.nextInt(60);

    List<List<RecordingFile>> tasks = tasks(recordings, new Packing(1, partitions, 2));

    assertThat(tasks).hasSize(Math.min(partitions, recordings.size()));
    assertThat(tasks.stream().flatMap(List::stream)).containsExactlyElementsOf(sorted(recordings));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyRecordings_whenPlanned_thenTasksDifferByNoMoreThanTheLargest(long seed) {
    Random random = new Random(seed);
    List<RecordingFile> recordings = recordings(random);
    int partitions = 1 + random.nextInt(recordings.size());
    long largest = recordings.stream().mapToLong(TaskPlanIT::cost).max().orElseThrow();
    double share = (double) cost(recordings) / partitions;

    for (List<RecordingFile> task : tasks(recordings, new Packing(1, partitions, 2))) {
      assertThat((double) cost(task))
          .as("cost of a task of %d, whose fair share is %.0f", partitions, share)
          .isBetween(share - largest - 1, share + largest + 1);
    }
  }

  @Test
  void givenNamesOfAllScripts_whenPlanned_thenTheirOrderIsThatOfTheirBytes() {
    // As UTF-16, what lies outside the basic plane comes before U+FFFD.
    List<String> names = List.of("z", "\uFFFD", "🎤", "Z", "é", "a/b", "a b", "");
    List<RecordingFile> recordings =
        names.stream().map(name -> new RecordingFile("u" + name, name, 1, 0)).toList();

    assertThat(tasks(recordings, new Packing(1, 1, 1)).get(0))
        .extracting(RecordingFile::recording)
        .containsExactly("", "Z", "a b", "a/b", "z", "é", "\uFFFD", "🎤");
  }

  @Test
  void givenNoRecordings_whenPlanned_thenThereIsOneEmptyTask() {
    assertThat(tasks(List.of(), new Packing(1, 0, 4))).containsExactly(List.of());
  }

  @Test
  void givenTerabytes_whenPlanned_thenNothingOverflows() {
    List<RecordingFile> recordings = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      recordings.add(recording(i, 1L << 44));
    }

    assertThat(tasks(recordings, new Packing(1 << 27, 50, 4)))
        .extracting(List::size)
        .containsOnly(4);
  }

  @Test
  void givenMoreColumns_whenPlanned_thenTheyPassThrough() {
    Dataset<Row> rows =
        rows(List.of(recording(1, 10), recording(2, 20))).selectExpr("*", "uri || '!' AS more");

    TaskPlan plan = TaskPlan.of(rows, new Packing(1, 1, 1));

    assertThat(plan.recordings()).isEqualTo(2);
    assertThat(plan.bytes()).isEqualTo(30);
    assertThat(plan.rows().collect())
        .extracting(row -> row.getString(4))
        .containsExactly("file:/in/1!", "file:/in/2!");
  }

  @ParameterizedTest
  @CsvSource({
    // A million files of 100 KB: 164 GB with the cost of opening them.
    "1000000, 165536000000, 0, 8, 1233",
    // Few bytes: four tasks for each slot, one recording at least for each task.
    "1000, 100000000, 0, 8, 32",
    "10, 100000000, 0, 8, 10",
    "0, 0, 0, 8, 1",
    // As many as asked for.
    "1000, 100000000, 7, 8, 7",
    "5, 100000000, 7, 8, 5"
  })
  void givenASizeOfTasks_whenCounted_thenTheyAreReasonable(
      long recordings, long cost, int partitions, int slots, int tasks) {
    assertThat(new Packing(128 << 20, partitions, slots).tasks(recordings, cost)).isEqualTo(tasks);
  }

  private static List<List<RecordingFile>> tasks(List<RecordingFile> recordings, Packing packing) {
    return TaskPlan.of(rows(recordings), packing).rows().map(Listing::file).glom().collect();
  }

  /** Shuffled over five partitions. */
  private static Dataset<Row> rows(List<RecordingFile> recordings) {
    List<Row> rows = new ArrayList<>();
    for (RecordingFile file : recordings) {
      rows.add(
          RowFactory.create(
              file.uri(), file.recording(), file.sizeBytes(), new Timestamp(file.modifiedMs())));
    }
    Collections.shuffle(rows, new Random(5));
    return spark.createDataFrame(rows, Listing.SCHEMA).repartition(5);
  }

  private static List<RecordingFile> sorted(List<RecordingFile> recordings) {
    return recordings.stream()
        .sorted(Comparator.comparing(RecordingFile::recording, BY_BYTES))
        .toList();
  }

  private static List<RecordingFile> recordings(Random random) {
    List<RecordingFile> recordings = new ArrayList<>();
    int count = 1 + random.nextInt(100);
    for (int i = 0; i < count; i++) {
      recordings.add(recording(i, random.nextLong(1L << (1 + random.nextInt(30)))));
    }
    return recordings;
  }

  private static RecordingFile recording(int number, long sizeBytes) {
    return new RecordingFile(
        "file:/in/" + number, Integer.toString(number), sizeBytes, 1_700_000_000_000L + number);
  }

  private static long cost(RecordingFile recording) {
    return recording.sizeBytes() + TaskPlan.COST_OF_A_FILE;
  }

  private static long cost(List<RecordingFile> recordings) {
    return recordings.stream().mapToLong(TaskPlanIT::cost).sum();
  }
}
