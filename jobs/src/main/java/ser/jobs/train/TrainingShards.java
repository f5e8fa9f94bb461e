package ser.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/**
 * The training rows, dealt out to the workers once and kept there. An epoch is a sequence of
 * rounds; in each one every worker takes as many minibatches of its own rows as lie between two
 * averagings. Each row comes once in an epoch, in an order that depends on seed, epoch and worker
 * alone.
 *
 * <p>DL4J's own way draws a random sample of the whole data set for every round, which reads all of
 * it each time and leaves rows out.
 */
final class TrainingShards implements AutoCloseable {
  private final JavaRDD<Shard> shards;
  private final Minibatches minibatches;
  private final int batchSize;
  private final int batchesPerRound;
  private final long seed;
  private final long rows;
  private final int rounds;

  private TrainingShards(
      JavaRDD<Shard> shards,
      Minibatches minibatches,
      int batchSize,
      int batchesPerRound,
      long seed) {
    this.shards = shards;
    this.minibatches = minibatches;
    this.batchSize = batchSize;
    this.batchesPerRound = batchesPerRound;
    this.seed = seed;
    List<Integer> sizes = shards.map(shard -> shard.rows().size()).collect();
    this.rows = sizes.stream().mapToLong(Integer::longValue).sum();
    int largest = Collections.max(sizes);
    this.rounds = dividedUp(dividedUp(largest, batchSize), batchesPerRound);
  }

  /** What one worker holds. */
  private record Shard(int index, List<LabelledInput> rows) implements Serializable {}

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
    JavaPairRDD<Place, LabelledInput> dealt =
        rows.mapToPair(row -> new Tuple2<>(Place.of(row, seed), row))
            .repartitionAndSortWithinPartitions(new HashPartitioner(workers));
    JavaRDD<Shard> shards =
        dealt
            .values()
            .mapPartitionsWithIndex(TrainingShards::shard, true)
            // Not serialised: a round takes some of the rows, and must not read them all.
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new TrainingShards(shards, minibatches, batchSize, batchesPerRound, seed);
  }

  /** Rows of all shards. */
  long rows() {
    return rows;
  }

  /** Averagings of one epoch. */
  int rounds() {
    return rounds;
  }

  /**
   * Minibatches of one round, one partition per worker.
   *
   * @param epoch counted from 1
   * @param round counted from 0
   */
  JavaRDD<DataSet> round(int epoch, int round) {
    Deal deal = new Deal(minibatches, batchSize, batchesPerRound, seed, epoch, round);
    return shards.flatMap(deal::minibatches);
  }

  @Override
  public void close() {
    shards.unpersist(false);
  }

  private static int dividedUp(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static Iterator<Shard> shard(int index, Iterator<LabelledInput> rows) {
    List<LabelledInput> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    return List.of(new Shard(index, all)).iterator();
  }

  /** Which rows of a shard make the minibatches of a round. */
  private record Deal(
      Minibatches minibatches, int batchSize, int batches, long seed, int epoch, int round)
      implements Serializable {

    Iterator<DataSet> minibatches(Shard shard) {
      int[] order = order(shard);
      int first = round * batches * batchSize;
      return IntStream.range(0, batches)
          .map(batch -> first + batch * batchSize)
          // Batch normalisation has no variance over one row.
          .filter(from -> Math.min(order.length, from + batchSize) - from > 1)
          .mapToObj(
              from ->
                  IntStream.range(from, Math.min(order.length, from + batchSize))
                      .mapToObj(i -> shard.rows().get(order[i]))
                      .toList())
          .map(rows -> minibatches.of(rows, epoch))
          .iterator();
    }

    private int[] order(Shard shard) {
      SplittableRandom random =
          new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (31L * epoch + shard.index()));
      int[] order = IntStream.range(0, shard.rows().size()).toArray();
      for (int i = order.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[other];
        order[other] = swapped;
      }
      return order;
    }
  }

  /** Where a row goes: scattered, but the same for the same row. */
  private record Place(int scattered, String row) implements Comparable<Place>, Serializable {

    static Place of(LabelledInput row, long seed) {
      String name = row.recording() + "\0" + row.variant();
      long mixed = new SplittableRandom(seed ^ name.hashCode()).nextLong();
      return new Place((int) (mixed >>> 33), name);
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
      int byPlace = Integer.compare(scattered, other.scattered);
      return byPlace != 0 ? byPlace : row.compareTo(other.row);
    }
  }
}
