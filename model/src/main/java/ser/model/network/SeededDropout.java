package ser.model.network;

import java.util.Objects;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import ser.model.array.FloatBlock;

/**
 * Dropout whose choices follow from its seed, the step, and the values that it is applied to.
 *
 * <p>DL4J draws from one generator that all threads of a JVM share, so two runs of a seed differ as
 * soon as two workers train in one. The values stand for the worker and its minibatch, which no
 * layer is told: other rows give other values, and the same rows in the same step the same ones.
 *
 * <p>What is kept is divided by the probability to be kept (inverted dropout), as DL4J does.
 */
public final class SeededDropout implements IDropout {
  private static final long serialVersionUID = 1L;

  private final double keep;
  private final long seed;
  private transient INDArray mask;

  /**
   * @param keep probability to keep a value, above 0 and at most 1
   * @param seed another for each layer
   */
  public SeededDropout(@JsonProperty("keep") double keep, @JsonProperty("seed") long seed) {
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException(
          "probability to keep a value is %s; it must be above 0 and at most 1".formatted(keep));
    }
    this.keep = keep;
    this.seed = seed;
  }

  @JsonProperty("keep")
  public double keep() {
    return keep;
  }

  @JsonProperty("seed")
  public long seed() {
    return seed;
  }

  @Override
  public INDArray applyDropout(
      INDArray values, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
    float[] input = FloatBlock.values(values);
    SplittableRandom random = new SplittableRandom(mixed(input, iteration));
    float[] factors = new float[Math.toIntExact(values.length())];
    float kept = (float) (1 / keep);
    for (int i = 0; i < factors.length; i++) {
      factors[i] = random.nextDouble() < keep ? kept : 0;
    }
    mask = workspaces.createUninitialized(ArrayType.INPUT, result.dataType(), result.shape(), 'c');
    FloatBlock.write(factors, mask);
    return values.mul(mask, result);
  }

  @Override
  public INDArray backprop(INDArray gradient, INDArray inputGradient, int iteration, int epoch) {
    if (mask == null) {
      throw new IllegalStateException("dropout was not applied before its gradient was asked for");
    }
    gradient.mul(mask, inputGradient);
    mask = null;
    return inputGradient;
  }

  @Override
  public void clear() {
    mask = null;
  }

  @Override
  public SeededDropout clone() {
    return new SeededDropout(keep, seed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeededDropout that && keep == that.keep && seed == that.seed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(keep, seed);
  }

  private long mixed(float[] values, int iteration) {
    long state = seed * 0x9E3779B97F4A7C15L + iteration;
    for (float value : values) {
      // FNV-1a over 32 bits at a time.
      state = (state ^ Float.floatToRawIntBits(value)) * 0x100000001B3L;
    }
    return state;
  }
}
