package ser.jobs.train;

import java.io.Serializable;
import java.util.List;

/**
 * What one worker, or several together, have made of the weights between two averagings.
 *
 * @param place the worker's number, or that of the group of workers, from 0
 * @param rows that the steps were made on; 0 for a worker that had none left
 * @param weights mean over the rows, and the most steps that one worker counts; empty without rows
 * @param losses of all steps of all workers
 * @param failed steps whose loss was not finite, at which their workers stopped; in the order of
 *     the workers
 */
record Contribution(int place, long rows, Weights weights, Losses losses, List<FailedStep> failed)
    implements Serializable {
  private static final Weights NOTHING = new Weights(new float[0], new float[0], 0);

  Contribution {
    failed = List.copyOf(failed);
  }

  /**
   * @param sum over steps
   * @param count of steps
   */
  record Losses(double sum, long count) implements Serializable {
    Losses plus(Losses other) {
      return new Losses(sum + other.sum, count + other.count);
    }

    double mean() {
      return sum / count;
    }
  }

  /**
   * A step whose loss was not finite.
   *
   * @param worker its number, from 0
   * @param batch number of the minibatch among those since the last averaging, from 1
   * @param loss not a number, or infinite
   */
  record FailedStep(int worker, int batch, double loss) implements Serializable {}

  /** Of a worker that had no rows left. */
  static Contribution none(int place) {
    return new Contribution(place, 0, NOTHING, new Losses(0, 0), List.of());
  }

  /**
   * The mean, in which each row counts alike: one step of plain gradient descent of several workers
   * is then that of one machine on all their rows. Summed in the order of the list, in double: the
   * same contributions give the same bits.
   *
   * @param place of the result
   * @param parts not empty
   */
  static Contribution mean(int place, List<Contribution> parts) {
    List<Contribution> trained = parts.stream().filter(part -> part.rows > 0).toList();
    if (trained.isEmpty()) {
      return none(place);
    }
    return new Contribution(
        place,
        trained.stream().mapToLong(Contribution::rows).sum(),
        new Weights(
            mean(trained, trained.stream().map(part -> part.weights.parameters()).toList()),
            mean(trained, trained.stream().map(part -> part.weights.updaterState()).toList()),
            trained.stream().mapToInt(part -> part.weights.steps()).max().orElseThrow()),
        trained.stream().map(Contribution::losses).reduce(new Losses(0, 0), Losses::plus),
        trained.stream().flatMap(part -> part.failed.stream()).toList());
  }

  private static float[] mean(List<Contribution> parts, List<float[]> values) {
    double[] sums = new double[values.get(0).length];
    long rows = 0;
    for (int part = 0; part < parts.size(); part++) {
      float[] added = values.get(part);
      long weight = parts.get(part).rows;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += (double) added[i] * weight;
      }
      rows += weight;
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / rows);
    }
    return means;
  }
}
