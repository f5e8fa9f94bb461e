package ser.features.audio;

import java.util.Locale;

/**
 * Why a recording gives nothing. A recording has one reason, the first that applies in this order.
 * The names are those of the quarantine table and must not change.
 */
public enum RejectionReason {
  EMPTY_FILE,
  NO_AUDIO_DATA,
  NOT_AUDIO_CONTAINER,
  BAD_HEADER,
  INCONSISTENT_HEADER,
  TRUNCATED,
  CORRUPT_FRAME,
  STREAM_CHANGES,
  NON_FINITE_SAMPLES,
  IMPLAUSIBLE_RATE,
  UNSUPPORTED_CODEC,
  UNSUPPORTED_CONTAINER,
  TOO_SHORT,
  TOO_LONG,
  SILENT,
  DUPLICATE,
  UNLABELLED,
  CHANNEL_NOT_NAMED;

  /** The name in the quarantine table: {@code empty_file}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
