package ser.jobs.config;

import ser.model.network.LearningRateSchedule;

/**
 * How long a training lasts, and how its work is divided among workers.
 *
 * @param learningRate step size of the optimiser over the epochs
 * @param epochs passes over the training rows, at most
 * @param stopping when it ends before, and which epoch's weights it keeps
 * @param averaging how the work is divided
 * @param batchNormRows rows from which batch normalisation's statistics are recomputed, at most
 */
public record TrainingSchedule(
    LearningRateSchedule learningRate,
    EpochCount epochs,
    EarlyStopping stopping,
    Averaging averaging,
    int batchNormRows) {
  public TrainingSchedule {
    if (batchNormRows < 2) {
      throw new IllegalArgumentException(
          "batch-norm-rows %d must be at least 2".formatted(batchNormRows));
    }
  }
}
