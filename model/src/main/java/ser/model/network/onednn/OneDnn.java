package ser.model.network.onednn;

import org.bytedeco.dnnl.engine;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The oneDNN library, where this platform has it.
 *
 * <p>The system property {@value #DISABLED}, read whenever a network is made, leaves everything to
 * DL4J.
 */
public final class OneDnn {
  /** {@code true} makes networks without this package's primitives. */
  public static final String DISABLED = "ser.onednn.disable";

  private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);

  private OneDnn() {}

  /** True if layers that are made now run on oneDNN's primitives. */
  public static boolean available() {
    // The CUDA backend's arrays live on the GPU.
    return !Boolean.getBoolean(DISABLED) && Nd4j.getEnvironment().isCPU() && Library.CPU != null;
  }

  static engine cpu() {
    return Library.CPU;
  }

  /** Loaded once, at first use. */
  private static final class Library {
    static final engine CPU = load();

    private static engine load() {
      try {
        return new engine(engine.kind.cpu, 0);
      } catch (LinkageError | RuntimeException e) {
        LOG.warn(
            "oneDNN cannot be loaded ({}): networks run on DL4J's own layers, several times slower."
                + " Build with -Djavacpp.platform set to this platform, if oneDNN exists for it.",
            e.toString());
        return null;
      }
    }
  }
}
