package ser.jobs.tables.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.ProjectingInternalRow;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/**
 * Rows that stand together in a file. Columns that are no arrays of floats go through Spark's own
 * writer, which knows all types.
 */
final class RowGroup {
  private final List<Integer> arraysAt;
  private final List<FloatArrayColumn> arrays = new ArrayList<>();
  private final ProjectingInternalRow plainRow;
  private final ParquetWriteSupport plain;
  private final RecordConsumer plainConsumer;
  private final ColumnWriteStore plainColumns;
  private final ColumnChunkPageWriteStore pages;
  private long rows;

  /**
   * Which columns are what.
   *
   * @param all columns
   * @param plain those that are no arrays of floats
   * @param plainAt where they stand among all
   * @param arraysAt where the arrays of floats stand
   * @param settings of Spark's writer
   */
  record Columns(
      StructType all,
      StructType plain,
      List<Integer> plainAt,
      List<Integer> arraysAt,
      Configuration settings) {}

  /**
   * How pages are made.
   *
   * @param schema of the file
   */
  record Pages(
      MessageType schema,
      CodecFactory codecs,
      CompressionCodecName codec,
      ParquetProperties properties) {}

  RowGroup(Columns columns, Pages how) {
    this.arraysAt = columns.arraysAt();
    this.pages =
        new ColumnChunkPageWriteStore(
            how.codecs().getCompressor(how.codec()),
            how.schema(),
            how.properties().getAllocator(),
            how.properties().getColumnIndexTruncateLength(),
            how.properties().getPageWriteChecksumEnabled());
    for (int at : arraysAt) {
      ColumnDescriptor column = FloatArrayColumn.descriptor(how.schema(), columns.all(), at);
      arrays.add(
          new FloatArrayColumn(
              column, pages.getPageWriter(column), how.properties().getPageSizeThreshold()));
    }
    Configuration own = new Configuration(columns.settings());
    ParquetWriteSupport.setSchema(columns.plain(), own);
    this.plain = new ParquetWriteSupport();
    MessageType plainSchema = plain.init(own).getSchema();
    this.plainColumns = how.properties().newColumnWriteStore(plainSchema, pages);
    this.plainConsumer =
        new ColumnIOFactory().getColumnIO(plainSchema).getRecordWriter(plainColumns);
    plain.prepareForWrite(plainConsumer);
    this.plainRow =
        new ProjectingInternalRow(
            columns.plain(),
            JavaConverters.asScalaBuffer(List.<Object>copyOf(columns.plainAt())).toIndexedSeq());
  }

  void add(InternalRow row) throws IOException {
    plainRow.project(row);
    plain.write(plainRow);
    for (int i = 0; i < arrays.size(); i++) {
      int at = arraysAt.get(i);
      if (row.isNullAt(at)) {
        arrays.get(i).addNull();
      } else {
        arrays.get(i).add(row.getArray(at).toFloatArray());
      }
    }
    rows++;
  }

  /** Bytes that wait in memory, those of full pages compressed. */
  long bufferedBytes() {
    long bytes = plainColumns.getBufferedSize();
    for (FloatArrayColumn array : arrays) {
      bytes += array.bufferedBytes();
    }
    return bytes;
  }

  /** Ends the group. One without rows leaves nothing in the file. */
  void writeTo(ParquetFileWriter out) throws IOException {
    if (rows > 0) {
      plainConsumer.flush();
      out.startBlock(rows);
      plainColumns.flush();
      for (FloatArrayColumn array : arrays) {
        array.flush();
      }
      pages.flushToFileWriter(out);
      out.endBlock();
    }
    plainColumns.close();
  }
}
