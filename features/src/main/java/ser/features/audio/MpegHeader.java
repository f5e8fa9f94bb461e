package ser.features.audio;

import java.util.Optional;

/**
 * The four bytes that begin each frame of MPEG audio (ISO/IEC 11172-3 and 13818-3; MPEG-2.5 is
 * Fraunhofer's extension to the low rates).
 *
 * @param version 1 or 2; 3 stands for MPEG-2.5
 * @param layer 1 to 3
 * @param rateHz sample rate
 * @param channels 1 or 2
 * @param bytes length of the frame with its header; free-format frames, which do not tell it, are
 *     taken for none
 * @param checked whether a checksum follows the header
 */
record MpegHeader(int version, int layer, int rateHz, int channels, int bytes, boolean checked) {
  static final int BYTES = 4;

  private static final int MPEG_25 = 3;
  private static final int[] KBIT_1_LAYER_1 = {
    0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448
  };
  private static final int[] KBIT_1_LAYER_2 = {
    0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384
  };
  private static final int[] KBIT_1_LAYER_3 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] KBIT_2_LAYER_1 = {
    0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256
  };
  private static final int[] KBIT_2_LAYER_23 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int[] RATE_HZ_1 = {44_100, 48_000, 32_000};

  /** The header that stands at {@code at}; empty if those bytes are none. */
  static Optional<MpegHeader> at(Bytes bytes, int at) {
    if (at + BYTES > bytes.length() || bytes.u8(at) != 0xFF || bytes.u8(at + 1) < 0xE0) {
      return Optional.empty();
    }
    int versionCode = bytes.u8(at + 1) >> 3 & 3;
    int layer = 4 - (bytes.u8(at + 1) >> 1 & 3);
    int bitRate = bytes.u8(at + 2) >> 4;
    int rate = bytes.u8(at + 2) >> 2 & 3;
    if (versionCode == 1 || layer == 4 || bitRate == 0 || bitRate == 15 || rate == 3) {
      return Optional.empty();
    }
    int version = versionCode == 3 ? 1 : versionCode == 2 ? 2 : MPEG_25;
    int rateHz = RATE_HZ_1[rate] >> version - 1;
    int padding = bytes.u8(at + 2) >> 1 & 1;
    int length = length(version, layer, 1000 * kbit(version, layer)[bitRate], rateHz, padding);
    int channels = bytes.u8(at + 3) >> 6 == 3 ? 1 : 2;
    boolean checked = (bytes.u8(at + 1) & 1) == 0;
    return Optional.of(new MpegHeader(version, layer, rateHz, channels, length, checked));
  }

  private static int length(int version, int layer, int bitsPerSecond, int rateHz, int padding) {
    if (layer == 1) {
      return (12 * bitsPerSecond / rateHz + padding) * 4;
    }
    int slots = layer == 3 && version > 1 ? 72 : 144;
    return slots * bitsPerSecond / rateHz + padding;
  }

  private static int[] kbit(int version, int layer) {
    if (version == 1) {
      return layer == 1 ? KBIT_1_LAYER_1 : layer == 2 ? KBIT_1_LAYER_2 : KBIT_1_LAYER_3;
    }
    return layer == 1 ? KBIT_2_LAYER_1 : KBIT_2_LAYER_23;
  }

  /** Samples per channel of a layer III frame. */
  int samples() {
    return version == 1 ? 1152 : 576;
  }

  /** Bytes between the header, with its checksum, and the coded samples of a layer III frame. */
  int sideBytes() {
    if (version == 1) {
      return channels == 1 ? 17 : 32;
    }
    return channels == 1 ? 9 : 17;
  }

  /**
   * Whether frames of both can stand in one stream; the bit rate may change from one to the next.
   */
  boolean continues(MpegHeader other) {
    return version == other.version
        && layer == other.layer
        && rateHz == other.rateHz
        && channels == other.channels;
  }
}
