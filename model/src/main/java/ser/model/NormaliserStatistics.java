package ser.model;

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
   * Adds a matrix of {@code matrixFrames} frames.
   *
   * @param values row-major, shape [bands][matrixFrames]
   * @return this
   * @throws IllegalArgumentException if the shape is another or a value is not finite; the
   *     statistics are then as before
   */
  public NormaliserStatistics add(float[] values, int matrixFrames) {
    require(
        matrixFrames >= 0 && values.length == (long) bands() * matrixFrames,
        "%s values do not make %s bands x %s frames",
        values.length,
        bands(),
        matrixFrames);
    NormaliserStatistics one = new NormaliserStatistics(bands());
    one.frames = matrixFrames;
    for (int band = 0; band < mean.length && matrixFrames > 0; band++) {
      one.fillBand(band, values);
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

  private void fillBand(int band, float[] values) {
    int from = band * (int) frames;
    int to = from + (int) frames;
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
