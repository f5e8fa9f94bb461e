package ser.model.drift;

import static ser.model.Require.require;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import ser.model.Emotion;

/**
 * How something is divided among emotions.
 *
 * @param shares by emotion, none negative, 1 in sum; an emotion that is missing has 0
 */
public record EmotionShares(Map<Emotion, Double> shares) {
  private static final double ROUNDING = 1e-6;

  /** What a share of 0 counts as in {@link #stability}, whose logarithm would have no end. */
  private static final double LEAST_SHARE = 1e-4;

  public EmotionShares {
    double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    require(
        Math.abs(sum - 1) < ROUNDING && shares.values().stream().allMatch(share -> share >= 0),
        "%s are no shares of a whole",
        shares);
    shares = Collections.unmodifiableMap(new EnumMap<>(shares));
  }

  /**
   * @param amounts seconds, recordings or shares of a larger whole, none negative
   * @return nothing, if they are all 0
   */
  public static Optional<EmotionShares> of(Map<Emotion, Double> amounts) {
    double sum = amounts.values().stream().mapToDouble(Double::doubleValue).sum();
    if (!(sum > 0)) {
      return Optional.empty();
    }
    Map<Emotion, Double> shares = new EnumMap<>(Emotion.class);
    amounts.forEach((emotion, amount) -> shares.put(emotion, amount / sum));
    return Optional.of(new EmotionShares(shares));
  }

  public double of(Emotion emotion) {
    return shares.getOrDefault(emotion, 0.0);
  }

  /**
   * Population stability index: the sum of {@code (p - q) ln(p / q)} over the emotions, which is
   * Jeffreys' divergence. 0 for the same shares, and the same from either side. Siddiqi 2006,
   * "Credit Risk Scorecards": below 0.1 no change to speak of, above 0.25 a large one. Shares below
   * {@value #LEAST_SHARE} count as that.
   */
  public double stability(EmotionShares other) {
    double sum = 0;
    for (Emotion emotion : ofEither(other)) {
      double p = Math.max(LEAST_SHARE, of(emotion));
      double q = Math.max(LEAST_SHARE, other.of(emotion));
      sum += (p - q) * Math.log(p / q);
    }
    return sum;
  }

  /**
   * Jensen-Shannon divergence in bits: from 0 for the same shares to 1 for shares that have no
   * emotion in common, and the same from either side. Lin 1991, "Divergence measures based on the
   * Shannon entropy".
   */
  public double divergence(EmotionShares other) {
    double sum = 0;
    for (Emotion emotion : ofEither(other)) {
      double p = of(emotion);
      double q = other.of(emotion);
      sum += (information(p, (p + q) / 2) + information(q, (p + q) / 2)) / 2;
    }
    return Math.max(0, Math.min(1, sum));
  }

  private static double information(double p, double mean) {
    return p == 0 ? 0 : p * Math.log(p / mean) / Math.log(2);
  }

  private Set<Emotion> ofEither(EmotionShares other) {
    Set<Emotion> emotions = new TreeSet<>(shares.keySet());
    emotions.addAll(other.shares.keySet());
    return emotions;
  }
}
