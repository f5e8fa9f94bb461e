package ser.jobs.gpu;

import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.nd4j.linalg.factory.Nd4j;
import ser.jobs.error.UserError;

/**
 * The GPU that Spark has given to a task: another one for each task that runs at the same time.
 *
 * @param address what the discovery script calls it: an index as of nvidia-smi
 */
public record TaskGpu(String address) {
  /** Spark's name of the resource, in {@code spark.task.resource.gpu.amount}. */
  public static final String RESOURCE = "gpu";

  /** Of the task that runs in this thread; empty for a task without, or no task at all. */
  public static Optional<TaskGpu> current() {
    TaskContext task = TaskContext.get();
    if (task == null) {
      return Optional.empty();
    }
    ResourceInformation gpus = task.resourcesJMap().get(RESOURCE);
    return gpus == null || gpus.addresses().length == 0
        ? Optional.empty()
        : Optional.of(new TaskGpu(gpus.addresses()[0]));
  }

  /**
   * Lets ND4J run on it whatever this thread asks for. On the CPU backend it changes nothing:
   * {@link #requireUsed} refuses that.
   */
  public void attachThread() {
    if (!Nd4j.getEnvironment().isCPU()) {
      // The order is nvidia-smi's: conf/spark/gpu-*.properties set CUDA_DEVICE_ORDER.
      Nd4j.getAffinityManager().unsafeSetDevice(ordinal());
    }
  }

  /**
   * The same for who relies on it. {@link GpuExecutors} asks the executors that are there when a
   * job begins; others come later, and Spark only logs what goes wrong where a task starts.
   *
   * @throws UserError if this executor would run on its CPU in silence
   */
  public void requireUsed() {
    if (Nd4j.getEnvironment().isCPU()) {
      String host =
          Optional.ofNullable(SparkEnv.get())
              .map(spark -> spark.blockManager().blockManagerId().host())
              .orElse("this machine");
      throw new UserError(
          "Cannot train on GPU %s of %s: the backend there is that of the CPU. Install the libraries of CUDA 11.6 and cuDNN 8.3 where the executor finds them, and use a build with -P cuda; or train without conf/spark/gpu-*.properties."
              .formatted(address, host));
    }
    attachThread();
  }

  /** Whether the discovery script gave one, as of nvidia-smi, and not a name. */
  boolean isIndex() {
    return address.matches("\\d{1,4}");
  }

  /**
   * @throws IllegalStateException if the discovery script did not give an index
   */
  int ordinal() {
    if (!isIndex()) {
      throw new IllegalStateException(
          "The GPU '%s' is no index as nvidia-smi gives it. Use conf/spark/gpu-discovery.sh."
              .formatted(address));
    }
    return Integer.parseInt(address);
  }
}
