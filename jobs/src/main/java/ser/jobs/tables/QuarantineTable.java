package ser.jobs.tables;

import java.sql.Timestamp;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.jobs.storage.RecordingFile;

/** {@code quarantine/}: one row per recording that gave nothing, with the reason. */
public final class QuarantineTable {
  public static final String NAME = "quarantine";

  /** Reasons that are no fault of the recording: they do not count as failed. */
  private static final Set<RejectionReason> NOT_FAILED =
      EnumSet.of(
          RejectionReason.DUPLICATE, RejectionReason.UNLABELLED, RejectionReason.CHANNEL_NOT_NAMED);

  public static final StructType SCHEMA =
      new StructType()
          .add("recording", DataTypes.StringType, false)
          .add("size_bytes", DataTypes.LongType, false)
          .add("reason", DataTypes.StringType, false)
          .add("detail", DataTypes.StringType, false)
          .add("run_id", DataTypes.StringType, false)
          .add("source_modified", DataTypes.TimestampType, false)
          .add("duplicate_of", DataTypes.StringType, true);

  private QuarantineTable() {}

  public static Row row(RecordingFile file, UnreadableAudioException why, String runId) {
    return RowFactory.create(
        file.recording(),
        file.sizeBytes(),
        why.reason().code(),
        why.getMessage(),
        runId,
        new Timestamp(file.modifiedMs()),
        null);
  }

  /**
   * How many rows have which reason.
   *
   * @param byReason reasons that occur, in alphabetical order
   */
  public record Counts(Map<String, Long> byReason) {
    public static Counts of(Dataset<Row> quarantine) {
      Map<String, Long> counts = new TreeMap<>();
      quarantine
          .groupBy("reason")
          .count()
          .collectAsList()
          .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
      return new Counts(counts);
    }

    public long all() {
      return byReason.values().stream().mapToLong(Long::longValue).sum();
    }

    public long of(RejectionReason reason) {
      return byReason.getOrDefault(reason.code(), 0L);
    }

    /** Rows whose reason is a fault of the recording. */
    public long failed() {
      return all() - NOT_FAILED.stream().mapToLong(this::of).sum();
    }

    /** {@code 3 bad_header, 2 truncated}: for the log. */
    @Override
    public String toString() {
      return byReason.entrySet().stream()
          .map(entry -> entry.getValue() + " " + entry.getKey())
          .collect(Collectors.joining(", "));
    }
  }
}
