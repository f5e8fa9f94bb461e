package ser.features.audio;

import java.io.IOException;

/**
 * What stands in front of each frame (RFC 9639, section 9.1).
 *
 * @param blockSize samples per channel, 1 to 65535
 * @param sampleRateHz 0 if STREAMINFO is to be asked
 * @param bitsPerSample 0 if STREAMINFO is to be asked
 */
record FlacFrameHeader(
    int blockSize, int sampleRateHz, Stereo stereo, int channels, int bitsPerSample) {

  /** How two channels are stored. */
  enum Stereo {
    INDEPENDENT,
    LEFT_SIDE,
    SIDE_RIGHT,
    MID_SIDE
  }

  private static final int[] RATE_HZ = {
    0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
  };
  private static final int[] BITS = {0, 8, 12, -1, 16, 20, 24, 32};
  private static final int LARGEST_BLOCK = 65_535;

  /**
   * @throws UnreadableAudioException with {@link RejectionReason#CORRUPT_FRAME} if the next bytes
   *     are no frame header, with {@link RejectionReason#TRUNCATED} if the file ends in it
   */
  static FlacFrameHeader read(FlacBits bits) throws IOException, UnreadableAudioException {
    long start = bits.position();
    ByteSource bytes = new ByteSource(bits);
    // One byte at a time: who searches for a frame must not step over its first byte.
    int sync = bytes.next();
    int strategy = sync == 0xFF ? bytes.next() : 0;
    if ((strategy & 0xFE) != 0xF8) {
      throw corrupt("There is no frame at byte %d, but %02X.", start, sync);
    }
    int sizeAndRate = bytes.next();
    int channelsAndBits = bytes.next();
    bytes.skipCodedNumber();
    int sizeCode = sizeAndRate >> 4;
    int rateCode = sizeAndRate & 0xF;
    int channelCode = channelsAndBits >> 4;
    int bitsCode = channelsAndBits >> 1 & 7;
    if (sizeCode == 0
        || rateCode == 15
        || channelCode > 10
        || BITS[bitsCode] < 0
        || (channelsAndBits & 1) != 0) {
      throw corrupt(
          "The frame header at byte %d has reserved values: %02X %02X.",
          start, sizeAndRate, channelsAndBits);
    }
    int blockSize = blockSize(sizeCode, bytes);
    int rateHz = rateHz(rateCode, bytes);
    int expected = bytes.crc;
    int found = bytes.next();
    if (expected != found) {
      throw corrupt(
          "The frame header at byte %d has checksum %02X, not %02X.", start, found, expected);
    }
    if (blockSize > LARGEST_BLOCK) {
      throw new UnreadableAudioException(
          RejectionReason.INCONSISTENT_HEADER,
          "The frame at byte %d says %d samples; at most %d are allowed."
              .formatted(start, blockSize, LARGEST_BLOCK));
    }
    Stereo stereo = channelCode < 8 ? Stereo.INDEPENDENT : Stereo.values()[channelCode - 7];
    int channels = channelCode < 8 ? channelCode + 1 : 2;
    return new FlacFrameHeader(blockSize, rateHz, stereo, channels, BITS[bitsCode]);
  }

  private static int blockSize(int code, ByteSource bytes)
      throws IOException, UnreadableAudioException {
    return switch (code) {
      case 1 -> 192;
      case 2, 3, 4, 5 -> 576 << code - 2;
      case 6 -> bytes.next() + 1;
      case 7 -> (bytes.next() << 8 | bytes.next()) + 1;
      default -> 256 << code - 8;
    };
  }

  private static int rateHz(int code, ByteSource bytes)
      throws IOException, UnreadableAudioException {
    return switch (code) {
      case 12 -> bytes.next() * 1000;
      case 13 -> bytes.next() << 8 | bytes.next();
      case 14 -> (bytes.next() << 8 | bytes.next()) * 10;
      default -> RATE_HZ[code];
    };
  }

  private static UnreadableAudioException corrupt(String detail, Object... values) {
    return new UnreadableAudioException(RejectionReason.CORRUPT_FRAME, detail.formatted(values));
  }

  /** Bytes with their running checksum. */
  private static final class ByteSource {
    private final FlacBits bits;
    private int crc;

    ByteSource(FlacBits bits) {
      this.bits = bits;
    }

    int next() throws IOException, UnreadableAudioException {
      int value = (int) bits.readUnsigned(8);
      crc = FlacCrc.crc8(crc, value);
      return value;
    }

    /** The number of the frame or of its first sample, coded as UTF-8 codes characters. */
    void skipCodedNumber() throws IOException, UnreadableAudioException {
      int first = next();
      int following = Integer.numberOfLeadingZeros(~(first << 24)) - 1;
      if (following == 0 || following == 7) {
        throw corrupt("The frame number before byte %d begins with %02X.", bits.position(), first);
      }
      for (int i = 0; i < following; i++) {
        int value = next();
        if ((value & 0xC0) != 0x80) {
          throw corrupt("The frame number before byte %d has %02X.", bits.position(), value);
        }
      }
    }
  }
}
