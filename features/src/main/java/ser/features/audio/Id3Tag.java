package ser.features.audio;

import java.io.IOException;

/** The ID3v2 tag that taggers put in front of MP3, and of FLAC too. */
final class Id3Tag {
  private static final int HEADER_BYTES = 10;
  private static final int FOOTER_FLAG = 0x10;

  private Id3Tag() {}

  /** Consumes tags at the start, if there are any. */
  static void skip(ForwardInput in) throws IOException {
    Bytes head = Bytes.bigEndian(in.peek(HEADER_BYTES));
    while (head.length() == HEADER_BYTES && head.has(0, "ID3")) {
      // Seven bits a byte, so that the size never looks like an MPEG frame.
      long size = 0;
      for (int i = 6; i < HEADER_BYTES; i++) {
        size = size << 7 | head.u8(i) & 0x7F;
      }
      boolean footer = (head.u8(5) & FOOTER_FLAG) != 0;
      in.skip(HEADER_BYTES + size + (footer ? HEADER_BYTES : 0));
      head = Bytes.bigEndian(in.peek(HEADER_BYTES));
    }
  }
}
