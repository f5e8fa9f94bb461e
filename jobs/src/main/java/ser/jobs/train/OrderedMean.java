package ser.jobs.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The mean of what all workers contribute, in an order that depends on their numbers alone. Spark's
 * own treeAggregate adds in the order in which tasks end, which with three workers or more gives
 * other bits each time.
 */
final class OrderedMean {
  private OrderedMean() {}

  /**
   * @param workers one contribution per partition, each at its partition's place
   * @param depth levels of the tree; groups are formed only where the last level gets smaller by
   *     it, as Spark's treeAggregate decides it
   */
  static Contribution of(JavaRDD<Contribution> workers, int depth) {
    JavaRDD<Contribution> level = workers;
    int count = workers.getNumPartitions();
    int groupSize = Math.max((int) Math.ceil(Math.pow(count, 1.0 / depth)), 2);
    while (depth > 1 && count > groupSize + dividedUp(count, groupSize)) {
      count = dividedUp(count, groupSize);
      level =
          level
              .mapToPair(part -> new Tuple2<>(part.place() / groupSize, part))
              // The hash of a number is the number: group and partition are the same.
              .partitionBy(new HashPartitioner(count))
              .values()
              .mapPartitionsWithIndex(OrderedMean::group, true);
    }
    return mean(0, level.collect());
  }

  private static Iterator<Contribution> group(int place, Iterator<Contribution> parts) {
    List<Contribution> all = new ArrayList<>();
    parts.forEachRemaining(all::add);
    return List.of(mean(place, all)).iterator();
  }

  private static Contribution mean(int place, List<Contribution> parts) {
    return Contribution.mean(
        place, parts.stream().sorted(Comparator.comparingInt(Contribution::place)).toList());
  }

  private static int dividedUp(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
