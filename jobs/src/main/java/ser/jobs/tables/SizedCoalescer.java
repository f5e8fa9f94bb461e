package ser.jobs.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.TaskLocation;
import scala.Option;
import scala.collection.Seq;

/**
 * Puts neighbouring partitions of one machine together until they have a wanted size. Spark's own
 * coalescing counts partitions, whatever is in them. It asks for Scala's Serializable, which is
 * Java's own by another name.
 */
final class SizedCoalescer implements PartitionCoalescer, scala.Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ANYWHERE = "";

  private final long[] sizes;

  /**
   * @param sizes of the partitions
   */
  SizedCoalescer(long[] sizes) {
    this.sizes = sizes.clone();
  }

  @Override
  public PartitionGroup[] coalesce(int groups, RDD<?> parent) {
    Partition[] partitions = parent.partitions();
    Map<String, List<Partition>> byHost = new LinkedHashMap<>();
    long total = 0;
    for (Partition partition : partitions) {
      byHost.computeIfAbsent(host(parent, partition), host -> new ArrayList<>()).add(partition);
      total += sizes[partition.index()];
    }
    double wanted = Math.max(1, (double) total / groups);
    List<PartitionGroup> made = new ArrayList<>();
    byHost.forEach((host, own) -> made.addAll(divided(host, own, wanted)));
    return made.toArray(PartitionGroup[]::new);
  }

  /** Groups of about equal size, as near to the wanted one as their number allows. */
  private List<PartitionGroup> divided(String host, List<Partition> partitions, double wanted) {
    long total = partitions.stream().mapToLong(partition -> sizes[partition.index()]).sum();
    int groups = (int) Math.max(1, Math.min(partitions.size(), Math.round(total / wanted)));
    Map<Integer, PartitionGroup> made = new LinkedHashMap<>();
    double before = 0;
    for (Partition partition : partitions) {
      long size = sizes[partition.index()];
      double middle = total == 0 ? 0 : (before + size / 2.0) / total;
      made.computeIfAbsent(
              Math.min(groups - 1, (int) (middle * groups)),
              group -> new PartitionGroup(Option.apply(host.equals(ANYWHERE) ? null : host)))
          .partitions()
          .$plus$eq(partition);
      before += size;
    }
    return List.copyOf(made.values());
  }

  /** Where the partition is cached. */
  private static String host(RDD<?> parent, Partition partition) {
    Seq<TaskLocation> locations = parent.context().getPreferredLocs(parent, partition.index());
    return locations.isEmpty() ? ANYWHERE : locations.head().host();
  }
}
