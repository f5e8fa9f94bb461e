package ser.features.audio;

import java.io.IOException;
import java.util.Optional;

/**
 * Files without a signature, told by frames that follow one another: MPEG audio, AAC in ADTS, and
 * raw GSM 06.10. Layer III is decoded; of the others the reason says what was found.
 */
final class MpegFrames {
  private static final int ADTS_HEADER_BYTES = 7;
  private static final int GSM_FRAMES = 16;

  private MpegFrames() {}

  /**
   * Opens a file that no signature tells.
   *
   * @param in stands behind ID3 tags
   */
  static AudioStream open(ForwardInput in) throws IOException, UnreadableAudioException {
    boolean tagged = in.position() > 0;
    Bytes head = Bytes.bigEndian(in.peek(ForwardInput.LOOK_AHEAD));
    if (linked(head, 0, 2)) {
      return mpeg(in, head, 0);
    }
    if (adts(head, 0, 2)) {
      throw unsupported("AAC frames with ADTS headers");
    }
    if (gsmFrames(head)) {
      return GsmStream.raw(in);
    }
    // By chance alone, four linked frames do not stand in other data.
    int frames = tagged ? 2 : 4;
    for (int at = 1; at + MpegHeader.BYTES <= head.length(); at++) {
      if (linked(head, at, frames)) {
        return mpeg(in, head, at);
      }
      if (adts(head, at, frames)) {
        throw unsupported(
            "AAC frames with ADTS headers from byte %d".formatted(in.position() + at));
      }
    }
    if (tagged) {
      throw new UnreadableAudioException(
          RejectionReason.NO_AUDIO_DATA,
          "There is an ID3 tag of %d bytes and no audio frame behind it.".formatted(in.position()));
    }
    throw new UnreadableAudioException(
        RejectionReason.NOT_AUDIO_CONTAINER,
        "The first bytes (%s) are those of no known audio file.".formatted(hex(head)));
  }

  private static AudioStream mpeg(ForwardInput in, Bytes head, int at)
      throws IOException, UnreadableAudioException {
    MpegHeader first = MpegHeader.at(head, at).orElseThrow();
    if (first.layer() != 3) {
      throw unsupported("MPEG audio frames of layer %s".formatted("I".repeat(first.layer())));
    }
    in.skip(at);
    return new Mp3Stream(in, "mp3", first);
  }

  private static UnreadableAudioException unsupported(String what) {
    return new UnreadableAudioException(
        RejectionReason.UNSUPPORTED_CODEC, "The file holds %s.".formatted(what));
  }

  /**
   * Whether {@code count} frames of one kind follow one another from {@code at}, all complete.
   * Channels may differ: that is looked at when the frames are read.
   */
  static boolean linked(Bytes bytes, int at, int count) {
    int position = at;
    MpegHeader first = null;
    for (int i = 0; i < count; i++) {
      Optional<MpegHeader> header = MpegHeader.at(bytes, position);
      if (header.isEmpty() || position + header.get().bytes() > bytes.length()) {
        return false;
      }
      MpegHeader found = header.get();
      if (first == null) {
        first = found;
      } else if (found.version() != first.version()
          || found.layer() != first.layer()
          || found.rateHz() != first.rateHz()) {
        return false;
      }
      position += found.bytes();
    }
    return true;
  }

  private static boolean adts(Bytes bytes, int at, int count) {
    int position = at;
    for (int i = 0; i < count; i++) {
      int length = adtsLength(bytes, position);
      if (length == 0 || position + length > bytes.length()) {
        return false;
      }
      position += length;
    }
    return true;
  }

  private static int adtsLength(Bytes bytes, int at) {
    if (at + ADTS_HEADER_BYTES > bytes.length()
        || bytes.u8(at) != 0xFF
        || (bytes.u8(at + 1) & 0xF6) != 0xF0
        || (bytes.u8(at + 2) >> 2 & 0xF) > 12) {
      return 0;
    }
    int length = (bytes.u8(at + 3) & 3) << 11 | bytes.u8(at + 4) << 3 | bytes.u8(at + 5) >> 5;
    return length < ADTS_HEADER_BYTES ? 0 : length;
  }

  private static boolean gsmFrames(Bytes head) {
    for (int frame = 0; frame < GSM_FRAMES; frame++) {
      int at = frame * GsmDecoder.FRAME_BYTES;
      if (at >= head.length() || head.u8(at) >> 4 != GsmDecoder.SIGNATURE) {
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
