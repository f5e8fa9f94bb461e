package ser.model.metrics;

import static ser.model.Require.require;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether confidences mean what they say: of recordings that are recognised with a probability of
 * 0.8, 80% should be right. Recordings are sorted into {@value #BINS} bins of equal width by the
 * probability of the predicted emotion; the first bin has its lower edge, all have their upper one:
 * Guo et al. 2017, "On Calibration of Modern Neural Networks".
 *
 * @param ece expected calibration error: the mean difference between a bin's accuracy and its mean
 *     confidence, weighted by recordings; 0 is perfect. Empty bins weigh nothing
 * @param bins those that hold a recording, from the least confident on
 */
public record Calibration(double ece, List<Bin> bins) {
  /** Bins between 0 and 1. */
  public static final int BINS = 15;

  /**
   * Recordings of about the same confidence.
   *
   * @param from lower edge
   * @param to upper edge
   * @param recordings at least 1
   * @param confidence mean probability of the predicted emotions
   * @param accuracy share that is right
   */
  public record Bin(double from, double to, long recordings, double confidence, double accuracy) {}

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * @throws IllegalArgumentException if there is no prediction: no number would be right then
   */
  public static Calibration of(Predictions predictions) {
    require(predictions.size() > 0, "Cannot say how well no predictions are calibrated.");
    long[] recordings = new long[BINS];
    long[] correct = new long[BINS];
    double[] confidences = new double[BINS];
    for (Prediction prediction : predictions.all()) {
      int bin = binOf(prediction.confidence());
      recordings[bin]++;
      correct[bin] += predictions.correct(prediction) ? 1 : 0;
      confidences[bin] += prediction.confidence();
    }
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    for (int i = 0; i < BINS; i++) {
      if (recordings[i] > 0) {
        double confidence = confidences[i] / recordings[i];
        double accuracy = (double) correct[i] / recordings[i];
        double from = (double) i / BINS;
        bins.add(new Bin(from, (i + 1.0) / BINS, recordings[i], confidence, accuracy));
        error += Math.abs(accuracy - confidence) * recordings[i];
      }
    }
    return new Calibration(error / predictions.size(), bins);
  }

  private static int binOf(float confidence) {
    return Math.max(0, Math.min(BINS, (int) Math.ceil((double) confidence * BINS)) - 1);
  }
}
