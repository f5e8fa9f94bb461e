package ser.model.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import ser.model.Emotion;

/**
 * How far the unweighted average recall would move with other speakers of the same kind. Speakers,
 * not recordings, are drawn: what one person says stands or falls together, and a range over
 * recordings would be several times too narrow. Percentile bootstrap: Efron and Tibshirani 1993,
 * "An Introduction to the Bootstrap", chapter 13.
 *
 * @param lower end of the range that holds 95% of the draws
 * @param upper end of it
 * @param speakers that were drawn from, at least 2
 * @param draws how many
 * @param seed of the draws
 */
public record SpeakerBootstrap(double lower, double upper, int speakers, int draws, long seed) {
  /** Share of the draws between the ends. */
  public static final double LEVEL = 0.95;

  /** Enough for the ends to move by less than a tenth of a point from seed to seed. */
  private static final int DRAWS = 2000;

  /**
   * In a draw that lacks an emotion, the average is over the others, as in {@link
   * ClassificationReport}.
   *
   * @return empty with fewer than two speakers, who tell nothing about others
   */
  public static Optional<SpeakerBootstrap> of(Predictions predictions, long seed) {
    List<long[][]> speakers =
        predictions.by(Subject::speaker).values().stream()
            .map(speaker -> speaker.confusion().toArray())
            .toList();
    if (speakers.size() < 2) {
      return Optional.empty();
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] recalls = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      recalls[draw] = averageRecall(drawn(speakers, random, predictions.labels()));
    }
    Arrays.sort(recalls);
    return Optional.of(
        new SpeakerBootstrap(
            quantile(recalls, (1 - LEVEL) / 2),
            quantile(recalls, (1 + LEVEL) / 2),
            speakers.size(),
            DRAWS,
            seed));
  }

  private static long[][] drawn(
      List<long[][]> speakers, SplittableRandom random, List<Emotion> labels) {
    long[][] sum = new long[labels.size()][labels.size()];
    for (int place = 0; place < speakers.size(); place++) {
      long[][] speaker = speakers.get(random.nextInt(speakers.size()));
      for (int actual = 0; actual < sum.length; actual++) {
        for (int predicted = 0; predicted < sum.length; predicted++) {
          sum[actual][predicted] += speaker[actual][predicted];
        }
      }
    }
    return sum;
  }

  private static double averageRecall(long[][] confusion) {
    double recalls = 0;
    int classes = 0;
    for (int actual = 0; actual < confusion.length; actual++) {
      long recordings = Arrays.stream(confusion[actual]).sum();
      if (recordings > 0) {
        recalls += (double) confusion[actual][actual] / recordings;
        classes++;
      }
    }
    return recalls / classes;
  }

  /** Between the neighbours, as numpy's default. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
