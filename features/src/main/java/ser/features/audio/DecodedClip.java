package ser.features.audio;

import java.util.Optional;

/**
 * A recording that was read to its end, or as far as it went.
 *
 * @param clip its samples, averaged to mono, at the source's rate
 * @param source what its header says
 * @param defect why it is not whole; empty if it is
 */
public record DecodedClip(Clip clip, AudioFormat source, Optional<RejectionReason> defect) {}
