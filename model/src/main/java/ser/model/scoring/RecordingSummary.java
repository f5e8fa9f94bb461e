package ser.model.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A recording's windows summed up, as in the table {@code calls/}.
 *
 * @param durationS end of its last window, in seconds; 0 without windows
 * @param speechS time that windows with speech cover, each from its start to the next one's
 * @param windows how many, speech or not
 * @param meanProbabilities over the windows with speech, by label; empty without speech
 */
public record RecordingSummary(
    double durationS, double speechS, long windows, List<Double> meanProbabilities) {
  public RecordingSummary {
    if (!(durationS >= 0 && speechS >= 0 && windows >= 0)) {
      throw new IllegalArgumentException(
          "duration %s s, speech %s s and %d windows must not be negative"
              .formatted(durationS, speechS, windows));
    }
    meanProbabilities = List.copyOf(meanProbabilities);
  }

  /** Index of the dominant label, the one of the highest mean probability; none without speech. */
  public OptionalInt dominant() {
    return meanProbabilities.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(ScoredWindow.mostProbable(meanProbabilities));
  }

  /** Gathers windows in time. Memory does not grow with their number. */
  public static final class Builder {
    private double[] sums = new double[0];
    private long windows;
    private long scored;
    private double durationS;
    private double speechS;
    private double lastStartS;
    private double lastEndS;
    private boolean lastSpoke;

    /** The next window in time. */
    public void add(ScoredWindow window) {
      own(window.startS());
      windows++;
      durationS = Math.max(durationS, window.endS());
      lastStartS = window.startS();
      lastEndS = window.endS();
      lastSpoke = window.speech();
      if (window.speech()) {
        scored++;
        if (sums.length == 0) {
          sums = new double[window.probabilities().size()];
        }
        for (int i = 0; i < sums.length; i++) {
          sums[i] += window.probabilities().get(i);
        }
      }
    }

    public RecordingSummary build() {
      double ownedByLast = lastSpoke ? lastEndS - lastStartS : 0;
      List<Double> means = new ArrayList<>(sums.length);
      for (double sum : sums) {
        means.add(sum / scored);
      }
      return new RecordingSummary(durationS, speechS + ownedByLast, windows, means);
    }

    /** The window before owns the time up to the start of this one. */
    private void own(double untilS) {
      if (lastSpoke) {
        speechS += untilS - lastStartS;
      }
    }
  }
}
