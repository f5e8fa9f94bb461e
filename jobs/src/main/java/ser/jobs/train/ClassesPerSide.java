package ser.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.error.UserError;
import ser.model.Emotion;
import ser.model.split.HeldOut;
import ser.model.split.Side;
import ser.model.split.SpeakerSplit;
import ser.model.split.Split;

/**
 * Which emotions stand on which side. Each one must be trained on: a network never predicts
 * another. The test may lack some: recall is then averaged over those that it has, and the report
 * names the rest.
 */
record ClassesPerSide(SplitRows rows, List<Emotion> labels, Split split) {
  private static final Logger LOG = LoggerFactory.getLogger(ClassesPerSide.class);

  /**
   * @throws UserError naming the emotions without a training recording
   */
  void requireTrained() {
    List<Emotion> absent = absent(Side.TRAINING);
    if (!absent.isEmpty()) {
      throw new UserError(
          "Cannot train with split %s (%s): its training side has no recording of %s, and %s stand on the other sides. %s"
              .formatted(
                  split.protocol(), split.detail(), names(absent), elsewhere(absent), remedy()));
    }
  }

  /** Says which emotions the test, or what stops the training, cannot judge. */
  void warnOfAbsent() {
    for (Side side : List.of(Side.VALIDATION, Side.TEST)) {
      List<Emotion> absent = absent(side);
      if (rows.rowsOf(side) > 0 && !absent.isEmpty()) {
        LOG.warn(
            "No recording of {} is on the {} side of split {} ({}): its recall and F1 are means over the other emotions",
            names(absent),
            side.name().toLowerCase(java.util.Locale.ROOT),
            split.protocol(),
            split.detail());
      }
    }
  }

  /** Emotions without a row on a side, in the order of the labels. */
  List<Emotion> absent(Side side) {
    long[] counts = rows.countsOf(side, labels);
    List<Emotion> absent = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        absent.add(labels.get(i));
      }
    }
    return absent;
  }

  private long elsewhere(List<Emotion> emotions) {
    long recordings = 0;
    for (Side side : List.of(Side.VALIDATION, Side.TEST)) {
      long[] counts = rows.countsOf(side, labels);
      recordings += emotions.stream().mapToLong(emotion -> counts[labels.indexOf(emotion)]).sum();
    }
    return recordings;
  }

  private String remedy() {
    return split instanceof SpeakerSplit speakers && speakers.heldOut() instanceof HeldOut.Corpora
        ? "Tell apart what all corpora have, with ser.train.emotions = common."
        : "Leave it out with ser.train.emotions, or choose another split or seed.";
  }

  private static String names(List<Emotion> emotions) {
    return emotions.stream().map(Emotion::label).collect(Collectors.joining(", "));
  }
}
