package ser.features.audio;

import java.io.IOException;

/** Whether an MPEG-4 file has a track, and is whole: those reasons come before the codec's. */
final class Mp4Atoms {
  private static final int HEADER_BYTES = 8;
  private static final int WIDE_HEADER_BYTES = 16;

  private Mp4Atoms() {}

  static boolean begins(Bytes head) {
    return head.has(4, "ftyp") || head.has(4, "moov");
  }

  /**
   * Whether the index stands before the samples, as streaming needs it; true too if the first bytes
   * do not tell.
   */
  static boolean indexComesFirst(Bytes start) {
    long at = 0;
    while (at + HEADER_BYTES <= start.length()) {
      int here = (int) at;
      if (start.has(here + 4, "moov") || start.has(here + 4, "mdat")) {
        return start.has(here + 4, "moov");
      }
      long size = start.u32(here);
      if (size < HEADER_BYTES) {
        return true;
      }
      at += size;
    }
    return true;
  }

  static void check(ForwardInput in) throws IOException, UnreadableAudioException {
    boolean track = false;
    boolean media = false;
    while (!in.atEnd()) {
      Bytes header = Bytes.bigEndian(in.peek(WIDE_HEADER_BYTES));
      if (header.length() < HEADER_BYTES) {
        break;
      }
      long size = header.u32(0);
      int headerBytes = HEADER_BYTES;
      if (size == 1 && header.length() == WIDE_HEADER_BYTES) {
        size = header.i64(HEADER_BYTES);
        headerBytes = WIDE_HEADER_BYTES;
      } else if (size == 0) {
        // To the end of the file, by the standard.
        size = Long.MAX_VALUE;
      }
      if (size < headerBytes) {
        break;
      }
      boolean movie = header.has(4, "moov");
      track |= header.has(4, "trak");
      media |= header.has(4, "mdat");
      // Tracks stand inside the movie: only its own header is passed over.
      long step = movie ? headerBytes : size;
      if (in.skip(step) < step && size != Long.MAX_VALUE && (track || media)) {
        throw new UnreadableAudioException(
            RejectionReason.TRUNCATED,
            "The MPEG-4 file ends inside its atom '%s'.".formatted(header.name(4)));
      }
    }
    if (!track) {
      throw new UnreadableAudioException(
          RejectionReason.NO_AUDIO_DATA, "The MPEG-4 file has no track.");
    }
  }
}
