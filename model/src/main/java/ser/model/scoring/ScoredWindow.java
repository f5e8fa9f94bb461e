package ser.model.scoring;

import java.util.List;

/**
 * What a model says about one window.
 *
 * @param startS where it begins, in seconds
 * @param endS where it ends, in seconds, at most the recording's end
 * @param probabilities by label, in the model's order; empty without speech
 */
public record ScoredWindow(double startS, double endS, List<Double> probabilities) {
  public ScoredWindow {
    if (!(startS >= 0 && endS >= startS)) {
      throw new IllegalArgumentException(
          "a window from %s s to %s s goes backwards".formatted(startS, endS));
    }
    probabilities = List.copyOf(probabilities);
  }

  /** True if the window was scored. */
  public boolean speech() {
    return !probabilities.isEmpty();
  }

  /**
   * Index of the most probable label; of equal ones the first in the model's order.
   *
   * @throws IllegalStateException without speech
   */
  public int best() {
    if (!speech()) {
      throw new IllegalStateException("a window without speech has no emotion");
    }
    return mostProbable(probabilities);
  }

  double centreS() {
    return (startS + endS) / 2;
  }

  static int mostProbable(List<Double> probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.size(); i++) {
      best = probabilities.get(i) > probabilities.get(best) ? i : best;
    }
    return best;
  }
}
