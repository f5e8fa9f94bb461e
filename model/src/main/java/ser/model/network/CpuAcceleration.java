package ser.model.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import ser.model.network.onednn.OneDnnLayer;

/**
 * The switches that make DL4J fast on a CPU, and whether they took effect.
 *
 * @param helpers layers that run on oneDNN
 * @param missing layers that could, but fell back to slower built-in code
 * @param platformExtension the build of ND4J's natives that was asked for; empty for the plain one
 * @param ompThreads value of OMP_NUM_THREADS; empty where not set, which gives every task all cores
 */
public record CpuAcceleration(
    List<String> helpers, List<String> missing, String platformExtension, String ompThreads) {

  private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";
  private static final String PLATFORM_EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final String CRASH_REPORTS = "org.deeplearning4j.crash.reporting.enabled";

  public CpuAcceleration {
    helpers = List.copyOf(helpers);
    missing = List.copyOf(missing);
  }

  /**
   * Asks for the switches, where nobody has set them. Must run before the first class of ND4J is
   * loaded in a JVM; later calls change nothing.
   */
  public static void request() {
    setIfAbsent(HELPERS_DISABLED, "false");
    setIfAbsent(CRASH_REPORTS, "false");
    if (cpuHasAvx2()) {
      setIfAbsent(PLATFORM_EXTENSION, "-onednn-avx2");
    }
  }

  /** Looks at a network's layers. */
  public static CpuAcceleration of(MultiLayerNetwork network) {
    List<String> helpers = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Layer layer : network.getLayers()) {
      if (couldUseHelper(layer)) {
        (isFast(layer) ? helpers : missing).add(layer.conf().getLayer().getLayerName());
      }
    }
    String threads = System.getenv("OMP_NUM_THREADS");
    return new CpuAcceleration(
        helpers,
        missing,
        System.getProperty(PLATFORM_EXTENSION, ""),
        threads == null ? "" : threads);
  }

  /** True if every layer that has a oneDNN helper uses it. */
  public boolean complete() {
    return missing.isEmpty();
  }

  /** One line for the log. */
  @Override
  public String toString() {
    return "oneDNN helpers: %d loaded, %s; natives '%s'; OMP_NUM_THREADS %s; MALLOC_ARENA_MAX %s"
        .formatted(
            helpers.size(),
            missing.isEmpty() ? "none missing" : "MISSING for " + missing,
            platformExtension.isEmpty() ? "plain" : platformExtension.substring(1),
            ompThreads.isEmpty() ? "not set" : ompThreads,
            System.getenv().getOrDefault("MALLOC_ARENA_MAX", "not set"));
  }

  private static boolean isFast(Layer layer) {
    return layer instanceof OneDnnLayer ours ? ours.onOneDnn() : layer.getHelper() != null;
  }

  private static boolean couldUseHelper(Layer layer) {
    return layer instanceof ConvolutionLayer
        || layer instanceof BatchNormalization
        || layer instanceof SubsamplingLayer;
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static boolean cpuHasAvx2() {
    Path cpuInfo = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(cpuInfo)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(cpuInfo)) {
      return lines.anyMatch(line -> line.startsWith("flags") && line.contains(" avx2"));
    } catch (IOException e) {
      // Not knowing the CPU costs speed, nothing else: the plain build runs everywhere.
      return false;
    }
  }
}
