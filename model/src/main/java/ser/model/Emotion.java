package ser.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The canonical emotions that every corpus maps its own codes onto. Their order is the order of
 * classes in models, columns and reports, and must not change.
 */
public enum Emotion {
  NEUTRAL,
  CALM,
  HAPPY,
  SAD,
  ANGRY,
  FEARFUL,
  DISGUST,
  SURPRISED,
  BORED;

  /** The name in tables and files: {@code neutral}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the emotions that exist, if there is none of that label
   */
  public static Emotion ofLabel(String label) {
    for (Emotion emotion : values()) {
      if (emotion.label().equals(label)) {
        return emotion;
      }
    }
    throw new IllegalArgumentException(
        "No emotion is called '%s'; there are %s"
            .formatted(
                label,
                Arrays.stream(values()).map(Emotion::label).collect(Collectors.joining(", "))));
  }
}
