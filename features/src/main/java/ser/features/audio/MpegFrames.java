package ser.features.audio;

import java.io.IOException;

/**
 * Files without a signature, told by frames that follow one another: MPEG audio, AAC in ADTS, and
 * raw GSM. None of them is decoded; the reason says what was found.
 */
final class MpegFrames {
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
  private static final int GSM_FRAME_BYTES = 33;
  private static final int GSM_FRAMES = 16;

  private MpegFrames() {}

  /** Why a file that no signature tells cannot be read; {@code in} stands after ID3 tags. */
  static UnreadableAudioException rejection(ForwardInput in) throws IOException {
    boolean tagged = in.position() > 0;
    Bytes head = Bytes.bigEndian(in.peek(ForwardInput.LOOK_AHEAD));
    if (wholeFrames(head, 0, 2)) {
      return unsupported("MPEG audio frames");
    }
    if (gsmFrames(head)) {
      return unsupported("raw GSM 06.10 frames");
    }
    // By chance alone, four linked frames do not stand in other data.
    int linked = tagged ? 2 : 4;
    for (int at = 1; at + 4 <= head.length(); at++) {
      if (wholeFrames(head, at, linked)) {
        return unsupported("MPEG audio frames from byte %d".formatted(in.position() + at));
      }
    }
    if (tagged) {
      return new UnreadableAudioException(
          RejectionReason.NO_AUDIO_DATA,
          "There is an ID3 tag of %d bytes and no audio frame behind it.".formatted(in.position()));
    }
    return new UnreadableAudioException(
        RejectionReason.NOT_AUDIO_CONTAINER,
        "The first bytes (%s) are those of no known audio file.".formatted(hex(head)));
  }

  private static UnreadableAudioException unsupported(String what) {
    return new UnreadableAudioException(
        RejectionReason.UNSUPPORTED_CODEC, "The file holds %s.".formatted(what));
  }

  /** Whether {@code count} frames of one kind follow one another from {@code at}, all complete. */
  private static boolean wholeFrames(Bytes bytes, int at, int count) {
    int position = at;
    int kind = -1;
    for (int i = 0; i < count; i++) {
      int length = position + 6 <= bytes.length() ? frameLength(bytes, position) : 0;
      if (length == 0 || position + length > bytes.length()) {
        return false;
      }
      // Version, layer and rate; the bit rate may change.
      int thisKind = (bytes.u8(position + 1) & 0xFE) << 8 | bytes.u8(position + 2) & 0x0C;
      if (kind >= 0 && kind != thisKind) {
        return false;
      }
      kind = thisKind;
      position += length;
    }
    return true;
  }

  /** Bytes of the frame whose header stands at {@code at}; 0 if there is none. */
  private static int frameLength(Bytes bytes, int at) {
    int second = bytes.u8(at + 1);
    if (bytes.u8(at) != 0xFF || (second & 0xE0) != 0xE0) {
      return 0;
    }
    int layer = 4 - (second >> 1 & 3);
    if (layer == 4) {
      return adtsLength(bytes, at);
    }
    int version = second >> 3 & 3;
    int bitRate = bytes.u8(at + 2) >> 4;
    int rate = bytes.u8(at + 2) >> 2 & 3;
    if (version == 1 || bitRate == 0 || bitRate == 15 || rate == 3) {
      return 0;
    }
    boolean first = version == 3;
    int rateHz = RATE_HZ_1[rate] >> (first ? 0 : version == 2 ? 1 : 2);
    int bitsPerSecond = 1000 * kbit(first, layer)[bitRate];
    int padding = bytes.u8(at + 2) >> 1 & 1;
    if (layer == 1) {
      return (12 * bitsPerSecond / rateHz + padding) * 4;
    }
    int slots = layer == 3 && !first ? 72 : 144;
    return slots * bitsPerSecond / rateHz + padding;
  }

  private static int[] kbit(boolean first, int layer) {
    if (first) {
      return layer == 1 ? KBIT_1_LAYER_1 : layer == 2 ? KBIT_1_LAYER_2 : KBIT_1_LAYER_3;
    }
    return layer == 1 ? KBIT_2_LAYER_1 : KBIT_2_LAYER_23;
  }

  private static int adtsLength(Bytes bytes, int at) {
    if ((bytes.u8(at + 1) & 0xF6) != 0xF0 || (bytes.u8(at + 2) >> 2 & 0xF) > 12) {
      return 0;
    }
    int length = (bytes.u8(at + 3) & 3) << 11 | bytes.u8(at + 4) << 3 | bytes.u8(at + 5) >> 5;
    return length < 7 ? 0 : length;
  }

  /** Each frame of raw GSM 06.10 begins with the nibble 0xD. */
  private static boolean gsmFrames(Bytes head) {
    for (int frame = 0; frame < GSM_FRAMES; frame++) {
      int at = frame * GSM_FRAME_BYTES;
      if (at >= head.length() || head.u8(at) >> 4 != 0xD) {
        return false;
      }
    }
    return true;
  }

  private static String hex(Bytes head) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(4, head.length()); i++) {
      text.append(i == 0 ? "" : " ").append("%02X".formatted(head.u8(i)));
    }
    return text.toString();
  }
}
