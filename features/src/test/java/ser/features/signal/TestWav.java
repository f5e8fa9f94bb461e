package ser.features.signal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import ser.features.audio.Clip;

/**
 * Reads the well-formed WAV files of the golden values: 16-bit PCM and mu-law, averaged to mono.
 */
final class TestWav {
  private static final int PCM = 1;
  private static final int MU_LAW = 7;

  private TestWav() {}

  static Clip read(Path path) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    int format = 0;
    int channels = 0;
    int rateHz = 0;
    bytes.position(12);
    while (true) {
      int chunk = bytes.getInt();
      int size = bytes.getInt();
      int start = bytes.position();
      if (chunk == 0x20746d66) {
        format = bytes.getShort();
        channels = bytes.getShort();
        rateHz = bytes.getInt();
      } else if (chunk == 0x61746164) {
        return new Clip(mono(bytes, format, channels, size), rateHz);
      }
      bytes.position(start + size + size % 2);
    }
  }

  private static float[] mono(ByteBuffer bytes, int format, int channels, int size) {
    if (format != PCM && format != MU_LAW) {
      throw new IllegalArgumentException("format " + format);
    }
    float[] samples = new float[size / channels / (format == PCM ? 2 : 1)];
    for (int i = 0; i < samples.length; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += format == PCM ? bytes.getShort() : linear(bytes.get());
      }
      samples[i] = (float) (sum / channels / 32768);
    }
    return samples;
  }

  // ITU-T G.711.
  private static int linear(byte code) {
    int bits = ~code & 0xff;
    int magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
    return (bits & 0x80) != 0 ? -magnitude : magnitude;
  }
}
