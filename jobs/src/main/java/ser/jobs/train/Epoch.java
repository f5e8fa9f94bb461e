package ser.jobs.train;

import java.util.OptionalDouble;

/**
 * What one pass over the training rows gave.
 *
 * @param epoch counted from 1
 * @param loss mean weighted cross-entropy over the steps
 * @param learningRate of its steps
 * @param validationMacroF1 on the validation speakers; empty without any
 * @param seconds wall time, statistics and validation included
 */
record Epoch(
    int epoch,
    double loss,
    double learningRate,
    OptionalDouble validationMacroF1,
    double seconds) {}
