package ser.features.augment;

import java.util.random.RandomGenerator;
import ser.features.audio.Clip;

/**
 * Adds white Gaussian noise. The signal-to-noise ratio is {@code 10 log10} of the energy of all
 * samples over the energy of the noise that was drawn, over the whole band of the clip's rate.
 *
 * @param snrDb signal-to-noise ratio in dB, within -20 and 100
 */
public record GaussianNoise(Range snrDb) implements Augmentation {
  public GaussianNoise {
    snrDb.within(-20, 100, "signal-to-noise ratio in dB");
  }

  @Override
  public String variant() {
    return "noise";
  }

  @Override
  public Augmented apply(Clip clip, RandomGenerator random) {
    double db = snrDb.draw(random);
    float[] noise = noise(clip.samples().length, random);
    double noiseEnergy = energy(noise);
    // The energy drawn, not the one expected: a short clip has the ratio too.
    double gain =
        noiseEnergy == 0
            ? 0
            : Math.sqrt(energy(clip.samples()) / noiseEnergy) * StrictMath.pow(10, -db / 20);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (clip.samples()[i] + gain * noise[i]);
    }
    return new Augmented(new Clip(FullScale.fit(noise), clip.sampleRateHz()), "snr_db=" + db);
  }

  // Marsaglia's polar method, with StrictMath: RandomGenerator does not say how its nextGaussian()
  // is computed, and Math may round in another way on another machine.
  private static float[] noise(int length, RandomGenerator random) {
    float[] noise = new float[length];
    for (int i = 0; i < length; ) {
      double x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      double s = x * x + y * y;
      if (s > 0 && s < 1) {
        double scale = Math.sqrt(-2 * StrictMath.log(s) / s);
        noise[i++] = (float) (x * scale);
        if (i < length) {
          noise[i++] = (float) (y * scale);
        }
      }
    }
    return noise;
  }

  private static double energy(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += (double) sample * sample;
    }
    return sum;
  }
}
