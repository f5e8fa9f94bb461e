package ser.jobs.results;

import com.fasterxml.jackson.databind.JsonNode;
import ser.report.page.Note;

/**
 * What a result depends on as much as on the network, and what therefore stands beside every
 * number.
 *
 * @param split by which recordings were held out
 * @param detail how exactly: {@code fold 2 of 5}; may be empty
 * @param normalise what the input's mean and deviation were taken over
 */
record Circumstances(String split, String detail, String normalise) {
  private static final String RANDOM = "random";
  private static final String DUPLICATES = "random-with-duplicates";
  private static final String NONE = "none";
  private static final String SPEAKER = "speaker";

  /** The detail of speakers that are drawn, as they are where nobody chose others. */
  private static final String DRAWN = "draw";

  /**
   * Of a report or a part of it, by its keys {@code split}, {@code split_detail}, {@code
   * normalise}.
   */
  static Circumstances of(JsonNode json) {
    return new Circumstances(
        json.path("split").asText(),
        json.path("split_detail").asText(),
        json.path("normalise").asText());
  }

  /** {@code split speakers (fold 2 of 5), normalise speaker (transductive)}. */
  String inWords() {
    return "split %s%s, normalise %s%s"
        .formatted(
            split,
            detail.isEmpty() || detail.equals(DRAWN) ? "" : " (" + detail + ")",
            normalise,
            transductive() ? " (transductive)" : "");
  }

  /** As the beginning of a sentence. */
  String asSentence() {
    return "S" + inWords().substring(1) + ".";
  }

  /** Whether the input of a test recording depends on other recordings of the test. */
  boolean transductive() {
    return normalise.equals(SPEAKER);
  }

  /** Whether voices of the test were heard in training. */
  boolean flattering() {
    return split.startsWith(RANDOM) || split.equals(NONE);
  }

  /** What the split means for its numbers. */
  String meaning() {
    return switch (split) {
      case DUPLICATES ->
          "Each recording counts twice, as in the popular copy of RAVDESS, and copies are drawn apart: most of the test was learnt by heart. These numbers say nothing about other recordings; they reproduce a published trap.";
      case RANDOM ->
          "Recordings were drawn at random, so the same voices stand in training and test. On people whom the model has never heard it is tens of points worse. For comparison with published numbers only.";
      case NONE ->
          "All recordings were judged, those that the model learnt from too: it has been told their answers.";
      default -> "Nobody who is tested was heard in training.";
    };
  }

  Note note() {
    String normalised =
        transductive()
            ? " Each speaker's recordings (and, with speaker-scores, what the model makes of them) are normalised by that speaker's own mean and deviation: no labels are used, but all of the speaker's recordings are (transductive). On a speaker of whom only a few recordings are known, or of only one mood, results are worse."
            : "";
    return new Note(
        flattering() ? Note.Level.WARNING : Note.Level.REMARK,
        flattering() ? "These numbers flatter: split %s.".formatted(split) : asSentence(),
        meaning() + normalised);
  }
}
