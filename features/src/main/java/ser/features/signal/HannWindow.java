package ser.features.signal;

/**
 * The periodic Hann window in the middle of a frame: {@code w[i] = 0.5 - 0.5 cos(2 pi i / W)}, as
 * {@code scipy.signal.get_window("hann", W, fftbins=True)}; {@code (N - W) / 2} zeros before it,
 * rounded down, as {@code librosa.util.pad_center}.
 */
public final class HannWindow {
  private HannWindow() {}

  /**
   * @param windowLength samples W of the window, above 0
   * @param frameLength samples N of the frame, at least W
   * @return weights, shape [frameLength]
   */
  public static double[] centredIn(int windowLength, int frameLength) {
    if (windowLength <= 0 || windowLength > frameLength) {
      throw new IllegalArgumentException(
          "window length %d must be from 1 to the frame length %d"
              .formatted(windowLength, frameLength));
    }
    double[] weights = new double[frameLength];
    int first = (frameLength - windowLength) / 2;
    for (int i = 0; i < windowLength; i++) {
      weights[first + i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / windowLength);
    }
    return weights;
  }
}
