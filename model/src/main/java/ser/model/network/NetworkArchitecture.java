package ser.model.network;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** The layers of a network. Inputs are NHWC: shape [batch][bands][frames][1]. */
public interface NetworkArchitecture extends Serializable {

  /** The name in configurations and model files. */
  String name();

  /**
   * The network without its weights.
   *
   * @throws IllegalArgumentException if the optimisation has not one class weight per class
   */
  MultiLayerConfiguration configuration(NetworkShape shape, Optimisation optimisation);

  /**
   * @throws IllegalArgumentException naming the architectures that exist, if there is none of that
   *     name
   */
  static NetworkArchitecture named(String name) {
    List<NetworkArchitecture> known = List.of(new MelCnn4Gap());
    return known.stream()
        .filter(architecture -> architecture.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No network architecture is called '%s'; there are %s"
                        .formatted(name, known.stream().map(NetworkArchitecture::name).toList())));
  }
}
