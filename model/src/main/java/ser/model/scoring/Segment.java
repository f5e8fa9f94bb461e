package ser.model.scoring;

import ser.model.Emotion;

/**
 * A stretch of a recording with one emotion.
 *
 * @param startS where it begins, in seconds
 * @param endS where it ends
 * @param confidence mean smoothed probability of the emotion over its windows
 * @param windows how many
 */
public record Segment(
    double startS, double endS, Emotion emotion, double confidence, long windows) {
  public Segment {
    if (!(startS >= 0 && endS > startS) || windows < 1) {
      throw new IllegalArgumentException(
          "a segment of %d windows from %s to %s s must have a length"
              .formatted(windows, startS, endS));
    }
  }
}
