package ser.jobs.config;

import ser.model.network.LearningRateSchedule;

/**
 * How long a training lasts, and how its work is divided among workers.
 *
 * @param learningRate step size of the optimiser over the epochs
 * @param epochs passes over the training rows, at most
 * @param patience epochs without a better validation score before the end
 * @param averaging how the work is divided
 * @param batchNormRows rows from which batch normalisation's statistics are recomputed, at most
 */
public record TrainingSchedule(
    LearningRateSchedule learningRate,
    EpochCount epochs,
    int patience,
    Averaging averaging,
    int batchNormRows) {
  public TrainingSchedule {
    require(patience > 0, "patience", patience, "at least 1");
    require(batchNormRows > 1, "batch-norm-rows", batchNormRows, "at least 2");
  }

  private static void require(boolean condition, String key, int value, String allowed) {
    if (!condition) {
      throw new IllegalArgumentException("%s %d must be %s".formatted(key, value, allowed));
    }
  }
}
