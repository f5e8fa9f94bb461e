package ser.features.augment;

import java.io.Serializable;
import java.util.random.RandomGenerator;
import ser.features.audio.Clip;

/**
 * One way of making a variant of a clip, with ranges that its parameters are drawn from.
 *
 * <p>A result whose loudest sample would exceed full scale is scaled down as a whole to reach it
 * exactly, never clipped. Silence stays silence, except that companding has no code for zero. The
 * given clip is never changed.
 */
public sealed interface Augmentation extends Serializable
    permits GaussianNoise, PitchShift, TimeStretch, SpeedChange, TelephoneBand {

  /** Its name in column {@code variant}. */
  String variant();

  /**
   * @param clip finite samples, at least one
   * @param random the only source of chance: equal generators and clips give equal variants
   */
  Augmented apply(Clip clip, RandomGenerator random);
}
