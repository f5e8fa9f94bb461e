package ser.bench.stage;

import java.util.Random;

/** The clip of the benchmarks: no stage's time depends on what is said. */
final class Noise {
  /** Length, in seconds: benchmarks divide by it. */
  static final int SECONDS = 3;

  private static final long SEED = 20_260_101;

  private Noise() {}

  /** White noise at a quarter of full scale, always the same. */
  static float[] at(int rateHz) {
    Random random = new Random(SEED);
    float[] samples = new float[SECONDS * rateHz];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) random.nextGaussian() / 4;
    }
    return samples;
  }
}
