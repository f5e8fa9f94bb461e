package ser.jobs.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ser.jobs.config.ForgetConfig;
import ser.jobs.storage.Storage;

class ForgottenRecordingsIT {
  private static SparkSession spark;

  @TempDir private Path folder;
  private final List<StoredTable> tables = new ArrayList<>();

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void givenCallsOfTwoModels_whenForgottenByTime_thenTheNewestRowOfARecordingCounts() {
    table(
        "calls",
        "recording, to_timestamp(scored) AS scored_at",
        "('old.wav', '2026-01-01'), ('old.wav', '2026-01-02'),"
            + " ('again.wav', '2026-01-01'), ('again.wav', '2026-03-01'),"
            + " ('new.wav', '2026-03-01'), ('untimed.wav', NULL)",
        "recording, scored");
    table("windows", "recording", "('old.wav'), ('again.wav')", "recording");
    table("quarantine", "recording, run_id", "('x', '20260101T000000000Z-0')", "recording, run_id");

    assertThat(before("2026-02-01")).containsExactly("old.wav", "x");
    assertThat(before("2026-01-02")).as("of its day").containsExactly("x");
    assertThat(before("2026-03-02")).containsExactly("again.wav", "new.wav", "old.wav", "x");
  }

  @Test
  void givenACallThatIsInQuarantineLater_whenForgottenByTime_thenTheLaterRunCounts() {
    table(
        "calls",
        "recording, to_timestamp(scored) AS scored_at",
        "('a.wav', '2026-01-01'), ('b.wav', '2026-03-01')",
        "recording, scored");
    table(
        "quarantine",
        "recording, run_id",
        "('a.wav', '20260301T000000000Z-0'), ('b.wav', '20260101T000000000Z-0')",
        "recording, run_id");

    assertThat(before("2026-02-01")).isEmpty();
    assertThat(before("2026-03-02")).containsExactly("a.wav", "b.wav");
  }

  @Test
  void givenVariantsAndCopies_whenForgottenByTime_thenTheFilesOfTheRecordingsCount() {
    table(
        "features",
        "recording, to_timestamp(modified) AS source_modified",
        "('old.wav', '2026-01-01'), ('old.wav', '2026-01-01'), ('new.wav', '2026-03-01')",
        "recording, modified");
    table(
        "quarantine",
        "recording, to_timestamp(modified) AS source_modified, duplicate_of, run_id",
        "('copy.wav', '2026-03-01', 'old.wav', '2'), ('text.wav', '2026-01-01', NULL, '2')",
        "recording, modified, duplicate_of, run_id");

    assertThat(before("2026-02-01")).containsExactly("copy.wav", "old.wav", "text.wav");
  }

  private void table(String name, String columns, String values, String names) {
    String path = folder.resolve(name).toString();
    spark
        .sql("SELECT %s FROM VALUES %s AS t(%s)".formatted(columns, values, names))
        .coalesce(1)
        .write()
        .parquet(path);
    List<String> files =
        new Storage(new Configuration())
            .files(path).stream().filter(file -> file.endsWith(".parquet")).toList();
    tables.add(StoredTable.of(spark, name, files));
  }

  private List<String> before(String date) {
    ForgetConfig config =
        new ForgetConfig(
            folder.toString(), List.of(), Optional.of(Instant.parse(date + "T00:00:00Z")));
    try (ForgottenRecordings forgotten = ForgottenRecordings.among(spark, tables, config)) {
      return forgotten.names().collectAsList().stream()
          .map(row -> row.getString(0))
          .sorted()
          .toList();
    }
  }
}
