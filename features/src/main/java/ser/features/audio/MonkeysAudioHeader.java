package ser.features.audio;

import java.io.IOException;

/**
 * Whether the audio that the header of a Monkey's Audio file (before version 3.98) lists is there.
 */
final class MonkeysAudioHeader {
  private static final int HEADER_BYTES = 32;
  private static final int FIRST_NEW_LAYOUT = 3980;
  private static final int HAS_PEAK_LEVEL = 4;
  private static final int HAS_SEEK_ELEMENTS = 16;

  private MonkeysAudioHeader() {}

  static void check(ForwardInput in) throws IOException, UnreadableAudioException {
    Bytes header = Bytes.littleEndian(in.peek(HEADER_BYTES + 8));
    if (header.length() < HEADER_BYTES + 8) {
      throw truncated();
    }
    int flags = header.u16(8);
    if (header.u16(4) >= FIRST_NEW_LAYOUT || (flags & HAS_SEEK_ELEMENTS) == 0) {
      return;
    }
    int peakBytes = (flags & HAS_PEAK_LEVEL) == 0 ? 0 : 4;
    long frames = header.u32(HEADER_BYTES + peakBytes);
    long seekTable = HEADER_BYTES + peakBytes + 4 + header.u32(16);
    if (frames == 0 || frames > Integer.MAX_VALUE) {
      return;
    }
    // The table holds where each frame begins: the last one must lie inside the file.
    long lastEntry = seekTable + 4 * (frames - 1);
    if (in.skip(lastEntry) < lastEntry) {
      throw truncated();
    }
    byte[] entry = in.peek(4);
    if (entry.length < 4) {
      throw truncated();
    }
    long toLastFrame = Bytes.littleEndian(entry).u32(0) - lastEntry;
    if (toLastFrame > 0 && (in.skip(toLastFrame) < toLastFrame || in.atEnd())) {
      throw truncated();
    }
  }

  private static UnreadableAudioException truncated() {
    return new UnreadableAudioException(
        RejectionReason.TRUNCATED,
        "The Monkey's Audio file ends before the frames that its header lists.");
  }
}
