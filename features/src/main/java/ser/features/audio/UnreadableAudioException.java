package ser.features.audio;

import java.util.Objects;

/**
 * The bytes of a recording cannot be turned into samples. Never thrown for a fault of the storage:
 * that stays an {@link java.io.IOException}, which is tried again instead of quarantined.
 */
public final class UnreadableAudioException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;

  /**
   * @param detail one sentence: what was found where, with the value
   */
  public UnreadableAudioException(RejectionReason reason, String detail) {
    super(detail);
    this.reason = Objects.requireNonNull(reason);
  }

  public RejectionReason reason() {
    return reason;
  }
}
