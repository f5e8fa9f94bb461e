package ser.model.input;

import static ser.model.Require.require;

import java.io.Serializable;

/**
 * Count, mean and sum of squared deviations per band, gathered matrix by matrix and merged over
 * partitions. In double and without sums of squares, so that any partitioning gives the same
 * statistics to 1e-9: Chan, Golub and LeVeque 1979, "Updating formulae and a pairwise algorithm for
 * computing sample variances". Mutable, for one thread.
 */
public final class NormaliserStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] mean;
  private final double[] squaredDeviations;
  private long frames;

  /** Statistics of nothing yet. */
  public NormaliserStatistics(int bands) {
    require(bands > 0, "%s bands must be above 0", bands);
    mean = new double[bands];
    squaredDeviations = new double[bands];
  }

  public int bands() {
    return mean.length;
  }

  /** Frames seen so far; each band has seen as many values. */
  public long frames() {
    return frames;
  }

  /** Mean of a band; 0 before the first frame. */
  public double meanOf(int band) {
    return mean[band];
  }

  /** Population variance of a band; 0 before the first frame. */
  public double varianceOf(int band) {
    return frames == 0 ? 0 : squaredDeviations[band] / frames;
  }

  /**
   * Adds the frames of an input that count.
   *
   * @return this
   * @throws IllegalArgumentException if its rows are of another number or a value is not finite;
   *     the statistics are then as before
   */
  public NormaliserStatistics add(InputMatrix input) {
    require(
        input.rows() == bands(),
        "an input of %s rows cannot be added to the statistics of %s",
        input.rows(),
        bands());
    NormaliserStatistics one = new NormaliserStatistics(bands());
    one.frames = input.validFrames();
    for (int band = 0; band < mean.length; band++) {
      one.fillBand(band, input);
    }
    return merge(one);
  }

  /**
   * Adds what other statistics have seen.
   *
   * @return this
   * @throws IllegalArgumentException if the other's number of bands differs
   */
  public NormaliserStatistics merge(NormaliserStatistics other) {
    require(
        other.bands() == bands(),
        "statistics of %s and of %s bands cannot be merged",
        bands(),
        other.bands());
    if (other.frames == 0) {
      return this;
    }
    long total = frames + other.frames;
    double otherShare = (double) other.frames / total;
    for (int band = 0; band < mean.length; band++) {
      double difference = other.mean[band] - mean[band];
      mean[band] += difference * otherShare;
      squaredDeviations[band] +=
          other.squaredDeviations[band] + difference * difference * frames * otherShare;
    }
    frames = total;
    return this;
  }

  /**
   * @throws IllegalArgumentException if no frame was seen
   */
  public Normaliser normaliser() {
    require(frames > 0, "Cannot fit a normaliser: there is no training row. Check the split.");
    float[] means = new float[bands()];
    float[] deviations = new float[bands()];
    for (int band = 0; band < means.length; band++) {
      means[band] = (float) mean[band];
      deviations[band] = (float) Math.sqrt(varianceOf(band));
    }
    return new Normaliser(means, deviations);
  }

  private void fillBand(int band, InputMatrix input) {
    float[] values = input.values();
    int from = band * input.frames();
    int to = from + input.validFrames();
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    require(Double.isFinite(sum), "band %s holds a value that is not finite", band);
    mean[band] = sum / frames;
    double squares = 0;
    for (int i = from; i < to; i++) {
      double deviation = values[i] - mean[band];
      squares += deviation * deviation;
    }
    squaredDeviations[band] = squares;
  }
}
