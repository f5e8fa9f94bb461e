package ser.features.augment;

import ser.features.audio.Clip;

/**
 * A variant of a clip.
 *
 * @param clip finite samples within full scale
 * @param detail what was drawn, as {@code snr_db=17.312}
 */
public record Augmented(Clip clip, String detail) {}
