package ser.jobs.tables.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.StructType;

/**
 * A column of float arrays whose elements are never null, as pages of plain little-endian numbers
 * (data page version 1). Repetition and definition levels are one or two runs per array.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Parquet's
 *     encodings</a>
 */
final class FloatArrayColumn {
  /** Most rows of a page, as Parquet's own writer has it: readers skip by pages. */
  private static final int MOST_ROWS = 20_000;

  private final ColumnDescriptor column;
  private final PageWriter pages;
  private final int pageBytes;
  private final int elementLevel;
  private final int emptyLevel;
  private final Runs repetitions;
  private final Runs definitions;
  private byte[] values = new byte[0];
  private int used;
  private int entries;
  private int rows;
  private Statistics<?> statistics;

  /**
   * @param pageBytes after which a page is full
   */
  FloatArrayColumn(ColumnDescriptor column, PageWriter pages, int pageBytes) {
    this.column = column;
    this.pages = pages;
    this.pageBytes = pageBytes;
    this.elementLevel = column.getMaxDefinitionLevel();
    // The list's element is required: an empty list lacks the repeated group only.
    this.emptyLevel = elementLevel - 1;
    this.repetitions = new Runs(column.getMaxRepetitionLevel());
    this.definitions = new Runs(elementLevel);
    this.statistics = Statistics.createStats(column.getPrimitiveType());
  }

  /**
   * The column of a field's elements.
   *
   * @param at the field, in both schemas
   */
  static ColumnDescriptor descriptor(MessageType file, StructType schema, int at) {
    Type list = file.getType(schema.apply(at).name());
    Type repeated = list.asGroupType().getType(0);
    Type element = repeated.asGroupType().getType(0);
    return file.getColumnDescription(
        new String[] {list.getName(), repeated.getName(), element.getName()});
  }

  void add(float[] array) throws IOException {
    if (array.length == 0) {
      addNothing(emptyLevel);
      return;
    }
    int bytes = Math.multiplyExact(array.length, Float.BYTES);
    reserve(bytes);
    ByteBuffer.wrap(values, used, bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(array);
    used += bytes;
    repetitions.add(0, 1);
    repetitions.add(1, array.length - 1);
    definitions.add(elementLevel, array.length);
    count(array);
    endRow(array.length);
  }

  /** A null in place of an array. */
  void addNull() throws IOException {
    if (emptyLevel == 0) {
      throw new IllegalArgumentException("column %s has no nulls".formatted(column));
    }
    addNothing(0);
  }

  long bufferedBytes() {
    return (long) used + repetitions.size() + definitions.size() + pages.getMemSize();
  }

  /** Makes a page of what waits for one. */
  void flush() throws IOException {
    if (rows == 0) {
      return;
    }
    if (used > 0 && !statistics.hasNonNullValue()) {
      // Nothing but NaN: readers drop such a range, where none would say that all is null.
      statistics.updateStats(Float.NaN);
    }
    BytesInput page =
        BytesInput.concat(
            repetitions.taken(), definitions.taken(), BytesInput.from(values, 0, used));
    pages.writePage(page, entries, rows, statistics, Encoding.RLE, Encoding.RLE, Encoding.PLAIN);
    used = 0;
    entries = 0;
    rows = 0;
    statistics = Statistics.createStats(column.getPrimitiveType());
  }

  private void addNothing(int level) throws IOException {
    repetitions.add(0, 1);
    definitions.add(level, 1);
    statistics.incrementNumNulls();
    endRow(1);
  }

  private void endRow(int added) throws IOException {
    entries += added;
    rows++;
    if (used >= pageBytes || rows >= MOST_ROWS) {
      flush();
    }
  }

  private void reserve(int bytes) {
    int needed = Math.addExact(used, bytes);
    if (needed > values.length) {
      values = Arrays.copyOf(values, Math.max(needed, Math.min(2 * values.length, pageBytes)));
    }
  }

  /** NaN is neither the least nor the largest value of a page, as Parquet wants it. */
  private void count(float[] array) {
    float least = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : array) {
      least = value < least ? value : least;
      largest = value > largest ? value : largest;
    }
    if (least <= largest) {
      statistics.updateStats(least);
      statistics.updateStats(largest);
    }
  }

  /** Levels as runs: RLE of Parquet's RLE/bit-packing hybrid, behind its length in bytes. */
  private static final class Runs {
    private final int most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int value;
    private int times;

    /**
     * @param most the largest level, 1 to 255: each run's level takes a byte
     */
    Runs(int most) {
      if (most < 1 || most > 255) {
        throw new IllegalArgumentException("no level of a list's column: " + most);
      }
      this.most = most;
    }

    void add(int level, int count) throws IOException {
      if (level < 0 || level > most) {
        throw new IllegalArgumentException("level %d is not in 0 to %d".formatted(level, most));
      }
      if (count == 0) {
        return;
      }
      if (times > 0 && level != value) {
        endRun();
      }
      value = level;
      times += count;
    }

    int size() {
      return bytes.size();
    }

    /** What was added, which is then forgotten. */
    BytesInput taken() throws IOException {
      endRun();
      byte[] runs = bytes.toByteArray();
      bytes.reset();
      return BytesInput.concat(BytesInput.fromInt(runs.length), BytesInput.from(runs));
    }

    private void endRun() throws IOException {
      if (times > 0) {
        BytesUtils.writeUnsignedVarInt(times << 1, bytes);
        bytes.write(value);
        times = 0;
      }
    }
  }
}
