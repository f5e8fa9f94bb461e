package ser.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.storage.RunOutput;
import ser.jobs.storage.RunRecords;
import ser.jobs.storage.Storage;

/** Runs that write into the same table on a local disk. */
class HeldCommitsIT {
  private static final String TABLE = "calls";

  private static SparkSession spark;

  private final Storage storage = new Storage(new Configuration());

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void givenRowsOfARun_whenCommitted_thenTheirFilesHaveItsIdAndAreItsOwn() {
    try (RunOutput run = begin()) {
      HeldCommits commits = new HeldCommits(spark, run);
      commits.write(rows("a"), TABLE, List.of());
      commits.write(rows("b"), TABLE, List.of("recording"));
      assertThat(visible()).as("before the commit").isEmpty();

      commits.commit();

      assertThat(run.written(TABLE))
          .hasSize(2)
          .allSatisfy(file -> assertThat(file).contains("part-", run.runId()));
      assertThat(names(run.written(TABLE))).containsExactly("a", "b");
    }
  }

  @Test
  void givenALostLock_whenCommitted_thenNothingIsVisibleAndTheOtherRunHasItsOwnRows() {
    try (RunOutput late = begin()) {
      HeldCommits lateCommits = new HeldCommits(spark, late);
      storage.delete(folder + "/runs/_lock");
      try (RunOutput run = begin()) {
        lateCommits.write(rows("late"), TABLE, List.of());
        HeldCommits commits = new HeldCommits(spark, run);
        commits.write(rows("own"), TABLE, List.of());

        assertThatIllegalStateException()
            .isThrownBy(lateCommits::commit)
            .withMessageContaining("Another run has taken over");
        assertThat(visible()).isEmpty();

        commits.commit();
        run.finish(new ObjectMapper().createObjectNode());
      }
    }

    assertThat(names(RunRecords.tableFiles(storage, folder + "/" + TABLE))).containsExactly("own");
    assertThat(names(visible())).containsExactly("own");
  }

  @Test
  void givenPendingFilesOfAnother_whenCommitted_thenTheyStayInvisible() {
    try (RunOutput run = begin()) {
      HeldCommits one = new HeldCommits(spark, run);
      HeldCommits other = new HeldCommits(spark, run);
      one.write(rows("one"), TABLE, List.of());
      other.write(rows("other"), TABLE, List.of());

      one.commit();

      assertThat(names(visible())).containsExactly("one");
    }
  }

  @Test
  void givenPendingFiles_whenAWriteOfAnotherFails_thenTheyAreStillCommitted() {
    try (RunOutput run = begin()) {
      HeldCommits one = new HeldCommits(spark, run);
      HeldCommits other = new HeldCommits(spark, run);
      one.write(rows("one"), TABLE, List.of());
      Dataset<Row> broken = spark.sql("SELECT raise_error('broken') AS recording FROM range(1)");

      assertThatException().isThrownBy(() -> other.write(broken, TABLE, List.of()));
      one.commit();

      assertThat(names(visible())).containsExactly("one");
    }
  }

  private RunOutput begin() {
    return RunOutput.begin(storage, folder.toString(), List.of(TABLE));
  }

  private List<String> visible() {
    return storage.files(folder + "/" + TABLE).stream()
        .filter(file -> !file.contains("/_temporary/") && file.endsWith(".parquet"))
        .toList();
  }

  private static Dataset<Row> rows(String recording) {
    return spark.sql("SELECT '%s' AS recording".formatted(recording)).coalesce(1);
  }

  private static List<String> names(List<String> files) {
    return TableFiles.read(spark, files, rows("").schema()).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
