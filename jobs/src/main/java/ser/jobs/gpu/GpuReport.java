package ser.jobs.gpu;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a task found out about its GPU.
 *
 * @param gpu where it is and what it is called
 * @param problem why it cannot be used, with the remedy; empty if it can
 */
record GpuReport(String gpu, String problem) implements Serializable {
  private static final String BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  /** Looks at the GPU of the task that runs in this thread. */
  static GpuReport ofTask(String host) {
    Optional<TaskGpu> gpu = TaskGpu.current();
    if (gpu.isEmpty()) {
      return new GpuReport(
          "no GPU on " + host,
          "Spark gave its tasks none. Set spark.task.resource.gpu.amount to 1");
    }
    String address = gpu.get().address();
    try {
      GpuReport report = of(host, address, NvidiaSmi.list());
      return report.usable() ? report.with(backendProblem()) : report;
    } catch (IOException e) {
      return new GpuReport(
          "GPU %s on %s".formatted(address, host),
          "its compute capability cannot be asked for: %s. Install the NVIDIA driver 510 or newer there"
              .formatted(e.getMessage()));
    }
  }

  /**
   * @param installed by index and UUID
   */
  static GpuReport of(String host, String address, Map<String, NvidiaSmi.Gpu> installed) {
    NvidiaSmi.Gpu gpu = installed.get(address);
    if (gpu == null) {
      return new GpuReport(
          "GPU %s on %s".formatted(address, host),
          "nvidia-smi knows %s only. Use conf/spark/gpu-discovery.sh as discovery script"
              .formatted(installed.isEmpty() ? "none" : installed.keySet()));
    }
    if (!new TaskGpu(address).isIndex()) {
      return new GpuReport(
          "GPU %s on %s".formatted(address, host),
          "the discovery script gave no index of nvidia-smi. Use conf/spark/gpu-discovery.sh");
    }
    String named =
        "GPU %s on %s (%s, compute capability %s)"
            .formatted(address, host, gpu.name(), gpu.capability());
    return new GpuReport(
        named,
        gpu.capability().supported()
            ? ""
            : "the CUDA backend of DL4J has kernels for compute capability %s, not for %s. Use another GPU, or train on CPUs without conf/spark/gpu-*.properties"
                .formatted(ComputeCapability.SUPPORTED, gpu.capability()));
  }

  boolean usable() {
    return problem.isEmpty();
  }

  private GpuReport with(String found) {
    return new GpuReport(gpu, found);
  }

  private static String backendProblem() {
    if (!Nd4j.getEnvironment().isCPU()) {
      return "";
    }
    return GpuReport.class.getClassLoader().getResource(BACKEND) == null
        ? "this build of ser has no CUDA backend. Build it with 'mvn -P cuda -DskipTests package'"
        : "the CUDA backend cannot be loaded there. Install the libraries of CUDA 11.6 and cuDNN"
            + " 8.3, and name their folder in spark.executor.extraLibraryPath";
  }
}
