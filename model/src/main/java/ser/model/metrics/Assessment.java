package ser.model.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import ser.model.Emotion;
import ser.model.Gender;

/**
 * All that a report says about predictions: of whom, how sure, and where they fail.
 *
 * @param confusion actual against predicted emotions
 * @param report the overall numbers
 * @param range of the unweighted average recall over speakers; empty with fewer than two
 * @param groups the same numbers for parts of the recordings
 * @param confidence what the probabilities are worth
 * @param mistakes where it fails
 */
public record Assessment(
    ConfusionMatrix confusion,
    ClassificationReport report,
    Optional<SpeakerBootstrap> range,
    Groups groups,
    Confidence confidence,
    Mistakes mistakes) {
  private static final int MOST_PAIRS = 12;
  private static final int MOST_RECORDINGS = 20;

  /** Stands for an intensity that a corpus does not state. */
  private static final String UNSTATED = "unstated";

  /**
   * Results by name of the group. A class that a group has no recordings of is left out of its
   * average recall, as in {@link ClassificationReport}: of a speaker with nothing but anger it is
   * the recall of anger.
   */
  public record Groups(
      SortedMap<String, ClassificationReport> speakers,
      SortedMap<String, ClassificationReport> genders,
      SortedMap<String, ClassificationReport> intensities,
      SortedMap<String, ClassificationReport> corpora) {}

  /** What the probabilities are worth. */
  public record Confidence(Calibration calibration, Coverage coverage) {}

  /**
   * @param pairs the most confused ones
   * @param hardest recordings whose own emotion got the lowest probabilities, the lowest first
   */
  public record Mistakes(List<ConfusedPair> pairs, List<Hard> hardest) {
    public Mistakes {
      pairs = List.copyOf(pairs);
      hardest = List.copyOf(hardest);
    }
  }

  /**
   * A recording and what was made of it.
   *
   * @param prediction of the recording
   * @param predicted the most probable emotion
   * @param probability of the emotion that it is
   */
  public record Hard(Prediction prediction, Emotion predicted, double probability) {}

  /**
   * @param seed of the bootstrap
   * @throws IllegalArgumentException if there is no prediction
   */
  public static Assessment of(Predictions predictions, long seed) {
    ConfusionMatrix confusion = predictions.confusion();
    return new Assessment(
        confusion,
        ClassificationReport.of(confusion),
        SpeakerBootstrap.of(predictions, seed),
        new Groups(
            reports(predictions, Subject::speaker),
            reports(predictions, subject -> genderOf(subject.gender())),
            reports(predictions, subject -> stated(subject.intensity())),
            reports(predictions, Subject::corpus)),
        new Confidence(Calibration.of(predictions), Coverage.of(predictions)),
        new Mistakes(ConfusedPair.of(confusion, MOST_PAIRS), hardest(predictions)));
  }

  /** Results of each group of recordings. */
  public static SortedMap<String, ClassificationReport> reports(
      Predictions predictions, Function<Subject, String> group) {
    SortedMap<String, ClassificationReport> reports = new TreeMap<>();
    predictions
        .by(group)
        .forEach(
            (name, members) -> reports.put(name, ClassificationReport.of(members.confusion())));
    return reports;
  }

  private static List<Hard> hardest(Predictions predictions) {
    return predictions.all().stream()
        .sorted(Comparator.comparing(predictions::probabilityOfTruth))
        .limit(MOST_RECORDINGS)
        .map(
            prediction ->
                new Hard(
                    prediction,
                    predictions.predicted(prediction),
                    predictions.probabilityOfTruth(prediction)))
        .toList();
  }

  private static String genderOf(Gender gender) {
    return gender == Gender.UNKNOWN ? UNSTATED : gender.label();
  }

  private static String stated(String intensity) {
    return intensity.isBlank() ? UNSTATED : intensity;
  }
}
