package ser.jobs.tables;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import ser.features.Feature;

/** The rows of a features table as plain arrays. */
public final class TrainingRows {
  private TrainingRows() {}

  /**
   * One row.
   *
   * @param recording its name
   * @param speaker prefixed with the corpus
   * @param emotion canonical label
   * @param frames columns of the matrix
   * @param logMel row-major [band][frame], in dB; not copied
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record LogMelRow(
      String recording, String speaker, String emotion, int frames, float[] logMel)
      implements Serializable {}

  /** Rows of some speakers, in the order of the table. */
  public static JavaRDD<LogMelRow> logMel(Dataset<Row> features, List<String> speakers) {
    return features
        .where(features.col("speaker").isin(speakers.toArray()))
        .select("recording", "speaker", "emotion", "frames", Feature.LOG_MEL.columnName())
        .queryExecution()
        // Spark's Row would box each of 20,000 floats.
        .toRdd()
        .toJavaRDD()
        .map(TrainingRows::toRow);
  }

  private static LogMelRow toRow(InternalRow row) {
    return new LogMelRow(
        row.getUTF8String(0).toString(),
        row.getUTF8String(1).toString(),
        row.getUTF8String(2).toString(),
        row.getInt(3),
        row.getArray(4).toFloatArray());
  }
}
