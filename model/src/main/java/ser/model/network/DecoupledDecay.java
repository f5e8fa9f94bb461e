package ser.model.network;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Weight decay that takes part in the step alone. DL4J's own counts in the score too, and the score
 * is what reports show as the loss.
 */
public final class DecoupledDecay implements Regularization {
  private static final long serialVersionUID = 1L;

  private final double share;

  /**
   * @param share of each weight that a step takes away, times the learning rate
   */
  public DecoupledDecay(@JsonProperty("share") double share) {
    this.share = share;
  }

  @JsonProperty("share")
  public double share() {
    return share;
  }

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.POST_UPDATER;
  }

  @Override
  public void apply(
      INDArray parameters, INDArray step, double learningRate, int iteration, int epoch) {
    step.addi(parameters.mul(share * learningRate));
  }

  @Override
  public double score(INDArray parameters, int iteration, int epoch) {
    return 0;
  }

  @Override
  public DecoupledDecay clone() {
    return new DecoupledDecay(share);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DecoupledDecay that && share == that.share;
  }

  @Override
  public int hashCode() {
    return Objects.hash(share);
  }
}
