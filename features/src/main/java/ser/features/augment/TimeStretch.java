package ser.features.augment;

import java.util.random.RandomGenerator;
import ser.features.audio.Clip;

/**
 * Makes a clip shorter or longer and keeps its pitch, by {@link WaveformOverlap}.
 *
 * @param rate of the speech, within 0.5 and 2, as {@code librosa.effects.time_stretch}: 1.25 takes
 *     0.8 of the time
 */
public record TimeStretch(Range rate) implements Augmentation {
  public TimeStretch {
    rate.within(0.5, 2, "stretch rate");
  }

  @Override
  public String variant() {
    return "stretch";
  }

  @Override
  public Augmented apply(Clip clip, RandomGenerator random) {
    double drawn = rate.draw(random);
    int length = (int) Math.max(1, Math.rint(clip.samples().length / drawn));
    float[] samples = new WaveformOverlap(clip.sampleRateHz()).stretch(clip.samples(), length);
    return new Augmented(new Clip(FullScale.fit(samples), clip.sampleRateHz()), "rate=" + drawn);
  }
}
