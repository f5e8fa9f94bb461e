package ser.model.network;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Mean and variance of each channel, mergeable (Chan, Golub and LeVeque, 1979). */
final class ChannelMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private long count;
  private final double[] mean;
  private final double[] squares;

  private ChannelMoments(long count, double[] mean, double[] squares) {
    this.count = count;
    this.mean = mean;
    this.squares = squares;
  }

  /**
   * @param activations NHWC, or any array whose last dimension is the channel, in 'c' order
   */
  static ChannelMoments of(INDArray activations) {
    long channels = activations.size(activations.rank() - 1);
    long rows = activations.length() / channels;
    INDArray table = activations.reshape('c', rows, channels);
    // Sums as products with a vector of ones: BLAS streams the array once, reductions of ND4J do
    // not.
    INDArray ones = Nd4j.ones(1, rows);
    INDArray mean = ones.mmul(table).divi(rows);
    INDArray centred = table.subRowVector(mean.reshape(channels));
    INDArray squares = ones.mmul(centred.muli(centred));
    return new ChannelMoments(rows, mean.data().asDouble(), squares.data().asDouble());
  }

  /**
   * @param count values of each channel
   * @param variance biased
   */
  static ChannelMoments of(long count, INDArray mean, INDArray variance) {
    double[] squares = variance.toDoubleVector();
    for (int c = 0; c < squares.length; c++) {
      squares[c] *= count;
    }
    return new ChannelMoments(count, mean.toDoubleVector(), squares);
  }

  ChannelMoments copy() {
    return new ChannelMoments(count, mean.clone(), squares.clone());
  }

  void merge(ChannelMoments other) {
    long total = count + other.count;
    for (int c = 0; c < mean.length; c++) {
      double delta = other.mean[c] - mean[c];
      mean[c] += delta * other.count / total;
      squares[c] += other.squares[c] + delta * delta * count * other.count / total;
    }
    count = total;
  }

  float[] mean() {
    return toFloats(mean, 1);
  }

  /** The biased variance: what normalises a batch in training. */
  float[] variance() {
    return toFloats(squares, 1.0 / count);
  }

  private static float[] toFloats(double[] values, double factor) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) (values[i] * factor);
    }
    return floats;
  }
}
