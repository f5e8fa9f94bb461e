package ser.jobs.train;

import java.util.Optional;

/**
 * What one pass over the training rows gave.
 *
 * @param epoch counted from 1
 * @param loss mean weighted cross-entropy over the steps
 * @param learningRate of its last round
 * @param validation what the validation rows gave; empty without any
 * @param seconds wall time, statistics and validation included
 */
record Epoch(
    int epoch, double loss, double learningRate, Optional<Validation> validation, double seconds) {
  /**
   * @param macroF1 over the emotions
   * @param loss mean cross-entropy, unweighted
   */
  record Validation(double macroF1, double loss) {}

  /** That of the validation rows, and without any that of the training. */
  double lossToJudgeBy() {
    return validation.map(Validation::loss).orElse(loss);
  }
}
