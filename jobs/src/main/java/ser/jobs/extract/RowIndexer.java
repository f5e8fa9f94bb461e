package ser.jobs.extract;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import ser.jobs.tables.QuarantineTable;
import ser.jobs.tables.Variant;

/** Makes rows of {@link ExtractedRows#INDEX}. */
final class RowIndexer implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of a row without its arrays. */
  private static final long BYTES_OF_TEXT = 300;

  private final StructType features;

  /**
   * @param features schema of the features table
   */
  RowIndexer(StructType features) {
    this.features = features;
  }

  /**
   * @param task number of the task that made the row
   * @param either made by {@link ExtractedRows#features} or {@link ExtractedRows#quarantined}
   */
  Row index(int task, Row either) {
    return either.isNullAt(0)
        ? ofQuarantine(task, either.getStruct(1), either.getString(2))
        : ofFeatures(task, either.getStruct(0));
  }

  private Row ofFeatures(int task, Row row) {
    boolean original = row.getString(at("variant")).equals(Variant.ORIGINAL.name());
    return RowFactory.create(
        task,
        row.getString(at("recording")),
        original ? row.getString(at("audio_sha256")) : null,
        true,
        bytes(row),
        original ? row.getDouble(at("duration_s")) : null,
        row.getLong(at("source_bytes")),
        row.getTimestamp(at("source_modified")),
        null,
        null);
  }

  private static Row ofQuarantine(int task, Row row, String audioSha256) {
    StructType schema = QuarantineTable.SCHEMA;
    return RowFactory.create(
        task,
        row.getString(schema.fieldIndex("recording")),
        audioSha256,
        false,
        BYTES_OF_TEXT,
        null,
        row.getLong(schema.fieldIndex("size_bytes")),
        row.getTimestamp(schema.fieldIndex("source_modified")),
        row.getString(schema.fieldIndex("reason")),
        row.getString(schema.fieldIndex("detail")));
  }

  private int at(String column) {
    return features.fieldIndex(column);
  }

  private static long bytes(Row row) {
    long bytes = BYTES_OF_TEXT;
    for (int i = 0; i < row.size(); i++) {
      if (row.get(i) instanceof float[] values) {
        bytes += (long) values.length * Float.BYTES;
      }
    }
    return bytes;
  }
}
