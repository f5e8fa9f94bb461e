package ser.bench.load;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What clients were told, and after how long.
 *
 * @param nanos of each prediction, from sending to the whole answer, in ascending order
 * @param others answers that are no prediction, by status
 * @param seconds that the clients asked for
 */
public record Answers(long[] nanos, Map<Integer, Long> others, double seconds) {
  public Answers {
    nanos = nanos.clone();
    Arrays.sort(nanos);
    others = new TreeMap<>(others);
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("%s s must be above 0".formatted(seconds));
    }
  }

  @Override
  public long[] nanos() {
    return nanos.clone();
  }

  /** One after the other, as one. */
  public static Answers joined(List<Answers> rounds) {
    Map<Integer, Long> others = new TreeMap<>();
    for (Answers round : rounds) {
      round.others.forEach((status, count) -> others.merge(status, count, Long::sum));
    }
    return new Answers(
        rounds.stream().map(round -> round.nanos).flatMapToLong(Arrays::stream).toArray(),
        others,
        rounds.stream().mapToDouble(Answers::seconds).sum());
  }

  public double predictionsPerSecond() {
    return nanos.length / seconds;
  }

  /**
   * Nearest rank: the least time within which that share of the predictions came.
   *
   * @param share above 0, at most 1
   * @return in milliseconds
   * @throws IllegalStateException if there was no prediction
   */
  public double quantileMs(double share) {
    if (nanos.length == 0) {
      throw new IllegalStateException("no client got a prediction, only " + others);
    }
    return nanos[Math.max(0, (int) Math.ceil(share * nanos.length) - 1)] / 1e6;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Answers that
        && Arrays.equals(nanos, that.nanos)
        && others.equals(that.others)
        && seconds == that.seconds;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(nanos) + others.hashCode();
  }

  @Override
  public String toString() {
    return Stream.of(0.5, 0.99)
        .map(share -> "p%.0f %.0f ms".formatted(100 * share, quantileMs(share)))
        .toList()
        .toString();
  }
}
