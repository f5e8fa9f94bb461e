package ser.model.network;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * The layers of a network. Inputs are NHWC: shape [batch][bands][frames][channels]. Behind the last
 * layer comes the output: as many units as there are classes, with softmax.
 *
 * @param layers from input to output: convolutions and what belongs to them, then dense layers
 */
public record NetworkArchitecture(List<LayerSpec> layers) implements Serializable {

  /**
   * @throws IllegalArgumentException if a layer of convolutions follows one that leaves no image
   */
  public NetworkArchitecture {
    layers = List.copyOf(layers);
    LayerSpec last = null;
    for (LayerSpec layer : layers) {
      boolean ofConvolutions =
          !(layer instanceof LayerSpec.Dense || layer instanceof LayerSpec.Dropout);
      if (last != null && ofConvolutions) {
        throw new IllegalArgumentException(
            "'%s' cannot follow '%s', which leaves no rows and frames"
                .formatted(LayerText.print(layer), LayerText.print(last)));
      }
      if (leavesNoImage(layer)) {
        last = layer;
      }
    }
  }

  private static boolean leavesNoImage(LayerSpec layer) {
    return layer instanceof LayerSpec.Dense
        || layer instanceof LayerSpec.GlobalAveragePool
        || layer instanceof LayerSpec.AttentivePool;
  }

  /**
   * @param layers each as {@link LayerSpec} describes it
   * @throws IllegalArgumentException naming the layer that is not written as it should be
   */
  public static NetworkArchitecture parse(List<String> layers) {
    return new NetworkArchitecture(layers.stream().map(LayerText::parse).toList());
  }

  /** What {@link #parse} reads. */
  public List<String> toText() {
    return layers.stream().map(LayerText::print).toList();
  }

  /**
   * The network without its weights.
   *
   * @throws IllegalArgumentException if the optimisation has not one class weight per class, or the
   *     input is too small for the layers
   */
  public MultiLayerConfiguration configuration(NetworkShape shape, Optimisation optimisation) {
    return new LayerTranslation(shape, optimisation).of(layers);
  }
}
