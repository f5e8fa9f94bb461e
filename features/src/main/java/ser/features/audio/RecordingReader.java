package ser.features.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/** Opens recordings, in the way that an operator has chosen; travels to where they are read. */
public interface RecordingReader extends Serializable {
  /** {@link AudioReader} alone. */
  static RecordingReader builtIn() {
    return BuiltInReader.INSTANCE;
  }

  /**
   * Reads the header.
   *
   * @param in read forward only; closed with the returned stream, left open when this throws
   * @throws UnreadableAudioException if this is no recording that can be read, with the reason
   * @throws IOException if the storage fails
   */
  AudioStream open(InputStream in) throws IOException, UnreadableAudioException;

  /**
   * Looks whether what this reader needs beside the recording is there, on this machine.
   *
   * @throws IOException if it is not, with what and why
   */
  void requireReady() throws IOException;
}
