package ser.jobs.train;

import java.util.Locale;
import ser.model.split.RecordingSplit;
import ser.model.split.Split;

/**
 * One way in which the test, or what ends the training, is not apart from what is trained on.
 *
 * @param kind which one
 * @param count how often it was found
 * @param example the first of them, as a sentence without a full stop
 */
record Leak(Kind kind, long count, String example) {

  /** What stands on two sides. */
  enum Kind {
    SPEAKER,
    AUDIO,
    RECORDING,
    VARIANT,
    EARLY_STOPPING;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Whether a protocol has it on purpose: random splits share voices, and one with duplicates
     * everything.
     */
    boolean isKnownOf(Split split) {
      return split instanceof RecordingSplit random && (this == SPEAKER || random.duplicated());
    }
  }

  /** With how many more there are. */
  String sentence() {
    return count == 1 ? example : "%s (and %d more like this)".formatted(example, count - 1);
  }
}
