package ser.jobs.score;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.features.audio.RejectionReason;
import ser.jobs.listing.Listing;
import ser.jobs.run.PendingRecordings;
import ser.jobs.storage.EarlierRuns;
import ser.jobs.tables.CallTable;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.TableFiles;

/**
 * Finds the recordings that a model has not scored yet, or whose size or time differs from what the
 * tables say. Rows of other models stay beside the new ones, unless they are of a recording that
 * has changed since. Recordings with rows that cannot be reached now are left alone.
 */
final class PendingScoring {
  private static final String NAME = "stored_recording";

  /** Tables of the first version lack the size and the time, which then are null. */
  private static final StructType CALL_COLUMNS =
      new StructType()
          .add("recording", DataTypes.StringType)
          .add("model_id", DataTypes.StringType)
          .add("source_bytes", DataTypes.LongType)
          .add("source_modified", DataTypes.TimestampType);

  private PendingScoring() {}

  /** What this run does with recordings that earlier ones have dealt with. */
  enum Again {
    /** Nothing, as long as they are as they were. */
    NONE,
    /** It tries those of which no channel was named: other models have other rules for that. */
    UNNAMED_CHANNELS,
    /** It tries those that stand in quarantine. */
    QUARANTINED,
    /** It scores all. */
    ALL
  }

  static PendingRecordings among(
      SparkSession spark, Listing listing, EarlierRuns earlier, String modelId, Again again) {
    List<String> calls = earlier.before(CallTable.NAME);
    List<String> quarantine = earlier.before(QuarantineTable.NAME);
    if (calls.isEmpty() && quarantine.isEmpty()) {
      return PendingRecordings.allNew(listing.rows());
    }
    Dataset<Row> stored =
        TableFiles.read(spark, calls, CALL_COLUMNS)
            .selectExpr(
                "recording AS " + NAME,
                "source_bytes AS stored_bytes",
                "source_modified AS stored_modified",
                "model_id = '%s' AS ours".formatted(modelId),
                "CAST(NULL AS STRING) AS reason")
            .union(
                TableFiles.read(spark, quarantine, QuarantineTable.SCHEMA)
                    .selectExpr("recording", "size_bytes", "source_modified", "true", "reason"));
    Column same =
        functions
            .col("source_bytes")
            .equalTo(functions.col("stored_bytes"))
            .and(functions.col("source_modified").equalTo(functions.col("stored_modified")));
    Column quarantined = functions.col("reason").isNotNull();
    Column kept =
        switch (again) {
          case NONE -> functions.lit(true);
          case UNNAMED_CHANNELS ->
              functions.not(
                  functions.coalesce(
                      functions.col("reason").equalTo(RejectionReason.CHANNEL_NOT_NAMED.code()),
                      functions.lit(false)));
          case QUARANTINED -> functions.not(quarantined);
          case ALL -> functions.not(functions.col("ours"));
        };
    // Null, without stored values, is not the same either.
    Column sameAndKept = functions.coalesce(same.and(kept), functions.lit(false));
    // What cannot be reached is as good as gone: rows of before stay, as those of what is gone do.
    Column gone =
        Listing.unreachable().and(functions.col(NAME).isNotNull()).and(functions.not(quarantined));
    return new PendingRecordings(
        listing
            .rows()
            .join(stored, functions.col("recording").equalTo(functions.col(NAME)), "left")
            .groupBy("uri", "recording", "source_bytes", "source_modified")
            .agg(
                functions.max(sameAndKept.and(functions.col("ours")).or(gone)).as("done"),
                functions
                    .max(functions.not(sameAndKept).and(functions.col(NAME).isNotNull()))
                    .as(PendingRecordings.STORED),
                // Of a recording that is as it was, what other models have made of it stays true.
                functions
                    .when(
                        functions.min(functions.coalesce(same, functions.lit(false))),
                        functions.lit(modelId))
                    .as(PendingRecordings.OF_MODEL))
            .where("NOT coalesce(done, false)")
            .select(PendingRecordings.columns()));
  }
}
