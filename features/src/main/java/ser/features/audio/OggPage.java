package ser.features.audio;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * One page of an Ogg file (RFC 3533).
 *
 * @param granule how far the stream is decoded when the packets that end on this page are; -1 if
 *     none does
 * @param serial of the stream that it belongs to
 * @param lacing lengths of the parts of packets on it
 */
record OggPage(int flags, long granule, int serial, int sequence, int[] lacing, byte[] body) {
  /** Nearly 64 KB: the longest page that can be, all of it within the look ahead. */
  private static final int HEADER_BYTES = 27;

  private static final int CRC_AT = 22;
  private static final int CONTINUED = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;

  /** Why there is no further page. */
  enum Gap {
    END,
    CUT,
    DAMAGED
  }

  /** Whether bytes at the start of a page follow. */
  static boolean follows(ForwardInput in) throws IOException {
    return Bytes.bigEndian(in.peek(4)).has(0, "OggS");
  }

  /** The next page; empty where {@link #gap} tells why not. */
  static Optional<OggPage> next(ForwardInput in) throws IOException {
    Optional<byte[]> whole = whole(in);
    if (whole.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = whole.get();
    Bytes fields = Bytes.littleEndian(bytes.clone());
    Arrays.fill(bytes, CRC_AT, CRC_AT + 4, (byte) 0);
    if (OggCrc.of(bytes) != (int) fields.u32(CRC_AT)) {
      return Optional.empty();
    }
    in.skip(bytes.length);
    int segments = fields.u8(26);
    int[] lacing = new int[segments];
    for (int i = 0; i < segments; i++) {
      lacing[i] = fields.u8(HEADER_BYTES + i);
    }
    return Optional.of(
        new OggPage(
            fields.u8(5),
            fields.i64(6),
            (int) fields.u32(14),
            (int) fields.u32(18),
            lacing,
            Arrays.copyOfRange(bytes, HEADER_BYTES + segments, bytes.length)));
  }

  /** Why {@link #next} gave no page. */
  static Gap gap(ForwardInput in) throws IOException {
    if (in.atEnd()) {
      return Gap.END;
    }
    boolean cut = follows(in) && whole(in).isEmpty();
    return cut ? Gap.CUT : Gap.DAMAGED;
  }

  private static Optional<byte[]> whole(ForwardInput in) throws IOException {
    Bytes header = Bytes.littleEndian(in.peek(HEADER_BYTES));
    if (header.length() < HEADER_BYTES || !header.has(0, "OggS") || header.u8(4) != 0) {
      return Optional.empty();
    }
    int segments = header.u8(26);
    Bytes laced = Bytes.littleEndian(in.peek(HEADER_BYTES + segments));
    if (laced.length() < HEADER_BYTES + segments) {
      return Optional.empty();
    }
    int length = HEADER_BYTES + segments;
    for (int i = 0; i < segments; i++) {
      length += laced.u8(HEADER_BYTES + i);
    }
    byte[] page = in.peek(length);
    return page.length == length ? Optional.of(page) : Optional.empty();
  }

  /** Whether it begins with the rest of a packet. */
  boolean continued() {
    return (flags & CONTINUED) != 0;
  }

  boolean first() {
    return (flags & FIRST) != 0;
  }

  boolean last() {
    return (flags & LAST) != 0;
  }
}
