package ser.jobs.spark;

import java.lang.management.ManagementFactory;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.gpu.TaskGpu;
import ser.model.network.CpuAcceleration;

/**
 * Prepares each executor before its first task, when ND4J is not loaded yet: DL4J's speed switches,
 * and limits of off-heap memory taken from the executor's own, so that JavaCPP frees arrays before
 * the container is killed for them. A task with a GPU runs on that one.
 */
public final class NativeSetup implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(NativeSetup.class);
  private static final String PLATFORM_EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final String MAX_BYTES = "org.bytedeco.javacpp.maxbytes";
  private static final String MAX_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxphysicalbytes";
  private static final long MIB = 1 << 20;

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extraConf) {
        if (context.resources().containsKey(TaskGpu.RESOURCE)) {
          preferCudnn();
        }
        CpuAcceleration.request();
        limitOffHeap(context.conf());
      }

      @Override
      public void onTaskStart() {
        TaskGpu.current().ifPresent(TaskGpu::attachThread);
      }
    };
  }

  /**
   * The build of the CPU's natives that {@link CpuAcceleration} asks for holds for all of JavaCPP:
   * with it the CUDA backend's library is not found in its jar.
   */
  private static void preferCudnn() {
    if (System.getProperty(PLATFORM_EXTENSION) == null) {
      System.setProperty(PLATFORM_EXTENSION, "-cudnn");
    }
  }

  private static void limitOffHeap(SparkConf conf) {
    OffHeapLimits limits =
        OffHeapLimits.of(
            conf,
            Runtime.getRuntime().maxMemory(),
            Runtime.getRuntime().availableProcessors(),
            machineBytes());
    setIfAbsent(MAX_BYTES, limits.bytes());
    setIfAbsent(MAX_PHYSICAL_BYTES, limits.physicalBytes());
    LOG.info(
        "Off-heap memory: at most {} MiB, {} MiB with the heap",
        Long.parseLong(System.getProperty(MAX_BYTES).replaceAll("\\D", "")) / MIB,
        Long.parseLong(System.getProperty(MAX_PHYSICAL_BYTES).replaceAll("\\D", "")) / MIB);
  }

  /** Of the container, if this runs in one. */
  private static long machineBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  private static void setIfAbsent(String property, long bytes) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Long.toString(bytes));
    }
  }
}
