package ser.bench.calls;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ser.bench.calls.Truth.Speech;
import ser.model.Emotion;

/**
 * How much of the speech in calls is labelled with its emotion, in seconds.
 *
 * <p>Windows overlap, and every instant shall count once: it is judged by the window whose middle
 * is nearest to it, so from half way to the middle of the one before to half way to the next one's.
 * Speech in a window without a label is labelled wrong.
 */
public final class CallAccuracy {
  /**
   * One window of a call.
   *
   * @param startS seconds from the call's begin
   * @param endS above the start
   * @param emotion empty if it was found to hold no speech
   */
  public record Labelled(double startS, double endS, Optional<Emotion> emotion) {
    double middleS() {
      return (startS + endS) / 2;
    }
  }

  /** Seconds of speech of one emotion. */
  public static final class Tally {
    private double speechS;
    private double correctS;
    private double unlabelledS;

    /** In all. */
    public double speechS() {
      return speechS;
    }

    /** With its emotion as label. */
    public double correctS() {
      return correctS;
    }

    /** In windows without a label, and in calls without windows. */
    public double unlabelledS() {
      return unlabelledS;
    }

    /** Labelled correctly; NaN where nothing was said. */
    public double share() {
      return correctS / speechS;
    }

    private void add(Tally other) {
      speechS += other.speechS;
      correctS += other.correctS;
      unlabelledS += other.unlabelledS;
    }
  }

  private final Map<Emotion, Tally> byEmotion = new EnumMap<>(Emotion.class);

  /**
   * Counts a call.
   *
   * @param speech of it
   * @param windows of it; their order does not matter
   */
  public void add(List<Speech> speech, List<Labelled> windows) {
    TreeMap<Double, Labelled> byMiddle = new TreeMap<>();
    windows.forEach(window -> byMiddle.put(window.middleS(), window));
    for (Speech spoken : speech) {
      Tally tally = byEmotion.computeIfAbsent(spoken.emotion(), emotion -> new Tally());
      tally.speechS += spoken.endS() - spoken.startS();
      if (byMiddle.isEmpty()) {
        tally.unlabelledS += spoken.endS() - spoken.startS();
        continue;
      }
      // From the window nearest to its start on, while they reach into it.
      Double middle = nearest(byMiddle, spoken.startS());
      double from = spoken.startS();
      while (from < spoken.endS()) {
        Double next = byMiddle.higherKey(middle);
        double to = next == null ? spoken.endS() : Math.min(spoken.endS(), (middle + next) / 2);
        if (to > from) {
          count(tally, byMiddle.get(middle), spoken.emotion(), to - from);
          from = to;
        }
        middle = next == null ? middle : next;
      }
    }
  }

  private static void count(Tally tally, Labelled window, Emotion emotion, double seconds) {
    if (window.emotion().isEmpty()) {
      tally.unlabelledS += seconds;
    } else if (window.emotion().get() == emotion) {
      tally.correctS += seconds;
    }
  }

  private static Double nearest(TreeMap<Double, Labelled> byMiddle, double timeS) {
    Double before = byMiddle.floorKey(timeS);
    Double behind = byMiddle.ceilingKey(timeS);
    if (before == null || behind == null) {
      return before == null ? behind : before;
    }
    return timeS - before <= behind - timeS ? before : behind;
  }

  /** By emotion of the truth, in their usual order; those that are never spoken are missing. */
  public Map<Emotion, Tally> byEmotion() {
    return new EnumMap<>(byEmotion);
  }

  /** Of all emotions. */
  public Tally all() {
    Tally all = new Tally();
    byEmotion.values().forEach(all::add);
    return all;
  }

  /** Mean of the emotions' shares, each as heavy as any other; NaN where nothing was said. */
  public double unweightedShare() {
    return byEmotion.values().stream()
        .filter(tally -> tally.speechS > 0)
        .mapToDouble(Tally::share)
        .average()
        .orElse(Double.NaN);
  }
}
