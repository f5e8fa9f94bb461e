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
  private static final int BAR = 40;

  private final PrintStream out;
  private final List<Emotion> labels;
  private final boolean verbose;
  private final boolean timeline;

  TextLines(PrintStream out, List<Emotion> labels, boolean verbose, boolean timeline) {
    this.out = out;
    this.labels = labels;
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
            ? place + result(window.best(), window.probabilities())
            : place + NO_SPEECH);
  }

  @Override
  public void recording(String recording, RecordingSummary summary) {
    OptionalInt dominant = summary.dominant();
    String result =
        dominant.isPresent()
            ? result(dominant.getAsInt(), summary.meanProbabilities())
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

  private String result(int label, List<Double> probabilities) {
    return format("%-9s %5.1f%%", labels.get(label).label(), 100 * probabilities.get(label));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
