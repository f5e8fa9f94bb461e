package ser.jobs.listing;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple2;

/**
 * Divides recordings among tasks so that each has about the same number of bytes: neighbours by
 * name stay together, and no listing is ever collected.
 */
public final class TaskPlan {
  /** A file costs an open and a close, as much as reading about this many bytes. */
  static final long COST_OF_A_FILE = 64 << 10;

  private static final int TASKS_PER_SLOT = 4;
  private static final int POSITION_BITS = 40;
  private static final int MOST_TASKS = 1 << 20;

  private final JavaRDD<Row> rows;
  private final long recordings;
  private final long bytes;

  /**
   * How large tasks are.
   *
   * @param taskBytes about as many bytes of recordings a task, above 0
   * @param partitions tasks, whatever that makes of their size; 0 to go by taskBytes
   * @param slots tasks that run at once; each gets at least {@value #TASKS_PER_SLOT}
   */
  public record Packing(long taskBytes, int partitions, int slots) {
    public Packing {
      if (taskBytes <= 0 || partitions < 0 || slots <= 0) {
        throw new IllegalArgumentException(
            "task-bytes %d and slots %d must be above 0, and partitions %d not below"
                .formatted(taskBytes, slots, partitions));
      }
    }

    /**
     * How many tasks.
     *
     * @param recordings of which each task gets one or more
     * @param cost bytes of all of them, with {@link #COST_OF_A_FILE} for each
     */
    int tasks(long recordings, long cost) {
      long bySize = Math.max(cost / taskBytes, (long) slots * TASKS_PER_SLOT);
      long wanted = partitions > 0 ? partitions : bySize;
      return (int) Math.max(1, Math.min(Math.min(wanted, recordings), MOST_TASKS));
    }
  }

  /** Sums of a range of recordings. */
  private record Sums(long recordings, long bytes) implements Serializable {
    long cost() {
      return bytes + recordings * COST_OF_A_FILE;
    }

    Sums plus(Sums other) {
      return new Sums(recordings + other.recordings, bytes + other.bytes);
    }
  }

  private TaskPlan(JavaRDD<Row> rows, Sums all) {
    this.rows = rows;
    this.recordings = all.recordings();
    this.bytes = all.bytes();
  }

  /** How much a task has to read for a row. */
  @FunctionalInterface
  public interface Size extends Serializable {
    long bytesOf(Row row);
  }

  /**
   * @param recordings rows of {@link Listing#SCHEMA}; columns behind those pass through
   */
  public static TaskPlan of(Dataset<Row> recordings, Packing packing) {
    return of(recordings, "recording", List.of(), row -> Listing.file(row).sizeBytes(), packing);
  }

  /**
   * Divides recordings and parts of them.
   *
   * @param pieces rows, each with what a task cannot share with another
   * @param first column that they are ordered by
   * @param next columns that they are ordered by where that one is the same
   */
  public static TaskPlan of(
      Dataset<Row> pieces, String first, List<String> next, Size size, Packing packing) {
    // By Spark SQL, whose order of strings is that of their UTF-8 bytes.
    JavaRDD<Row> sorted = pieces.orderBy(first, next.toArray(String[]::new)).javaRDD();
    List<Sums> sums = sums(sorted, size);
    List<Sums> before = new ArrayList<>();
    Sums all = new Sums(0, 0);
    for (Sums range : sums) {
      before.add(all);
      all = all.plus(range);
    }
    long cost = all.cost();
    int tasks = packing.tasks(all.recordings(), cost);
    JavaRDD<Row> planned =
        sorted
            .mapPartitionsWithIndex(
                (range, rows) -> placed(rows, size, before.get(range), cost, tasks), false)
            .mapToPair(place -> place)
            .repartitionAndSortWithinPartitions(new ByTask(tasks))
            .values();
    return new TaskPlan(planned, all);
  }

  /** One partition per task, in the order of names within each and from each to the next. */
  public JavaRDD<Row> rows() {
    return rows;
  }

  public int tasks() {
    return rows.getNumPartitions();
  }

  public long recordings() {
    return recordings;
  }

  public long bytes() {
    return bytes;
  }

  private static List<Sums> sums(JavaRDD<Row> sorted, Size size) {
    return sorted
        .mapPartitions(
            rows -> {
              Sums sums = new Sums(0, 0);
              while (rows.hasNext()) {
                sums = sums.plus(new Sums(1, size.bytesOf(rows.next())));
              }
              return List.of(sums).iterator();
            })
        .collect();
  }

  /** Each row with its task and position. */
  private static Iterator<Tuple2<Long, Row>> placed(
      Iterator<Row> rows, Size size, Sums before, long cost, int tasks) {
    return new Iterator<>() {
      private Sums sums = before;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Tuple2<Long, Row> next() {
        Row row = rows.next();
        Sums after = sums.plus(new Sums(1, size.bytesOf(row)));
        // By the middle of its cost, so that the last one cannot fall behind the last task.
        double middle = (sums.cost() + after.cost()) / 2.0;
        long task = Math.min(tasks - 1, (long) (middle / cost * tasks));
        Tuple2<Long, Row> placed =
            new Tuple2<>(task << POSITION_BITS | sums.recordings(), withoutSchema(row));
        sums = after;
        return placed;
      }
    };
  }

  /** A schema would travel with each row. */
  private static Row withoutSchema(Row row) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    return RowFactory.create(values);
  }

  /** Takes the task out of a key of {@link #placed}. */
  private static final class ByTask extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int tasks;

    private ByTask(int tasks) {
      this.tasks = tasks;
    }

    @Override
    public int numPartitions() {
      return tasks;
    }

    @Override
    public int getPartition(Object key) {
      return (int) ((Long) key >> POSITION_BITS);
    }
  }
}
