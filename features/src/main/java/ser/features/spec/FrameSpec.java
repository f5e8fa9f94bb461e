package ser.features.spec;

import static ser.features.spec.Require.require;

import java.io.Serializable;

/**
 * How audio is cut into overlapping frames and windowed.
 *
 * @param nFft FFT size in samples, a power of two
 * @param windowLength length of the window in samples, at most {@code nFft}; a shorter window
 *     stands in the middle of the frame
 * @param hopLength step between frame starts in samples, at most {@code nFft}
 * @param window shape of the window
 * @param centred whether frame {@code t} is centred on sample {@code t * hopLength}, with silence
 *     before and after the clip; else it starts there, and there are only frames that the clip
 *     fills. librosa's {@code center}
 */
public record FrameSpec(int nFft, int windowLength, int hopLength, Window window, boolean centred)
    implements Serializable {
  public FrameSpec {
    require(
        nFft >= 16 && nFft <= 1 << 16 && Integer.bitCount(nFft) == 1,
        "n_fft %s must be a power of two from 16 to 65536",
        nFft);
    require(
        windowLength > 0 && windowLength <= nFft,
        "window length %s must be above 0 and at most n_fft %s",
        windowLength,
        nFft);
    require(
        hopLength > 0 && hopLength <= nFft,
        "hop length %s must be above 0 and at most n_fft %s",
        hopLength,
        nFft);
  }

  /** Centred frames with a Hann window, librosa's defaults. */
  public FrameSpec(int nFft, int windowLength, int hopLength) {
    this(nFft, windowLength, hopLength, Window.HANN, true);
  }

  /**
   * Frames of a clip of {@code samples} samples, at least one: {@code 1 + samples / hopLength} if
   * centred, else {@code 1 + (samples - nFft) / hopLength}. A clip shorter than a frame that is not
   * centred counts as followed by silence; librosa refuses it.
   */
  public int framesOf(long samples) {
    long beyondFirst = centred ? samples : Math.max(0, samples - nFft);
    return Math.toIntExact(1 + beyondFirst / hopLength);
  }

  /** Length of the shortest clip that fills {@code frames} frames, in samples. */
  public long samplesOf(int frames) {
    return (frames - 1L) * hopLength + (centred ? 0 : nFft);
  }

  /** Where frame 0 begins, in samples from the start of the clip: 0 or below. */
  public int firstSample() {
    return centred ? -nFft / 2 : 0;
  }
}
