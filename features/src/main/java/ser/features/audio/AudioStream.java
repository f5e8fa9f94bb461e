package ser.features.audio;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decoded samples, read forward in bounded memory whatever the length of the recording or the
 * claims of its header.
 */
public interface AudioStream extends Closeable {

  /** Container, codec, rate and channels; known from the header, before the first sample. */
  AudioFormat format();

  /**
   * Reads the next sample frames (one sample per channel).
   *
   * @param interleaved receives samples as fractions of full scale, channel after channel of each
   *     frame, from index 0
   * @return sample frames read, from 1 to {@code interleaved.length / channels}; -1 at the end
   * @throws UnreadableAudioException if the bytes are wrong from here on
   * @throws IOException if the storage fails
   */
  int read(float[] interleaved) throws IOException, UnreadableAudioException;

  /**
   * Passes over the next sample frames. Nothing is looked at that need not be.
   *
   * @return {@code frames}, fewer only at the end
   * @throws UnreadableAudioException if bytes that had to be looked at are wrong
   * @throws IOException if the storage fails
   */
  default long skip(long frames) throws IOException, UnreadableAudioException {
    int channels = format().channels();
    long left = frames;
    while (left > 0) {
      int count = read(new float[(int) Math.min(left, 4096) * channels]);
      if (count < 0) {
        break;
      }
      left -= count;
    }
    return frames - left;
  }

  /**
   * How many sample frames a file of this beginning holds, known from its size alone: that is so if
   * each has the same number of bytes, and if none can be wrong. Then {@link #skip} costs nothing,
   * and reading a recording piece by piece meets the same faults as reading it in one go.
   *
   * @param fileBytes size of the file
   * @return empty of all other streams
   */
  default OptionalLong framesIn(long fileBytes) {
    return OptionalLong.empty();
  }

  /** Whether samples are stored as integers, so that each is a finite fraction of full scale. */
  default boolean isInteger() {
    return false;
  }

  /**
   * After the end: what was wrong with a recording that could be read in part, such as {@link
   * RejectionReason#TRUNCATED}; empty for a whole one.
   */
  Optional<RejectionReason> defect();
}
