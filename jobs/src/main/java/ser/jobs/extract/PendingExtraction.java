package ser.jobs.extract;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import ser.features.audio.RejectionReason;
import ser.jobs.label.Labeller;
import ser.jobs.listing.Listing;
import ser.jobs.run.PendingRecordings;

/**
 * The recordings that a run has to read: new ones, those whose size, time or labels differ from
 * what the tables say, and copies of those, for their original may not be what it was. All others
 * are left alone; also those that had labels and of which nothing is said now, for a manifest may
 * name the new recordings only (one that says an emotion which is none of ours says something), and
 * those with features that cannot be reached now.
 *
 * @param listing all recordings
 * @param labeller says what they are called now
 */
record PendingExtraction(SparkSession spark, Listing listing, Labeller labeller) {

  /** What the quarantine is to this run. */
  enum Quarantined {
    /** Unchanged recordings in it stay there. */
    KEPT,
    /** All that stand in it are tried again. */
    TRIED_AGAIN;

    static Quarantined of(boolean again) {
      return again ? TRIED_AGAIN : KEPT;
    }
  }

  PendingRecordings among(StoredRecordings stored, Quarantined again) {
    if (stored.isEmpty()) {
      return PendingRecordings.allNew(listing.rows());
    }
    Dataset<Row> known = stored.recordings();
    Column same =
        functions
            .col("source_bytes")
            .equalTo(functions.col(StoredRecordings.BYTES))
            .and(
                functions.col("source_modified").equalTo(functions.col(StoredRecordings.MODIFIED)));
    Column reason = functions.col(StoredRecordings.REASON);
    Column said = functions.col(CurrentLabels.TEXT);
    // Null where one of them says nothing.
    Column corrected = said.notEqual(functions.col(StoredRecordings.LABELS));
    // Of copies without a label none was kept.
    Column labelledAtLast =
        said.notEqual(CurrentLabels.NO_EMOTION)
            .and(
                reason
                    .equalTo(RejectionReason.UNLABELLED.code())
                    .or(
                        reason
                            .equalTo(RejectionReason.DUPLICATE.code())
                            .and(functions.not(functions.col(StoredRecordings.ORIGINAL_KEPT)))));
    Column relabelled =
        functions
            .coalesce(corrected, functions.lit(false))
            .or(functions.coalesce(labelledAtLast, functions.lit(false)));
    Column asItWas = same.and(functions.not(relabelled));
    Column unchanged = again == Quarantined.TRIED_AGAIN ? asItWas.and(reason.isNull()) : asItWas;
    // What cannot be reached is as good as gone: features of before stay, as those of what is gone.
    Column gone =
        Listing.unreachable()
            .and(functions.col(StoredRecordings.NAME).isNotNull())
            .and(reason.isNull());
    Dataset<Row> labels = CurrentLabels.of(spark, labeller, listing);
    Dataset<Row> compared =
        listing
            .rows()
            .join(
                known, functions.col("recording").equalTo(known.col(StoredRecordings.NAME)), "left")
            .join(
                labels,
                functions.col("recording").equalTo(functions.col(CurrentLabels.NAME)),
                "left")
            .withColumn(PendingRecordings.STORED, functions.col(StoredRecordings.NAME).isNotNull())
            .withColumn(PendingRecordings.OF_MODEL, functions.lit(null).cast(DataTypes.StringType))
            // Null, without stored values, is not the same either.
            .withColumn("left_alone", functions.coalesce(unchanged, functions.lit(false)).or(gone));
    PendingRecordings changed =
        new PendingRecordings(compared.where("NOT left_alone").select(PendingRecordings.columns()));
    if (changed.storedCount() == 0 || again == Quarantined.TRIED_AGAIN) {
      return changed;
    }
    Dataset<Row> replaced = changed.stored().withColumnRenamed("recording", "original");
    Dataset<Row> copies =
        compared
            .where("left_alone")
            .where(functions.col(StoredRecordings.REASON).equalTo(RejectionReason.DUPLICATE.code()))
            .join(
                replaced,
                functions.col(StoredRecordings.DUPLICATE_OF).equalTo(replaced.col("original")),
                "left_semi")
            .select(PendingRecordings.columns());
    PendingRecordings all = new PendingRecordings(changed.rows().union(copies));
    changed.close();
    return all;
  }
}
