package ser.features.augment;

import java.util.random.RandomGenerator;
import ser.features.audio.Clip;
import ser.features.signal.Resampler;

/**
 * Plays a clip faster or slower, as a tape: duration and pitch change together (Ko et al. 2015,
 * "Audio augmentation for speech recognition"). The clip keeps its rate; at factors above 1 the
 * uppermost part of its band is lost.
 *
 * @param factor of the speed, within 0.5 and 2; 1.08 is 8% shorter and higher
 */
public record SpeedChange(Range factor) implements Augmentation {
  private static final int DENOMINATOR = 1_000;

  public SpeedChange {
    factor.within(0.5, 2, "speed");
  }

  @Override
  public String variant() {
    return "speed";
  }

  @Override
  public Augmented apply(Clip clip, RandomGenerator random) {
    double drawn = factor.draw(random);
    float[] samples = atSpeed(clip.samples(), drawn);
    return new Augmented(new Clip(FullScale.fit(samples), clip.sampleRateHz()), "factor=" + drawn);
  }

  /**
   * The samples as a tape at another speed would give them, {@code ceil(length / factor)} of them.
   *
   * @param factor taken to the nearest thousandth
   */
  static float[] atSpeed(float[] samples, double factor) {
    int numerator = (int) Math.rint(factor * DENOMINATOR);
    // Only the ratio of the rates counts.
    return new Resampler(numerator, DENOMINATOR).resample(samples);
  }
}
