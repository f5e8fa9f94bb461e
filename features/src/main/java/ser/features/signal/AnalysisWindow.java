package ser.features.signal;

import ser.features.spec.FrameSpec;
import ser.features.spec.Window;

/**
 * A window in the middle of a frame: {@code (N - W) / 2} zeros before it, rounded down, as {@code
 * librosa.util.pad_center}.
 */
final class AnalysisWindow {
  private AnalysisWindow() {}

  /**
   * @return weights, shape [nFft]
   */
  static double[] of(FrameSpec spec) {
    return centredIn(spec.window(), spec.windowLength(), spec.nFft());
  }

  private static double[] centredIn(Window window, int windowLength, int frameLength) {
    double[] weights = new double[frameLength];
    int first = (frameLength - windowLength) / 2;
    for (int i = 0; i < windowLength; i++) {
      weights[first + i] = window.weight(i, windowLength);
    }
    return weights;
  }
}
