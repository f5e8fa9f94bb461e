package ser.jobs.train;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import ser.model.array.FloatBlock;

/**
 * A network in the middle of its training.
 *
 * @param parameters in DL4J's order; not copied
 * @param updaterState of the optimiser, in DL4J's order; empty where it has none; not copied
 * @param steps as the optimiser counts them: Adam's bias correction and dropout go by them
 */
@SuppressWarnings("ArrayRecordComponent")
record Weights(float[] parameters, float[] updaterState, int steps) implements Serializable {

  /** A copy of what a network has. */
  static Weights of(MultiLayerNetwork network) {
    INDArray updaterState = network.getUpdater().getStateViewArray();
    return new Weights(
        FloatBlock.values(network.params()),
        updaterState == null ? new float[0] : FloatBlock.values(updaterState),
        network.getIterationCount());
  }

  void into(MultiLayerNetwork network) {
    FloatBlock.write(parameters, network.params());
    if (updaterState.length > 0) {
      FloatBlock.write(updaterState, network.getUpdater().getStateViewArray());
    }
    network.setIterationCount(steps);
  }

  /** Whether they are those of such a network. */
  boolean fit(MultiLayerNetwork network) {
    INDArray state = network.getUpdater().getStateViewArray();
    return parameters.length == network.numParams()
        && updaterState.length == (state == null ? 0 : state.length());
  }

  boolean finite() {
    for (float value : parameters) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private Object writeReplace() {
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Math.multiplyExact(parameters.length + updaterState.length, Float.BYTES));
    bytes.asFloatBuffer().put(parameters).put(updaterState);
    return new Packed(bytes.array(), parameters.length, steps);
  }

  /**
   * Between processes: Java writes an array of bytes whole, and floats one by one, which takes
   * twice as long.
   */
  private record Packed(byte[] numbers, int parameters, int steps) implements Serializable {
    private Object readResolve() {
      FloatBuffer floats = ByteBuffer.wrap(numbers).asFloatBuffer();
      float[] first = new float[parameters];
      float[] rest = new float[floats.remaining() - parameters];
      floats.get(first).get(rest);
      return new Weights(first, rest, steps);
    }
  }
}
