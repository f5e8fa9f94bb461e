package ser.features.audio;

import java.io.Serializable;

/**
 * What a clip must be to be worth anything.
 *
 * @param minDurationS shorter ones are {@link RejectionReason#TOO_SHORT}; in seconds, 0 for none
 * @param maxDurationS longer ones are {@link RejectionReason#TOO_LONG}; in seconds. Also the bound
 *     of the memory that a clip takes
 * @param silentBelow a clip is {@link RejectionReason#SILENT} if every sample's magnitude is below
 *     this fraction of full scale; 0 for none
 */
public record ClipLimits(double minDurationS, double maxDurationS, double silentBelow)
    implements Serializable {
  /** Any clip of up to an hour. */
  public static final ClipLimits NONE = new ClipLimits(0, 3600, 0);

  public ClipLimits {
    if (!(minDurationS >= 0 && maxDurationS > minDurationS && maxDurationS < 100_000)) {
      throw new IllegalArgumentException(
          "shortest duration %s s must be at least 0 and below the longest, %s s, below 100000 s"
              .formatted(minDurationS, maxDurationS));
    }
    if (!(silentBelow >= 0 && silentBelow <= 1)) {
      throw new IllegalArgumentException(
          "silence threshold %s must be a fraction of full scale".formatted(silentBelow));
    }
  }
}
