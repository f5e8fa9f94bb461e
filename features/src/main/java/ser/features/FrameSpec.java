package ser.features;

import static ser.features.Require.require;

import java.io.Serializable;

/**
 * How audio is cut into overlapping frames and windowed. Frames are centred: frame {@code t} is
 * centred on sample {@code t * hopLength}, and the clip counts as followed and preceded by silence.
 *
 * @param nFft FFT size in samples, a power of two
 * @param windowLength length of the periodic Hann window in samples, at most {@code nFft}; a
 *     shorter window stands in the middle of the frame
 * @param hopLength step between frame starts in samples, at most {@code nFft}
 */
public record FrameSpec(int nFft, int windowLength, int hopLength) implements Serializable {
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

  /** Frames of a clip of {@code samples} samples: {@code 1 + samples / hopLength}. */
  public int framesOf(long samples) {
    return Math.toIntExact(1 + samples / hopLength);
  }
}
