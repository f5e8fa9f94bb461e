package ser.features.audio;

import java.io.IOException;
import java.io.InputStream;

/** What this library reads by itself. */
enum BuiltInReader implements RecordingReader {
  INSTANCE;

  @Override
  public AudioStream open(InputStream in) throws IOException, UnreadableAudioException {
    return AudioReader.open(in);
  }

  @Override
  public void requireReady() {
    // Nothing is needed.
  }
}
