package ser.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/**
 * The training rows, dealt out to the workers once and kept there. An epoch is a sequence of
 * rounds; in each one every worker takes as many minibatches of its own rows as lie between two
 * averagings. Each row comes once in an epoch, in an order that depends on seed, epoch and worker
 * alone; where a single row would be left over for a worker's last minibatch, the first row of its
 * order stands by it once more.
 *
 * <p>Workers hold equally many rows, or one more. Which ones depends on the rows and the seed
 * alone: a shard that is lost with its executor is made again as it was.
 *
 * <p>DL4J's own way draws a random sample of the whole data set for every round, which reads all of
 * it each time and leaves rows out.
 */
final class TrainingShards implements AutoCloseable {
  private final JavaRDD<LabelledInput> shards;
  private final int[] sizes;
  private final Minibatches minibatches;
  private final int batchSize;
  private final int batchesPerRound;
  private final long seed;

  private TrainingShards(
      JavaRDD<LabelledInput> shards,
      Minibatches minibatches,
      int batchSize,
      int batchesPerRound,
      long seed) {
    this.shards = shards;
    this.minibatches = minibatches;
    this.seed = seed;
    this.sizes =
        shards.mapPartitions(rows -> List.of(sizeOf(rows)).iterator()).collect().stream()
            .mapToInt(size -> size)
            .toArray();
    // More than there is means all there is, and must not overflow.
    int largest = Arrays.stream(sizes).max().orElse(0);
    this.batchSize = Math.min(batchSize, Math.max(2, largest));
    this.batchesPerRound =
        Math.min(batchesPerRound, Math.max(1, dividedUp(largest, this.batchSize)));
  }

  /**
   * @param rows in any order; the shards do not depend on it
   * @param minibatches makes what is trained on
   * @param workers how many shards there are
   * @param batchesPerRound minibatches of each worker between two averagings
   */
  static TrainingShards of(
      JavaRDD<LabelledInput> rows,
      Minibatches minibatches,
      int workers,
      int batchSize,
      int batchesPerRound,
      long seed) {
    JavaRDD<LabelledInput> shards =
        rows.mapToPair(row -> new Tuple2<>(Place.of(row, seed), row))
            .repartitionAndSortWithinPartitions(new HashPartitioner(workers))
            .values()
            .zipWithIndex()
            .mapToPair(Tuple2::swap)
            // The hash of a small number is the number: the rows are dealt out one by one.
            .repartitionAndSortWithinPartitions(new HashPartitioner(workers))
            .values()
            // Not serialised: a round takes some of the rows, and must not read them all.
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new TrainingShards(shards, minibatches, batchSize, batchesPerRound, seed);
  }

  /** Rows of all shards. */
  long rows() {
    return Arrays.stream(sizes).asLongStream().sum();
  }

  /** Averagings of one epoch. */
  int rounds() {
    int largest = Arrays.stream(sizes).max().orElse(0);
    return dividedUp(dividedUp(largest, batchSize), batchesPerRound);
  }

  /**
   * Minibatches of one round, one partition per worker.
   *
   * @param epoch counted from 1
   * @param round counted from 0
   */
  JavaRDD<DataSet> round(int epoch, int round) {
    Deal deal = new Deal(sizes, batchSize, batchesPerRound, seed, epoch, round);
    Minibatches made = minibatches;
    return shards.mapPartitionsWithIndex(
        (worker, rows) -> deal.minibatches(worker, rows, made), true);
  }

  /** Some of the rows, about equally many of each worker, the same ones each time. */
  JavaRDD<LabelledInput> sample(int most) {
    int each = Math.max(2, most / sizes.length);
    return shards.mapPartitions(rows -> first(each, rows), true);
  }

  /** All rows, as they were dealt out. */
  JavaRDD<LabelledInput> all() {
    return shards;
  }

  @Override
  public void close() {
    shards.unpersist(false);
  }

  private static int dividedUp(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static int sizeOf(Iterator<LabelledInput> rows) {
    int size = 0;
    for (; rows.hasNext(); rows.next()) {
      size++;
    }
    return size;
  }

  private static Iterator<LabelledInput> first(int count, Iterator<LabelledInput> rows) {
    List<LabelledInput> first = new ArrayList<>();
    while (rows.hasNext() && first.size() < count) {
      first.add(rows.next());
    }
    return first.iterator();
  }

  /** Which rows of a shard make the minibatches of a round. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Deal(int[] sizes, int batchSize, int batches, long seed, int epoch, int round)
      implements Serializable {

    Iterator<DataSet> minibatches(int worker, Iterator<LabelledInput> rows, Minibatches made) {
      List<int[]> places = places(order(worker));
      Map<Integer, LabelledInput> chosen = chosen(places, rows);
      return places.stream()
          .map(batch -> Arrays.stream(batch).mapToObj(chosen::get).toList())
          .map(batch -> made.of(batch, epoch))
          .iterator();
    }

    /** Of the rows of each minibatch in their shard. */
    private List<int[]> places(int[] order) {
      int first = round * batches * batchSize;
      return IntStream.range(0, batches)
          .map(batch -> first + batch * batchSize)
          .filter(from -> from < order.length)
          .mapToObj(
              from ->
                  from == order.length - 1
                      // Batch normalisation has no variance over one row.
                      ? new int[] {order[from], order[0]}
                      : Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize)))
          .toList();
    }

    private static Map<Integer, LabelledInput> chosen(
        List<int[]> places, Iterator<LabelledInput> rows) {
      BitSet wanted = new BitSet();
      places.forEach(batch -> Arrays.stream(batch).forEach(wanted::set));
      Map<Integer, LabelledInput> chosen = new HashMap<>();
      for (int place = 0; place < wanted.length(); place++) {
        LabelledInput row = rows.next();
        if (wanted.get(place)) {
          chosen.put(place, row);
        }
      }
      return chosen;
    }

    private int[] order(int worker) {
      SplittableRandom random =
          new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (31L * epoch + worker));
      int[] order = IntStream.range(0, sizes[worker]).toArray();
      for (int i = order.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[other];
        order[other] = swapped;
      }
      return order;
    }
  }

  /**
   * Where a row goes: scattered, but the same for the same row. Two tables may have rows of one
   * name; their values tell them apart.
   */
  private record Place(int scattered, String row, long digest)
      implements Comparable<Place>, Serializable {
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::scattered)
            .thenComparing(Place::row)
            .thenComparingLong(Place::digest);

    static Place of(LabelledInput row, long seed) {
      String name = row.recording() + "\0" + row.variant();
      long mixed = new SplittableRandom(seed ^ name.hashCode()).nextLong();
      return new Place((int) (mixed >>> 33), name, row.digest());
    }

    @Override
    public int hashCode() {
      return scattered;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place place && compareTo(place) == 0;
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }
}
