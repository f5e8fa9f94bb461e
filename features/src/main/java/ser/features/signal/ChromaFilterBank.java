package ser.features.signal;

/**
 * Weights of frequency bins in the 12 pitch classes from C: {@code librosa.filters.chroma} (Ellis,
 * "Chroma feature analysis and synthesis", 2007). Gaussian bumps of a semitone, or of a bin where
 * bins are wider, of unit length over the classes, times a Gaussian of 2 octaves around 880 Hz.
 * Never changes: safe to share between threads.
 */
final class ChromaFilterBank {
  static final int CLASSES = 12;

  private static final double CENTRE_OCTAVE = 5;
  private static final double OCTAVE_WIDTH = 2;

  /** Classes from A, as octaves are counted, to classes from C. */
  private static final int A_TO_C = 3;

  private final float[][] weights;

  /**
   * @param tuning deviation from A = 440 Hz, in semitones
   */
  ChromaFilterBank(int sampleRateHz, int nFft, double tuning) {
    int bins = nFft / 2 + 1;
    double a440 = 440 * Math.pow(2, tuning / CLASSES);
    double[] semitones = new double[bins + 1];
    for (int k = 1; k <= bins; k++) {
      double hz = k * ((double) sampleRateHz / nFft);
      semitones[k] = CLASSES * (Math.log(hz / (a440 / 16)) / Math.log(2));
    }
    // Bin 0 has no pitch: librosa places it far below the others.
    semitones[0] = semitones[1] - 1.5 * CLASSES;
    weights = new float[CLASSES][bins];
    double[] bump = new double[CLASSES];
    for (int k = 0; k < bins; k++) {
      double width = Math.max(1, semitones[k + 1] - semitones[k]);
      double squares = 0;
      for (int c = 0; c < CLASSES; c++) {
        double away = wrapped(semitones[k] - c) / width;
        bump[c] = Math.exp(-0.5 * 4 * away * away);
        squares += bump[c] * bump[c];
      }
      double octaves = (semitones[k] / CLASSES - CENTRE_OCTAVE) / OCTAVE_WIDTH;
      double scale = Math.exp(-0.5 * octaves * octaves) / Math.sqrt(squares);
      for (int c = 0; c < CLASSES; c++) {
        weights[c][k] = (float) (bump[(c + A_TO_C) % CLASSES] * scale);
      }
    }
  }

  /** Into -6 to 6 semitones. */
  private static double wrapped(double semitones) {
    double shifted = semitones + CLASSES / 2.0;
    return shifted - CLASSES * Math.floor(shifted / CLASSES) - CLASSES / 2.0;
  }

  /**
   * @param power shape [nFft / 2 + 1]
   * @param chroma receives shape [12], not normalised
   */
  void apply(double[] power, double[] chroma) {
    for (int c = 0; c < CLASSES; c++) {
      float[] w = weights[c];
      // Four sums, or each addition waits for the one before.
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      int k = 0;
      for (; k + 4 <= w.length; k += 4) {
        s0 += w[k] * power[k];
        s1 += w[k + 1] * power[k + 1];
        s2 += w[k + 2] * power[k + 2];
        s3 += w[k + 3] * power[k + 3];
      }
      for (; k < w.length; k++) {
        s0 += w[k] * power[k];
      }
      chroma[c] = (s0 + s1) + (s2 + s3);
    }
  }
}
