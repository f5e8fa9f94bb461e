package ser.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ser.model.Emotion;

/** Calls summed up from their windows. */
class CallTableIT {
  private static final List<Emotion> LABELS = List.of(Emotion.ANGRY, Emotion.SAD);
  private static final Timestamp MODIFIED = Timestamp.from(Instant.parse("2026-11-01T10:00:00Z"));

  private static SparkSession spark;

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
  void givenWindows_whenSummedUp_thenTheNamesOfRecordingsAreNotBroadcast() {
    Dataset<Row> windows =
        spark.createDataFrame(
            List.of(
                window("a.wav", 0, "angry", 0.9), window("a.wav", 2, "sad", 0.3), silent("b.wav")),
            WindowTable.schema(LABELS));
    Dataset<Row> recordings =
        spark.createDataFrame(
            List.of(
                RowFactory.create("a.wav", 10L, MODIFIED),
                RowFactory.create("b.wav", 20L, MODIFIED),
                RowFactory.create("quarantined.wav", 30L, MODIFIED)),
            new StructType()
                .add("recording", "string")
                .add("source_bytes", "long")
                .add("source_modified", "timestamp"));

    Dataset<Row> calls = CallTable.of(windows, LABELS, recordings, Instant.EPOCH);

    assertThat(
            calls
                .orderBy("recording")
                .selectExpr("recording", "emotion", "speech_s", "source_bytes")
                .collectAsList())
        .containsExactly(
            RowFactory.create("a.wav", "angry", 5.0, 10L),
            RowFactory.create("b.wav", null, 0.0, 20L));
    calls.collectAsList();
    // The driver would hold them for as long as the calls are kept, whatever their number.
    assertThat(calls.queryExecution().executedPlan().toString())
        .contains("Join")
        .doesNotContain("Broadcast");
  }

  private static Row window(String recording, double startS, String emotion, double angry) {
    return RowFactory.create(
        recording, 0, startS, startS + 3, true, emotion, 0.9, angry, 1 - angry, "model", "run");
  }

  private static Row silent(String recording) {
    return RowFactory.create(recording, 0, 0.0, 3.0, false, null, null, null, null, "model", "run");
  }
}
