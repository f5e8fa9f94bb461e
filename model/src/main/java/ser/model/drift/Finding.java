package ser.model.drift;

/**
 * One comparison of a run with the training data.
 *
 * @param measure what is compared
 * @param run what the run has
 * @param training what the training data has; what is not known is said to be
 * @param distance between them, as it is written
 * @param limit of the distance, as it is written
 * @param verdict what follows
 * @param warning a sentence; empty unless {@link Verdict#DRIFTED}
 */
public record Finding(
    Measure measure,
    String run,
    String training,
    String distance,
    String limit,
    Verdict verdict,
    String warning) {

  /** What can be compared. */
  public enum Measure {
    EMOTIONS("Emotion shares"),
    CONFIDENCE("Mean confidence"),
    INPUT("Levels of the features"),
    SAMPLE_RATE("Sample rate of the recordings"),
    BANDWIDTH("Bandwidth that is heard");

    private final String label;

    Measure(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** What follows from a comparison. */
  public enum Verdict {
    ALIKE("like the training data"),
    DRIFTED("different"),
    UNKNOWN("not known");

    private final String label;

    Verdict(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  static Finding unknown(Measure measure, String run, String training) {
    return new Finding(measure, run, training, "–", "–", Verdict.UNKNOWN, "");
  }
}
