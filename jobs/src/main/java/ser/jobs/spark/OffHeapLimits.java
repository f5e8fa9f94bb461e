package ser.jobs.spark;

import static ser.model.Require.require;

import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/**
 * How much an executor may take outside its heap, before JavaCPP frees arrays or says that there is
 * no more.
 *
 * @param bytes of arrays
 * @param physicalBytes of the whole process
 */
record OffHeapLimits(long bytes, long physicalBytes) {
  private static final long MIB = 1 << 20;

  /** Threads, metaspace and buffers live outside both heap and arrays. */
  private static final long BESIDE = 512 * MIB;

  /** A training task takes about half of it with the recipes that there are. */
  private static final long PER_SLOT = 2048 * MIB;

  /** Of Spark, where nothing is said. */
  private static final double OVERHEAD_FACTOR = 0.1;

  private static final long LEAST_OVERHEAD = 384 * MIB;

  /** A container is killed at its limit; JavaCPP looks at what it takes now and then. */
  private static final double WITHIN_CONTAINER = 0.95;

  private static final String OVERHEAD = "spark.executor.memoryOverhead";

  OffHeapLimits {
    require(
        bytes > 0 && physicalBytes > bytes,
        "%s bytes of arrays do not fit into %s of a process",
        bytes,
        physicalBytes);
  }

  /**
   * @param heapBytes the most that the heap takes
   * @param cores of this machine
   * @param machineBytes memory of this machine
   */
  static OffHeapLimits of(SparkConf conf, long heapBytes, int cores, long machineBytes) {
    String master = conf.get("spark.master", "local[*]");
    boolean container = master.startsWith("yarn") || master.startsWith("k8s");
    if (!conf.contains(OVERHEAD) && !container) {
      return ofMachine(heapBytes, slots(conf, master, cores), machineBytes);
    }
    // The heap as it was asked for: collectors keep a part of it for themselves and say less.
    long heap =
        master.startsWith("local[") || !conf.contains("spark.executor.memory")
            ? heapBytes
            : Math.max(
                heapBytes, JavaUtils.byteStringAsMb(conf.get("spark.executor.memory")) * MIB);
    long overhead =
        conf.contains(OVERHEAD)
            ? JavaUtils.byteStringAsMb(conf.get(OVERHEAD)) * MIB
            : Math.max(
                LEAST_OVERHEAD,
                (long)
                    (heap
                        * conf.getDouble("spark.executor.memoryOverheadFactor", OVERHEAD_FACTOR)));
    long physical =
        container ? (long) (WITHIN_CONTAINER * (heap + overhead)) : heap + overhead + BESIDE;
    // Beside a small heap a large overhead has to hold what lives outside both.
    return new OffHeapLimits(Math.min(overhead, physical - Math.min(BESIDE, heap / 2)), physical);
  }

  /** Nobody has said how much: what its tasks may want, and no more than the machine has. */
  private static OffHeapLimits ofMachine(long heap, int slots, long machine) {
    long bytes = Math.max(heap, slots * PER_SLOT);
    long physical = Math.min(heap + bytes + BESIDE, Math.max(machine, 2 * heap + BESIDE));
    return new OffHeapLimits(Math.min(bytes, physical - BESIDE), physical);
  }

  private static int slots(SparkConf conf, String master, int cores) {
    String local = master.replaceFirst("^local\\[(\\d+)[,\\]].*$", "$1");
    int executor =
        local.equals(master) ? conf.getInt("spark.executor.cores", cores) : Integer.parseInt(local);
    return Math.max(1, executor / conf.getInt("spark.task.cpus", 1));
  }
}
