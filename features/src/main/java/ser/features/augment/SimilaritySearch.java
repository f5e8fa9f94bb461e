package ser.features.augment;

/**
 * Finds where a signal is most like another place of itself: first in averages over a few samples,
 * then around the best of those sample by sample. For one clip and one thread.
 */
final class SimilaritySearch {
  private final Correlation samples;
  private final Correlation averages;
  private final int reach;
  private final int step;

  /**
   * @param signal with margins that hold every stretch asked for
   * @param length samples that are compared
   * @param reach samples before and after the wanted place that may be chosen
   * @param step samples per average; 1 makes the first search the only one
   */
  SimilaritySearch(float[] signal, int length, int reach, int step) {
    this.reach = reach;
    this.step = step;
    samples = new Correlation(signal, length);
    averages = new Correlation(averages(signal, step), length / step);
  }

  private static float[] averages(float[] signal, int step) {
    float[] averages = new float[signal.length / step];
    for (int i = 0; i < averages.length; i++) {
      float sum = 0;
      for (int k = 0; k < step; k++) {
        sum += signal[i * step + k];
      }
      averages[i] = sum / step;
    }
    return averages;
  }

  /**
   * @param model where the stretch begins that is to be matched
   * @param wanted where the result should begin if nothing else mattered
   * @return at most {@code reach} and two steps from {@code wanted}; that itself if the model is
   *     silent or nothing is like it
   */
  int mostSimilar(int model, int wanted) {
    int steps = reach / step;
    int average = averages.best(model / step, wanted / step - steps, 2 * steps + 1, wanted / step);
    int about = wanted + (average - wanted / step) * step;
    return step == 1 ? about : samples.best(model, about - step, 2 * step + 1, about);
  }
}
