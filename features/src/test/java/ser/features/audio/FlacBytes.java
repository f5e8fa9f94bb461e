package ser.features.audio;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Puts FLAC files together bit by bit: no encoder, but every field can be set, right or wrong. */
final class FlacBytes {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final int bitsPerSample;
  private final int channels;
  private byte[] pending = new byte[16];
  private int pendingBits;
  private int frames;

  /** STREAMINFO that leaves the number of samples open. */
  FlacBytes(int bitsPerSample, int channels, int rateHz) {
    this(bitsPerSample, channels, rateHz, 0);
  }

  FlacBytes(int bitsPerSample, int channels, int rateHz, long totalSamples) {
    this.bitsPerSample = bitsPerSample;
    this.channels = channels;
    bits(0x664C6143, 32).bits(0x80, 8).bits(34, 24);
    bits(16, 16).bits(4096, 16).bits(0, 48);
    bits(rateHz, 20).bits(channels - 1, 3).bits(bitsPerSample - 1, 5).bits(totalSamples, 36);
    bits(0, 64).bits(0, 64);
    flush();
  }

  FlacBytes bits(long value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      if (pendingBits == pending.length * 8) {
        pending = Arrays.copyOf(pending, 2 * pending.length);
      }
      if ((value >> i & 1) != 0) {
        pending[pendingBits / 8] |= (byte) (0x80 >> pendingBits % 8);
      }
      pendingBits++;
    }
    return this;
  }

  /** Starts a frame of the rate of STREAMINFO, with its checksum. */
  FlacBytes frameHeader(int blockSize, int channelCode, int bitsCode) {
    bits(0xFFF8, 16).bits(7, 4).bits(0, 4).bits(channelCode, 4).bits(bitsCode, 3).bits(0, 1);
    bits(frames++, 8).bits(blockSize - 1, 16);
    int crc = 0;
    for (int i = 0; i < pendingBits / 8; i++) {
      crc = FlacCrc.crc8(crc, pending[i] & 0xFF);
    }
    return bits(crc, 8);
  }

  /** Ends a frame with its checksum. */
  FlacBytes endFrame() {
    int length = (pendingBits + 7) / 8;
    int crc = 0;
    // The definition, bit by bit: the decoder's tables are not trusted here.
    for (int i = 0; i < length; i++) {
      crc ^= (pending[i] & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x8005) & 0xFFFF : crc << 1;
      }
    }
    pendingBits = 8 * length;
    bits(crc, 16);
    flush();
    return this;
  }

  FlacBytes verbatim(int width, long... samples) {
    bits(1 << 1, 8);
    for (long sample : samples) {
      bits(sample, width);
    }
    return this;
  }

  FlacBytes verbatimFrames(int count, int blockSize, int seed) {
    Random random = new Random(seed);
    for (int frame = 0; frame < count; frame++) {
      frameHeader(blockSize, channels - 1, 0);
      for (int c = 0; c < channels; c++) {
        verbatim(bitsPerSample, random.longs(blockSize).toArray());
      }
      endFrame();
    }
    return this;
  }

  FlacBytes raw(byte... bytes) {
    file.writeBytes(bytes);
    return this;
  }

  byte[] build() {
    return file.toByteArray();
  }

  private void flush() {
    file.write(pending, 0, (pendingBits + 7) / 8);
    pending = new byte[16];
    pendingBits = 0;
  }
}
