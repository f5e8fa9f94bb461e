package org.nd4j.nativeblas;

/**
 * The name under which DL4J 1.0.0-M2.1 looks for ND4J's CPU environment before it loads its oneDNN
 * helpers. M2.1 itself moved the class, so without this forwarder every layer falls back to slower
 * built-in code: 11 instead of 37-45 training samples per second of the mel CNN on two cores.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** What {@code BaseMKLDNNHelper} calls by reflection. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    public static Environment getInstance() {
      return INSTANCE;
    }

    public boolean isUseMKLDNN() {
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
