package ser.jobs.tables.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport.WriteContext;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** One file of a task, row group by row group. */
final class FloatArrayWriter extends OutputWriter {
  private final String path;
  private final RowGroup.Columns columns;
  private final RowGroup.Pages pages;
  private final WriteContext file;
  private final long rowGroupBytes;
  private final CodecFactory codecs;
  private final ParquetFileWriter out;
  private RowGroup group;

  /**
   * @param settings of Parquet, and of Spark's writer of it
   */
  FloatArrayWriter(String path, StructType schema, Configuration settings) {
    this.path = path;
    this.columns = columns(schema, settings);
    // Spark's schema and version, as its own writer gives them to a file.
    this.file = support(schema, settings);
    this.rowGroupBytes = ParquetOutputFormat.getLongBlockSize(settings);
    int pageBytes = ParquetOutputFormat.getPageSize(settings);
    ParquetProperties properties =
        ParquetProperties.builder()
            .withPageSize(pageBytes)
            .withDictionaryEncoding(ParquetOutputFormat.getEnableDictionary(settings))
            .withWriterVersion(ParquetOutputFormat.getWriterVersion(settings))
            .build();
    this.codecs = new CodecFactory(settings, pageBytes);
    this.pages =
        new RowGroup.Pages(
            file.getSchema(), codecs, ParquetOutputFormat.getCompression(settings), properties);
    try {
      this.out =
          new ParquetFileWriter(
              HadoopOutputFile.fromPath(new Path(path), settings),
              file.getSchema(),
              ParquetFileWriter.Mode.CREATE,
              rowGroupBytes,
              ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
              properties.getColumnIndexTruncateLength(),
              properties.getStatisticsTruncateLength(),
              properties.getPageWriteChecksumEnabled());
      out.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path, e);
    }
    this.group = new RowGroup(columns, pages);
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public void write(InternalRow row) {
    try {
      group.add(row);
      if (group.bufferedBytes() > rowGroupBytes) {
        group.writeTo(out);
        group = new RowGroup(columns, pages);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path, e);
    }
  }

  @Override
  public void close() {
    try {
      group.writeTo(out);
      out.end(file.getExtraMetaData());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path, e);
    } finally {
      codecs.release();
    }
  }

  private static RowGroup.Columns columns(StructType schema, Configuration settings) {
    StructType plain = new StructType();
    List<Integer> plainAt = new ArrayList<>();
    List<Integer> arraysAt = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      StructField field = schema.apply(i);
      if (isFloats(field)) {
        arraysAt.add(i);
      } else {
        plainAt.add(i);
        plain = plain.add(field);
      }
    }
    return new RowGroup.Columns(schema, plain, plainAt, arraysAt, settings);
  }

  private static boolean isFloats(StructField field) {
    return field.dataType() instanceof ArrayType array
        && array.elementType().equals(DataTypes.FloatType)
        && !array.containsNull();
  }

  private static WriteContext support(StructType schema, Configuration settings) {
    Configuration own = new Configuration(settings);
    ParquetWriteSupport.setSchema(schema, own);
    return new ParquetWriteSupport().init(own);
  }
}
