package ser.model.scoring;

import java.util.Locale;
import ser.model.file.ModelFile;
import ser.model.network.EmotionClassifier;
import ser.model.network.WindowClassifier;
import ser.model.onnx.OnnxClassifier;

/** What runs the network when recordings are scored. Their probabilities agree to 1e-5. */
public enum ScoringEngine {
  /** What it was trained on; needs nothing besides. */
  DL4J {
    @Override
    public WindowClassifier classifier(ModelFile model, int threads) {
      return EmotionClassifier.of(model);
    }

    @Override
    public boolean available() {
      return true;
    }
  },

  /** ONNX Runtime, whose jar must be on the class path. */
  ONNX {
    @Override
    public WindowClassifier classifier(ModelFile model, int threads) {
      return OnnxClassifier.of(model, threads);
    }

    @Override
    public boolean available() {
      try {
        Class.forName(RUNTIME, false, ScoringEngine.class.getClassLoader());
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }
  };

  private static final String RUNTIME = "ai.onnxruntime.OrtEnvironment";

  /**
   * A classifier for one task, which closes it.
   *
   * @param threads that work on one batch, at least 1; with DL4J OMP_NUM_THREADS says it
   * @throws IllegalArgumentException if the weights do not fit the architecture
   */
  public abstract WindowClassifier classifier(ModelFile model, int threads);

  /** Whether its classes are there. */
  public abstract boolean available();

  /** As the configuration writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the engines that exist, if it is none of them
   */
  public static ScoringEngine ofLabel(String label) {
    for (ScoringEngine engine : values()) {
      if (engine.label().equals(label)) {
        return engine;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is no engine; there are dl4j and onnx".formatted(label));
  }
}
