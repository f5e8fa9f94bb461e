package ser.jobs.tables;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.InMemoryFileIndex;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;
import ser.jobs.error.UserError;
import ser.jobs.storage.RunRecords;
import ser.jobs.storage.Storage;

/** How tables are divided into files and read again. */
public final class TableFiles {
  /** Files of less than this part of the wanted size are not worth a task of their own. */
  private static final int LEAST_PART = 16;

  private TableFiles() {}

  /**
   * The rows of some files, with their schema even where there are no files.
   *
   * @throws UserError if one of them is gone
   */
  public static Dataset<Row> read(SparkSession spark, List<String> files, StructType schema) {
    return files.isEmpty()
        ? spark.createDataFrame(List.<Row>of(), schema)
        : readEach(spark, List.of(files), schema).get(0);
  }

  /**
   * The rows of each of several groups of files, after one listing for all.
   *
   * @param groups at least one; none of them empty
   * @throws UserError if a file is gone
   */
  public static List<Dataset<Row>> readEach(
      SparkSession spark, List<List<String>> groups, StructType schema) {
    Storage storage = new Storage(spark.sparkContext().hadoopConfiguration());
    List<List<Path>> paths =
        groups.stream()
            .map(files -> files.stream().map(storage::qualified).map(Path::new).toList())
            .toList();
    List<Path> all = paths.stream().flatMap(List::stream).toList();
    List<FileStatus> listed = storage.listed(sharedFolder(all).toString());
    requireThere(storage, all, listed);
    return paths.stream()
        .map(
            files ->
                spark.baseRelationToDataFrame(
                    relation(spark, files, new ListedFiles(Set.copyOf(files), listed), schema)))
        .toList();
  }

  /** Spark passes over what is gone, and its rows would be lost in silence. */
  private static void requireThere(Storage storage, List<Path> files, List<FileStatus> listed) {
    Set<Path> there = listed.stream().map(FileStatus::getPath).collect(Collectors.toSet());
    List<String> gone =
        files.stream()
            .filter(file -> !there.contains(file))
            .map(Path::toString)
            .filter(file -> !storage.exists(file))
            .toList();
    if (!gone.isEmpty()) {
      throw RunRecords.gone("read a table", gone);
    }
  }

  /** What {@code spark.read().schema(schema).parquet(files)} makes, without asking for each. */
  private static HadoopFsRelation relation(
      SparkSession spark, List<Path> paths, ListedFiles listed, StructType schema) {
    scala.collection.immutable.Map<String, String> options = Map$.MODULE$.empty();
    InMemoryFileIndex index =
        new InMemoryFileIndex(
            spark,
            JavaConverters.asScalaBuffer(paths).toSeq(),
            options,
            Option.apply(schema),
            listed,
            // Folders of partitions are named after columns that the files have as well.
            Option.apply(PartitionSpec.emptySpec()),
            Option.empty());
    return new HadoopFsRelation(
        index,
        new StructType(),
        schema.asNullable(),
        Option.empty(),
        new ParquetFileFormat(),
        options,
        spark);
  }

  /** The deepest folder that all of them stand under. */
  private static Path sharedFolder(List<Path> files) {
    Path shared = files.get(0).getParent();
    for (Path file : files) {
      while (!isUnder(shared, file)) {
        shared = shared.getParent();
      }
    }
    return shared;
  }

  private static boolean isUnder(Path folder, Path file) {
    Path above = file.getParent();
    while (above != null && above.depth() > folder.depth()) {
      above = above.getParent();
    }
    return folder.equals(above);
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
