package ser.jobs.tables;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
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
          .add("run_id", DataTypes.StringType, false);

  private QuarantineTable() {}

  public static Row row(RecordingFile file, UnreadableAudioException why, String runId) {
    return RowFactory.create(
        file.recording(), file.sizeBytes(), why.reason().code(), why.getMessage(), runId);
  }

  /** Rows whose reason is a fault of the recording. */
  public static long failed(Dataset<Row> quarantine) {
    Object[] codes = NOT_FAILED.stream().map(RejectionReason::code).toArray();
    return quarantine.where(functions.not(functions.col("reason").isin(codes))).count();
  }

  /** {@code 3 bad_header, 2 truncated}: for the log. */
  public static String summary(Dataset<Row> quarantine) {
    return quarantine.groupBy("reason").count().orderBy("reason").collectAsList().stream()
        .map(row -> String.format(Locale.ROOT, "%d %s", row.getLong(1), row.getString(0)))
        .collect(Collectors.joining(", "));
  }
}
