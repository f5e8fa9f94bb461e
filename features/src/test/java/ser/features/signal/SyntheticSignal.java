package ser.features.signal;

import ser.features.audio.Clip;

/** The second of sound of {@code golden/make_golden.py}: the same formula, step by step. */
final class SyntheticSignal {
  private static final int RATE_HZ = 16_000;

  private SyntheticSignal() {}

  static Clip clip() {
    float[] samples = new float[RATE_HZ];
    long state = 12_345;
    for (int i = 0; i < samples.length; i++) {
      state = (1_664_525 * state + 1_013_904_223) % (1L << 32);
      double noise = state / (double) (1L << 31) - 1;
      double t = (double) i / RATE_HZ;
      double y =
          0.3 * Math.sin(2 * Math.PI * 220 * t)
              + 0.2 * Math.sin(2 * Math.PI * 1250.5 * t)
              + 0.2 * Math.sin(2 * Math.PI * (100 * t + 3450 * t * t))
              + 0.02 * noise;
      samples[i] = (float) (i < 3 * RATE_HZ / 4 ? y : y * 1e-4);
    }
    return new Clip(samples, RATE_HZ);
  }
}
