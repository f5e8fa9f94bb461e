package ser.features.audio;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

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
