package ser.serve;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import ser.model.Emotion;
import ser.model.scoring.RecordingSummary;
import ser.model.scoring.ScoredWindow;

/** For eyes: {@code angry 97.5% PATH}. */
final class TextLines implements ResultPrinter {
  private static final String NO_SPEECH = "no speech";
  private static final String NOT_SURE = "not sure";
  private static final int BAR = 40;

  private final PrintStream out;
  private final List<Emotion> labels;
  private final double abstainBelow;
  private final boolean verbose;
  private final boolean timeline;

  /**
   * @param abstainBelow least probability of an emotion that is named
   */
  TextLines(
      PrintStream out,
      List<Emotion> labels,
      double abstainBelow,
      boolean verbose,
      boolean timeline) {
    this.out = out;
    this.labels = labels;
    this.abstainBelow = abstainBelow;
    this.verbose = verbose;
    this.timeline = timeline;
  }

  @Override
  public void window(String recording, ScoredWindow window) {
    if (!timeline) {
      return;
    }
    String place = format("%8.2f-%8.2f s  ", window.startS(), window.endS());
    out.println(
        window.speech()
            ? place + answer(window.best(), window.probabilities())
            : place + NO_SPEECH);
  }

  @Override
  public void recording(String recording, RecordingSummary summary) {
    OptionalInt dominant = summary.dominant();
    String result =
        dominant.isPresent()
            ? answer(dominant.getAsInt(), summary.meanProbabilities())
            : format("%-16s", NO_SPEECH);
    out.println(result + "  " + OneLine.of(recording));
    if (verbose && dominant.isPresent()) {
      for (int i = 0; i < labels.size(); i++) {
        double p = summary.meanProbabilities().get(i);
        String bar = "#".repeat((int) Math.round(p * BAR));
        out.println(("  " + result(i, summary.meanProbabilities()) + "  " + bar).stripTrailing());
      }
    }
  }

  private String answer(int label, List<Double> probabilities) {
    return probabilities.get(label) >= abstainBelow
        ? result(label, probabilities)
        : line(NOT_SURE, probabilities.get(label));
  }

  private String result(int label, List<Double> probabilities) {
    return line(labels.get(label).label(), probabilities.get(label));
  }

  private static String line(String text, double probability) {
    return format("%-9s %5.1f%%", text, 100 * probability);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
