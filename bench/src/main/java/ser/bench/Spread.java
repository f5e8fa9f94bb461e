package ser.bench;

import java.util.List;
import java.util.Locale;

/**
 * Median and range of a figure over rounds.
 *
 * @param median middle value, of an even number the mean of the middle two
 * @param least smallest value
 * @param most largest value
 */
record Spread(double median, double least, double most) {
  /**
   * @throws IllegalArgumentException if there are no values
   */
  static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no rounds, no median");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(n - 1));
  }

  /** With the two digits that a summary shows. */
  static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.0f (%.0f to %.0f)", median, least, most);
  }
}
