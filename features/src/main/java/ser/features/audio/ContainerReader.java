package ser.features.audio;

import java.io.IOException;

/** Reads one kind of file. Has no state of its own. */
interface ContainerReader {
  /** Bytes that {@link #recognises} is shown. */
  int HEAD_BYTES = 64;

  /**
   * Whether the file is of this kind.
   *
   * @param head the first bytes of the file, at most {@link #HEAD_BYTES}
   */
  boolean recognises(Bytes head);

  /** Reads the header; {@code in} stands at the bytes that were recognised. */
  AudioStream open(ForwardInput in) throws IOException, UnreadableAudioException;
}
