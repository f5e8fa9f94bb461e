package ser.jobs.train;

import org.apache.spark.util.DoubleAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Sums the loss of every step of every worker: DL4J itself keeps only that of the last averaging.
 */
final class LossHook implements TrainingHook {
  private static final long serialVersionUID = 1L;

  private final DoubleAccumulator losses;

  /**
   * @param losses one value per step; a step that Spark repeats counts twice
   */
  LossHook(DoubleAccumulator losses) {
    this.losses = losses;
  }

  @Override
  public void postUpdate(DataSet batch, Model model) {
    losses.add(model.score());
  }

  @Override
  public void preUpdate(DataSet batch, Model model) {}

  @Override
  public void preUpdate(MultiDataSet batch, Model model) {}

  @Override
  public void postUpdate(MultiDataSet batch, Model model) {}
}
