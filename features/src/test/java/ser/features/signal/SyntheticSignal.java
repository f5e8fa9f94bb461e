package ser.features.signal;

import ser.features.audio.Clip;

/** The second of sound of {@code golden/make_golden.py}: the same formula, step by step. */
final class SyntheticSignal {
  private static final int RATE_HZ = 16_000;

  private SyntheticSignal() {}

  /** Its noise, with most of the power far below any pitch. */
  static Clip rumble() {
    float[] samples = new float[RATE_HZ];
    long state = 12_345;
    double level = 0;
    for (int i = 0; i < samples.length; i++) {
      state = next(state);
      level = 0.98 * level + 0.1 * uniform(state);
      samples[i] = (float) level;
    }
    return new Clip(samples, RATE_HZ);
  }

  // Numerical Recipes' linear congruential generator.
  private static long next(long state) {
    return (1_664_525 * state + 1_013_904_223) % (1L << 32);
  }

  private static double uniform(long state) {
    return state / (double) (1L << 31) - 1;
  }

  static Clip clip() {
    return clip(RATE_HZ);
  }

  static Clip clip(int rateHz) {
    float[] samples = new float[rateHz];
    long state = 12_345;
    for (int i = 0; i < samples.length; i++) {
      state = next(state);
      double noise = uniform(state);
      double t = (double) i / rateHz;
      double y =
          0.3 * Math.sin(2 * Math.PI * 220 * t)
              + 0.2 * Math.sin(2 * Math.PI * 1250.5 * t)
              + 0.2 * Math.sin(2 * Math.PI * (100 * t + 3450 * t * t))
              + 0.02 * noise;
      samples[i] = (float) (i < 3 * rateHz / 4 ? y : y * 1e-4);
    }
    return new Clip(samples, rateHz);
  }
}
