package ser.jobs.listing;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import ser.jobs.error.UserError;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.RecordingWalk;
import ser.jobs.storage.Storage;

/**
 * The recordings of a run. The driver lists them once and puts them down in the run's work folder,
 * chunk by chunk, where the tasks read them: its memory holds one chunk, however many there are.
 */
public final class Listing {
  /** Columns of a listed recording, in this order; others may follow. */
  public static final StructType SCHEMA =
      new StructType()
          .add("uri", DataTypes.StringType, false)
          .add("recording", DataTypes.StringType, false)
          .add("source_bytes", DataTypes.LongType, false)
          .add("source_modified", DataTypes.TimestampType, false);

  /** Some 4 MB of memory and, packed, some 300 KB of storage. */
  private static final int CHUNK_RECORDINGS = 20_000;

  private static final long LIMIT_BYTES = 256L << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Walked walked;
  private final Dataset<Row> rows;

  private Listing(Walked walked, Dataset<Row> rows) {
    this.walked = walked;
    this.rows = rows;
  }

  /**
   * Lists to the end.
   *
   * @param walk read to its end, not closed
   * @param inputs how many inputs the walk has
   * @param folder for the chunks; removing it is the caller's
   * @param hadoop settings of the storage, for the tasks
   * @throws UserError if two recordings have the same name
   */
  public static Listing of(
      SparkSession spark,
      Storage storage,
      RecordingWalk walk,
      int inputs,
      String folder,
      Broadcast<SerializableConfiguration> hadoop) {
    List<String> chunks = new ArrayList<>();
    Walked walked =
        walked(
            walk,
            chunk -> {
              String path = "%s/listing-%05d.json.gz".formatted(folder, chunks.size());
              storage.write(path, chunk);
              chunks.add(path);
            });
    return of(
        spark,
        inputs,
        walked,
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(chunks, Math.max(1, chunks.size()))
            .flatMap(
                path -> unpacked(new Storage(hadoop.value().value()).read(path, LIMIT_BYTES))));
  }

  /**
   * Lists to the end without writing anything: the driver holds the listing, some 15 bytes for each
   * recording. For who only looks.
   *
   * @param walk read to its end, not closed
   * @param inputs how many inputs the walk has
   * @throws UserError if two recordings have the same name
   */
  public static Listing inMemory(SparkSession spark, RecordingWalk walk, int inputs) {
    List<byte[]> chunks = new ArrayList<>();
    Walked walked = walked(walk, chunks::add);
    return of(
        spark,
        inputs,
        walked,
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(chunks, Math.max(1, chunks.size()))
            .flatMap(Listing::unpacked));
  }

  private static Listing of(SparkSession spark, int inputs, Walked walked, JavaRDD<Row> rows) {
    Listing listing = new Listing(walked, spark.createDataFrame(rows, SCHEMA));
    if (inputs > 1) {
      listing.requireDistinctNames();
    }
    return listing;
  }

  /** What was seen on the way. */
  private record Walked(long recordings, long largestBytes) {}

  /**
   * @param packedChunks receives the recordings, chunk by chunk
   */
  private static Walked walked(RecordingWalk walk, Consumer<byte[]> packedChunks) {
    List<RecordingFile> chunk = new ArrayList<>();
    long recordings = 0;
    long largestBytes = 0;
    while (walk.hasNext()) {
      RecordingFile next = walk.next();
      chunk.add(next);
      recordings++;
      largestBytes = Math.max(largestBytes, next.sizeBytes());
      if (chunk.size() == CHUNK_RECORDINGS || !walk.hasNext()) {
        packedChunks.accept(packed(chunk));
        chunk.clear();
      }
    }
    return new Walked(recordings, largestBytes);
  }

  /** How many there are. */
  public long recordings() {
    return walked.recordings;
  }

  /** Of a row of {@link #SCHEMA}: whether its recording is there by name alone. */
  public static Column unreachable() {
    return functions
        .col("source_bytes")
        .equalTo(0)
        .and(functions.col("source_modified").equalTo(new Timestamp(RecordingFile.UNREACHABLE_MS)));
  }

  /** Size of the largest. */
  public long largestBytes() {
    return walked.largestBytes;
  }

  /** Rows of {@link #SCHEMA}, in no order. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** What a row of {@link #SCHEMA}, or a longer one, says. */
  public static RecordingFile file(Row row) {
    return new RecordingFile(
        row.getString(0), row.getString(1), row.getLong(2), row.getTimestamp(3).getTime());
  }

  private void requireDistinctNames() {
    List<Row> twice =
        rows.groupBy("recording")
            .agg(
                functions.count("uri").as("files"),
                functions.min("uri").as("one"),
                functions.max("uri").as("other"))
            .where("files > 1")
            .limit(1)
            .collectAsList();
    if (!twice.isEmpty()) {
      Row row = twice.get(0);
      throw new UserError(
          "Cannot read %s and %s in one run: both would be called '%s'. Give their common parent as the input."
              .formatted(row.getString(2), row.getString(3), row.getString(0)));
    }
  }

  private static byte[] packed(List<RecordingFile> chunk) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes);
        SequenceWriter writer =
            JSON.writerFor(RecordingFile.class).withRootValueSeparator("\n").writeValues(zip)) {
      writer.writeAll(chunk);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot pack the listing", e);
    }
    return bytes.toByteArray();
  }

  private static Iterator<Row> unpacked(byte[] chunk) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (InputStream zip = new GZIPInputStream(new ByteArrayInputStream(chunk));
        MappingIterator<RecordingFile> files =
            JSON.readerFor(RecordingFile.class).readValues(zip)) {
      while (files.hasNext()) {
        RecordingFile file = files.next();
        rows.add(
            RowFactory.create(
                file.uri(), file.recording(), file.sizeBytes(), new Timestamp(file.modifiedMs())));
      }
    }
    return rows.iterator();
  }
}
