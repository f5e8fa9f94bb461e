package ser.jobs.extract;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import ser.jobs.storage.EarlierRuns;
import ser.jobs.tables.FeatureTable;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.TableFiles;
import ser.jobs.tables.Variant;

/** What the tables of earlier runs say of recordings; no arrays are read for it. */
final class StoredRecordings {
  static final String NAME = "stored_recording";
  static final String BYTES = "stored_bytes";
  static final String MODIFIED = "stored_modified";

  /** Of a recording in quarantine; null of others. */
  static final String REASON = "stored_reason";

  static final String DUPLICATE_OF = "stored_duplicate_of";

  /** Whether the recording that a copy is one of has features. */
  static final String ORIGINAL_KEPT = "stored_original_kept";

  /** Labels of a recording that has features, as {@link CurrentLabels#stored} writes them. */
  static final String LABELS = "stored_labels";

  /** Tables of the first version lack some of these, which then are null. */
  private static final StructType FEATURE_COLUMNS =
      new StructType()
          .add("recording", DataTypes.StringType)
          .add("variant", DataTypes.StringType)
          .add("corpus", DataTypes.StringType)
          .add("licence", DataTypes.StringType)
          .add("speaker", DataTypes.StringType)
          .add("gender", DataTypes.StringType)
          .add("emotion", DataTypes.StringType)
          .add("source_label", DataTypes.StringType)
          .add("statement", DataTypes.StringType)
          .add("intensity", DataTypes.StringType)
          .add("audio_sha256", DataTypes.StringType)
          .add("source_bytes", DataTypes.LongType)
          .add("source_modified", DataTypes.TimestampType);

  private final Dataset<Row> originals;
  private final Dataset<Row> quarantine;
  private final boolean empty;

  StoredRecordings(SparkSession spark, EarlierRuns earlier) {
    List<String> features = earlier.before(FeatureTable.NAME);
    List<String> quarantined = earlier.before(QuarantineTable.NAME);
    this.empty = features.isEmpty() && quarantined.isEmpty();
    this.originals = TableFiles.read(spark, features, FEATURE_COLUMNS).where(Variant.isOriginal());
    this.quarantine = TableFiles.read(spark, quarantined, QuarantineTable.SCHEMA);
  }

  boolean isEmpty() {
    return empty;
  }

  /** One row per recording: name, size, time, labels and, from the quarantine, its reason. */
  Dataset<Row> recordings() {
    return originals
        .withColumn(LABELS, CurrentLabels.stored())
        .selectExpr(
            "recording AS " + NAME,
            "source_bytes AS " + BYTES,
            "source_modified AS " + MODIFIED,
            "CAST(NULL AS STRING) AS " + REASON,
            "CAST(NULL AS STRING) AS " + DUPLICATE_OF,
            "false AS " + ORIGINAL_KEPT,
            LABELS)
        .union(
            quarantine
                .join(
                    originals.selectExpr("recording AS kept"),
                    functions.col("duplicate_of").equalTo(functions.col("kept")),
                    "left")
                .selectExpr(
                    "recording",
                    "size_bytes",
                    "source_modified",
                    "reason",
                    "duplicate_of",
                    "kept IS NOT NULL",
                    "CAST(NULL AS STRING)"));
  }

  /** Columns {@code recording} and {@code audio_sha256} of those that have features. */
  Dataset<Row> hashes() {
    return originals.select("recording", "audio_sha256");
  }
}
