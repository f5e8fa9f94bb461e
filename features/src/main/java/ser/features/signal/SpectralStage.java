package ser.features.signal;

/**
 * A feature that is computed frame by frame from the short-time Fourier transform that all of them
 * share. One clip at a time: {@link #begin}, {@link #accept} for each frame in order, {@link
 * #finish}. Nothing is allocated per frame.
 */
public interface SpectralStage {
  /**
   * @param frames how many will come
   * @param values receives the feature, row-major, shape [coefficients][frames]
   */
  void begin(int frames, float[] values);

  /**
   * @param t index of the frame
   * @param spectrum holds the frame until this returns
   */
  void accept(int t, FrameSpectrum spectrum);

  /**
   * After the last frame; what needs the whole clip is done here.
   *
   * @return whether all frames must come once more
   */
  default boolean finish() {
    return false;
  }
}
