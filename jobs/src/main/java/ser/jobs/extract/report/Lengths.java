package ser.jobs.extract.report;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long the recordings of a group are, counted by hundredths of a second: exact enough for any
 * picture, small enough to be sent around, and the same in whatever order they are counted.
 */
final class Lengths implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double PER_SECOND = 100;

  private final TreeMap<Integer, Long> hundredths = new TreeMap<>();

  void add(double seconds) {
    hundredths.merge((int) Math.round(seconds * PER_SECOND), 1L, Long::sum);
  }

  void addAll(Lengths others) {
    others.hundredths.forEach((length, count) -> hundredths.merge(length, count, Long::sum));
  }

  long recordings() {
    return hundredths.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The shortest one, in seconds. */
  double shortest() {
    return hundredths.firstKey() / PER_SECOND;
  }

  /** The longest one, in seconds. */
  double longest() {
    return hundredths.lastKey() / PER_SECOND;
  }

  /**
   * The shortest length that at least some share of all do not exceed, in seconds.
   *
   * @param share above 0, at most 1; one half gives the (lower) median
   * @throws IllegalStateException if nothing was counted
   */
  double quantile(double share) {
    long wanted = (long) Math.ceil(share * recordings());
    long seen = 0;
    for (Map.Entry<Integer, Long> length : hundredths.entrySet()) {
      seen += length.getValue();
      if (seen >= wanted) {
        return length.getKey() / PER_SECOND;
      }
    }
    throw new IllegalStateException("no recording was counted");
  }

  /**
   * Counts in bins of equal width. The first and the last bin also hold what lies beyond them.
   *
   * @param fromS where the first bin begins, in seconds
   * @param toS where the last bin ends, in seconds
   */
  long[] histogram(double fromS, double toS, int bins) {
    long[] counts = new long[bins];
    hundredths.forEach(
        (length, count) -> {
          int bin = (int) Math.floor((length / PER_SECOND - fromS) / (toS - fromS) * bins);
          counts[Math.max(0, Math.min(bins - 1, bin))] += count;
        });
    return counts;
  }
}
