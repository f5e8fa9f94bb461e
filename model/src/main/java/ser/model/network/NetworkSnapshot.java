package ser.model.network;

import java.io.Serializable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import ser.model.array.FloatBlock;

/**
 * A network on its way to other machines.
 *
 * @param architecture its layers
 * @param shape its input and output
 * @param optimisation how it is trained
 * @param parameters all weights in DL4J's order; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record NetworkSnapshot(
    NetworkArchitecture architecture,
    NetworkShape shape,
    Optimisation optimisation,
    float[] parameters)
    implements Serializable {

  public static NetworkSnapshot of(
      MultiLayerNetwork network,
      NetworkArchitecture architecture,
      NetworkShape shape,
      Optimisation optimisation) {
    return new NetworkSnapshot(
        architecture, shape, optimisation, FloatBlock.values(network.params()));
  }

  /** A network of its own with these weights. */
  public MultiLayerNetwork restore() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(architecture.configuration(shape, optimisation));
    network.init(FloatBlock.of(parameters, 1, parameters.length), false);
    return network;
  }
}
