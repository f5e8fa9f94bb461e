package ser.features.augment;

import static ser.features.spec.Require.require;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import ser.features.audio.Clip;
import ser.features.signal.BandPass;
import ser.features.signal.Resampler;

/**
 * Sends a clip through a telephone line: 8 kHz, 300 to 3400 Hz (ITU-T G.712; the edges are stopped,
 * 350 to 3350 Hz pass whole), coded and decoded by G.711. The level is left as it is: a quiet clip
 * comes back with more of the coder's noise, as on a line. The result is at 8 kHz; a feature
 * extractor resamples it to its own rate like any recording.
 *
 * @param laws of which one is drawn, at least one
 */
public record TelephoneBand(Set<CompandingLaw> laws) implements Augmentation {
  /** Sample rate of a telephone line. */
  public static final int RATE_HZ = 8_000;

  private static final BandPass BAND = new BandPass(RATE_HZ, 300, 3_400, 50);

  public TelephoneBand {
    require(!laws.isEmpty(), "at least one companding law must be named");
    laws = Collections.unmodifiableSet(EnumSet.copyOf(laws));
  }

  @Override
  public String variant() {
    return "telephone";
  }

  @Override
  public Augmented apply(Clip clip, RandomGenerator random) {
    List<CompandingLaw> choice = List.copyOf(EnumSet.copyOf(laws));
    CompandingLaw law = choice.get((int) (random.nextDouble() * choice.size()));
    float[] line = new Resampler(clip.sampleRateHz(), RATE_HZ).resample(clip.samples());
    float[] samples = FullScale.fit(BAND.apply(line));
    law.roundTrip(samples);
    return new Augmented(new Clip(samples, RATE_HZ), "law=" + law.label());
  }
}
