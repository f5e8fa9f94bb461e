package ser.model.metrics;

import static ser.model.Require.require;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How right the most confident answers are: what a model would reach that may abstain from the
 * rest.
 *
 * @param points from the smallest share to all recordings
 */
public record Coverage(List<Point> points) {
  /** Shares that are looked at: a twentieth, two, ... all. */
  private static final int STEPS = 20;

  /**
   * @param share of the recordings that are answered
   * @param recordings how many these are: the share rounded up, so at least 1
   * @param accuracy share of them that is right. Of recordings that are equally confident, some of
   *     which would be answered and some not, each counts as right as they are on average
   * @param confidence of the least confident one that is answered
   */
  public record Point(double share, long recordings, double accuracy, double confidence) {}

  public Coverage {
    points = List.copyOf(points);
  }

  /**
   * @throws IllegalArgumentException if there is no prediction
   */
  public static Coverage of(Predictions predictions) {
    require(predictions.size() > 0, "Cannot say how right the most confident of no answers are.");
    List<Prediction> sorted =
        predictions.all().stream()
            .sorted(Comparator.comparing(Prediction::confidence).reversed())
            .toList();
    double[] right = expectedRight(predictions, sorted);
    List<Point> points = new ArrayList<>();
    for (int step = 1; step <= STEPS; step++) {
      // In whole numbers: 0.15 * 20 is 3.0000000000000004 elsewhere.
      int recordings = (step * sorted.size() + STEPS - 1) / STEPS;
      points.add(
          new Point(
              (double) step / STEPS,
              recordings,
              right[recordings] / recordings,
              sorted.get(recordings - 1).confidence()));
    }
    return new Coverage(points);
  }

  /** Of the half that the network is surest of. */
  public Point half() {
    return points.get(STEPS / 2 - 1);
  }

  /** How many of the first n are right, for each n from 0 on. */
  private static double[] expectedRight(Predictions predictions, List<Prediction> sorted) {
    double[] right = new double[sorted.size() + 1];
    int first = 0;
    while (first < sorted.size()) {
      int start = first;
      float confidence = sorted.get(start).confidence();
      int end = start;
      while (end < sorted.size() && sorted.get(end).confidence() == confidence) {
        end++;
      }
      List<Prediction> equal = sorted.subList(start, end);
      double share =
          (double) equal.stream().filter(predictions::correct).count() / (double) equal.size();
      IntStream.range(start, end)
          .forEach(i -> right[i + 1] = right[start] + share * (i + 1 - start));
      first = end;
    }
    return right;
  }
}
