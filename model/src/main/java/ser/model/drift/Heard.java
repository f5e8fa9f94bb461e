package ser.model.drift;

import static ser.model.Require.require;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run has heard and made of it.
 *
 * @param calls with speech
 * @param emotions shares of the likeliest emotions of windows with speech, those that the model
 *     abstains from too
 * @param confidence of windows with speech
 * @param levels of the network's input in them
 * @param sampleRatesHz recordings by their own rate, in Hz
 */
public record Heard(
    long calls,
    Optional<EmotionShares> emotions,
    Confidence confidence,
    InputLevels levels,
    SortedMap<Integer, Long> sampleRatesHz) {

  /**
   * How alike the windows of a call are: the share of the variance that lies between calls. A
   * cautious guess; of what speakers do in one call, much is the same.
   */
  private static final double WITHIN_CALL = 0.2;

  /**
   * @param windows how many
   * @param sum of the probabilities of the likeliest emotions
   * @param squares sum of their squares
   */
  public record Confidence(long windows, double sum, double squares) {
    public Confidence {
      require(windows >= 0, "%s windows must not be negative", windows);
    }

    /** 0 of no windows. */
    public double mean() {
      return windows == 0 ? 0 : sum / windows;
    }

    /** Population standard deviation. */
    public double deviation() {
      return windows == 0 ? 0 : Math.sqrt(Math.max(0, squares / windows - mean() * mean()));
    }
  }

  public Heard {
    sampleRatesHz = Collections.unmodifiableSortedMap(new TreeMap<>(sampleRatesHz));
  }

  /**
   * As how many independent windows those of the run count: with m windows a call, n windows count
   * as n / (1 + (m - 1) rho). Kish 1965, "Survey Sampling", 5.4, with rho = {@value #WITHIN_CALL}.
   */
  public double independentWindows() {
    if (calls == 0 || confidence.windows() == 0) {
      return 0;
    }
    double perCall = (double) confidence.windows() / calls;
    return confidence.windows() / (1 + Math.max(0, perCall - 1) * WITHIN_CALL);
  }
}
