package ser.features.audio;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/** Reads recordings that stand in memory. */
final class Recordings {
  private static final ClipReader READER = new ClipReader(ClipLimits.NONE);

  private Recordings() {}

  static DecodedClip read(byte[] file) throws IOException, UnreadableAudioException {
    return READER.read(new ByteArrayInputStream(file));
  }

  /** All samples of all channels, as the stream gives them. */
  static float[] interleaved(byte[] file) throws IOException, UnreadableAudioException {
    try (AudioStream stream = AudioReader.open(new ByteArrayInputStream(file))) {
      int channels = stream.format().channels();
      float[] all = new float[0];
      float[] block = new float[100 * channels];
      for (int count = stream.read(block); count >= 0; count = stream.read(block)) {
        int before = all.length;
        all = Arrays.copyOf(all, before + count * channels);
        System.arraycopy(block, 0, all, before, count * channels);
      }
      return all;
    }
  }

  static UnreadableAudioException rejection(byte[] file) {
    return catchThrowableOfType(UnreadableAudioException.class, () -> read(file));
  }
}
