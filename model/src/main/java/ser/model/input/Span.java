package ser.model.input;

import ser.features.FeatureMatrix;

/**
 * Neighbouring frames.
 *
 * @param first counted from 0
 * @param frames how many, at least 1
 */
record Span(int first, int frames) {

  /** From the first to the last frame whose loudest band comes near the loudest of all. */
  static Span above(FeatureMatrix logMel, double belowPeakDb) {
    float[] levels = new float[logMel.frames()];
    float peak = Float.NEGATIVE_INFINITY;
    for (int frame = 0; frame < levels.length; frame++) {
      float level = Float.NEGATIVE_INFINITY;
      for (int band = 0; band < logMel.coefficients(); band++) {
        level = Math.max(level, logMel.at(band, frame));
      }
      levels[frame] = level;
      peak = Math.max(peak, level);
    }
    double threshold = peak - belowPeakDb;
    int first = 0;
    while (levels[first] < threshold) {
      first++;
    }
    int last = levels.length - 1;
    while (levels[last] < threshold) {
      last--;
    }
    return new Span(first, last - first + 1);
  }
}
