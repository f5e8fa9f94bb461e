package ser.jobs.extract;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Recordings whose audio stands in the table already, or under another name in this run: of equal
 * ones a stored row wins, then the first name in order. Labelled ones come before those without a
 * label, or the audio would be lost for its copy's sake. Only names and hashes travel between
 * tasks.
 */
final class Duplicates implements AutoCloseable {
  private static final double MANY = 0.1;

  private final Dataset<Row> rows;
  private final long count;

  private Duplicates(Dataset<Row> rows) {
    this.rows = rows.persist(StorageLevel.MEMORY_AND_DISK());
    this.count = this.rows.count();
  }

  /**
   * @param index rows of {@link ExtractedRows#INDEX}
   * @param stored columns {@code recording} and {@code audio_sha256} of rows that stay in the table
   */
  static Duplicates among(Dataset<Row> index, Dataset<Row> stored) {
    Dataset<Row> hashed =
        index.where("audio_sha256 IS NOT NULL").select("recording", "audio_sha256", "labelled");
    Dataset<Row> first =
        hashed
            .groupBy("audio_sha256")
            .agg(
                functions.expr("min(struct(NOT labelled, recording)).recording").as("first"),
                functions.count("recording").as("copies"));
    Dataset<Row> inTable =
        stored
            .join(hashed.select("audio_sha256"), "audio_sha256", "left_semi")
            .groupBy("audio_sha256")
            .agg(functions.min("recording").as("in_table"));
    Dataset<Row> kept =
        first
            .join(inTable, "audio_sha256", "left")
            .where("copies > 1 OR in_table IS NOT NULL")
            .selectExpr("audio_sha256", "coalesce(in_table, first) AS duplicate_of");
    return new Duplicates(
        hashed
            .join(kept, "audio_sha256")
            .where("recording <> duplicate_of")
            .select("recording", "duplicate_of"));
  }

  /** Columns {@code recording} and {@code duplicate_of}, the recording that is kept. */
  Dataset<Row> rows() {
    return rows;
  }

  long count() {
    return count;
  }

  /**
   * What people should know who go on to train.
   *
   * @param tried recordings of this run
   * @return empty if there are few duplicates
   */
  Optional<String> warning(long tried) {
    return count > MANY * tried
        ? Optional.of(
            "%d of %d recordings are copies of others and were left out. Some corpora are passed on with every file twice, as the popular Kaggle copy of RAVDESS is; what is trained on such a corpus as it comes is tested on its own training data."
                .formatted(count, tried))
        : Optional.empty();
  }

  /**
   * What people should know who have renamed recordings.
   *
   * @param listed column {@code recording} of all that were found
   * @return empty if all that is kept in place of copies is still there; else without names, for it
   *     stands in the run's record, which is kept when recordings are forgotten
   */
  Optional<String> moved(Dataset<Row> listed) {
    if (count == 0) {
      return Optional.empty();
    }
    Dataset<Row> gone =
        rows.join(
            listed.select(functions.col("recording").as("there")),
            functions.col("duplicate_of").equalTo(functions.col("there")),
            "left_anti");
    long copies = gone.count();
    return copies == 0
        ? Optional.empty()
        : Optional.of(
            "%d recordings are copies of ones that do not stand in the inputs any more; duplicate_of in the table quarantine names those. If they were renamed, forget the old names ('ser forget --recording NAME') and run again."
                .formatted(copies));
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
