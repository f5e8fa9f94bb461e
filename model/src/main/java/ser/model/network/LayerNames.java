package ser.model.network;

import java.util.HashMap;
import java.util.Map;

/**
 * Names layers by kind and number, {@code conv1}, {@code bn1}, {@code dense1}, in the order in
 * which they are asked for: what the weights in a model file are called by. One for each network.
 */
public final class LayerNames {
  /** The last layer, which no recipe writes. */
  public static final String OUTPUT = "output";

  private final Map<String, Integer> counts = new HashMap<>();

  /** The next layer's name; dropout has none and is called as it is written. */
  public String next(LayerSpec layer) {
    String kind = kindOf(layer);
    // There can be one of these only.
    return layer instanceof LayerSpec.GlobalAveragePool
        ? kind
        : kind + counts.merge(kind, 1, Integer::sum);
  }

  private static String kindOf(LayerSpec layer) {
    if (layer instanceof LayerSpec.Convolution || layer instanceof LayerSpec.TimeConvolution) {
      return "conv";
    } else if (layer instanceof LayerSpec.BatchNorm) {
      return "bn";
    } else if (layer instanceof LayerSpec.Relu) {
      return "relu";
    } else if (layer instanceof LayerSpec.MaxPool) {
      return "maxpool";
    } else if (layer instanceof LayerSpec.MaxBlurPool) {
      return "blurpool";
    } else if (layer instanceof LayerSpec.GlobalAveragePool) {
      return "pool";
    } else if (layer instanceof LayerSpec.AttentivePool) {
      return "attention";
    } else if (layer instanceof LayerSpec.Dense) {
      return "dense";
    }
    return "dropout";
  }
}
