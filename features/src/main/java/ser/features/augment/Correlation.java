package ser.features.augment;

/** Normalised cross-correlation of stretches of one signal. */
final class Correlation {
  private final float[] signal;
  private final int length;

  /**
   * @param length samples of each stretch
   */
  Correlation(float[] signal, int length) {
    this.signal = signal;
    this.length = length;
  }

  /**
   * @param model where the stretch begins that is to be matched
   * @param first candidate
   * @param count of candidates, one after the other
   * @param otherwise the result if no candidate correlates above 0
   * @return where the candidate begins that correlates most; of equal ones the first
   */
  int best(int model, int first, int count, int otherwise) {
    float[] products = products(model, first, count);
    int best = otherwise;
    double most = 0;
    double energy = energy(first);
    for (int i = 0; i < count; i++) {
      if (products[i] > 0 && energy > 0) {
        // The model's energy is the same for all.
        double likeness = products[i] / Math.sqrt(energy);
        if (likeness > most) {
          most = likeness;
          best = first + i;
        }
      }
      energy += square(first + i + length) - square(first + i);
    }
    return best;
  }

  private double energy(int start) {
    double sum = 0;
    for (int i = start; i < start + length; i++) {
      sum += square(i);
    }
    return sum;
  }

  private double square(int i) {
    return (double) signal[i] * signal[i];
  }

  // The inner loop runs over candidates: with unit stride and without a sum that each turn waits
  // for, which the JIT compiler turns into SIMD code. Each sum has one order all the same.
  private float[] products(int model, int first, int count) {
    float[] products = new float[count];
    for (int i = 0; i < length; i++) {
      float value = signal[model + i];
      if (value != 0) {
        for (int candidate = 0; candidate < count; candidate++) {
          products[candidate] += value * signal[first + i + candidate];
        }
      }
    }
    return products;
  }
}
