package ser.features.augment;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import ser.features.audio.Clip;

/**
 * Raises or lowers a clip and keeps its duration to the sample: stretched by {@link
 * WaveformOverlap}, then played at the speed that brings it back to its length. Formants move with
 * the pitch, as in {@code librosa.effects.pitch_shift}.
 *
 * @param semitones within -12 and 12; 12 doubles every frequency
 */
public record PitchShift(Range semitones) implements Augmentation {
  public PitchShift {
    semitones.within(-12, 12, "pitch shift in semitones");
  }

  @Override
  public String variant() {
    return "pitch";
  }

  @Override
  public Augmented apply(Clip clip, RandomGenerator random) {
    double drawn = semitones.draw(random);
    double ratio = StrictMath.pow(2, drawn / 12);
    int length = clip.samples().length;
    float[] stretched =
        new WaveformOverlap(clip.sampleRateHz())
            .stretch(clip.samples(), (int) Math.max(1, Math.rint(length * ratio)));
    // A ratio of whole numbers may give a sample more or less.
    float[] samples = Arrays.copyOf(SpeedChange.atSpeed(stretched, ratio), length);
    return new Augmented(
        new Clip(FullScale.fit(samples), clip.sampleRateHz()), "semitones=" + drawn);
  }
}
