package ser.jobs.tables;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** How tables are divided into files and read again. */
public final class TableFiles {
  /** Files of less than this part of the wanted size are not worth a task of their own. */
  private static final int LEAST_PART = 16;

  private TableFiles() {}

  /** The rows of some files, with their schema even where there are no files. */
  public static Dataset<Row> read(SparkSession spark, List<String> files, StructType schema) {
    return files.isEmpty()
        ? spark.createDataFrame(List.<Row>of(), schema)
        : spark.read().schema(schema).parquet(SparkPaths.literal(files));
  }

  /** The rows of one file or more, with all columns that any of them has. */
  public static Dataset<Row> readMerged(SparkSession spark, List<String> files) {
    return spark.read().option("mergeSchema", true).parquet(SparkPaths.literal(files));
  }

  /**
   * Puts the partitions of some rows together so that each makes a file: of the wanted size, or a
   * smaller one so that all slots have work, as long as it is worth it. Nothing is shuffled.
   *
   * @param sizes bytes of each partition in memory
   * @param size of a file
   */
  public static JavaRDD<Row> coalesced(JavaRDD<Row> rows, long[] sizes, FileSize size) {
    int files = size.files(LongStream.of(sizes).sum());
    return files >= rows.getNumPartitions()
        ? rows
        : rows.rdd()
            .coalesce(files, false, Option.apply(new SizedCoalescer(sizes)), null)
            .toJavaRDD();
  }

  /**
   * How large files are made.
   *
   * @param bytes of rows in memory, above 0
   * @param slots tasks that run at once
   */
  public record FileSize(long bytes, int slots) {
    public FileSize {
      if (bytes <= 0 || slots <= 0) {
        throw new IllegalArgumentException(
            "file-bytes %d and slots %d must be above 0".formatted(bytes, slots));
      }
    }

    /** Files to make of some bytes. */
    int files(long all) {
      long bySize = ceil(all, bytes);
      long parallel = Math.min(slots, ceil(all, Math.max(1, bytes / LEAST_PART)));
      return (int) Math.max(1, Math.max(bySize, parallel));
    }

    private static long ceil(long all, long part) {
      return all / part + (all % part == 0 ? 0 : 1);
    }
  }
}
