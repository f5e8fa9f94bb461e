package ser.features.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts Ogg files together page by page, right or wrong. */
final class OggBytes {
  static final int CONTINUED = 1;
  static final int FIRST = 2;
  static final int LAST = 4;

  private static final int HEADER_BYTES = 27;
  private static final int CRC_AT = 22;
  private static final int PAGE_SEGMENTS = 255;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private int sequence;

  /** A page of whole packets, each shorter than 64 KB. */
  OggBytes page(int flags, long granule, byte[]... packets) {
    return page(7, sequence++, flags, granule, packets);
  }

  OggBytes page(int serial, int number, int flags, long granule, byte[]... packets) {
    ByteArrayOutputStream lacing = new ByteArrayOutputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      for (int left = packet.length; left >= 0; left -= 255) {
        lacing.write(Math.min(left, 255));
      }
      body.writeBytes(packet);
    }
    return rawPage(serial, number, flags, granule, lacing.toByteArray(), body.toByteArray());
  }

  private OggBytes rawPage(
      int serial, int number, int flags, long granule, byte[] lacing, byte[] body) {
    byte[] page =
        ByteBuffer.allocate(HEADER_BYTES + lacing.length + body.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {'O', 'g', 'g', 'S', 0, (byte) flags})
            .putLong(granule)
            .putInt(serial)
            .putInt(number)
            .putInt(0)
            .put((byte) lacing.length)
            .put(lacing)
            .put(body)
            .array();
    repair(page, 0, page.length);
    return raw(page);
  }

  /** A packet of any length that ends with its last page. */
  OggBytes longPacket(byte[] packet) {
    int from = 0;
    int segments = packet.length / 255 + 1;
    for (int done = 0; done < segments; done += PAGE_SEGMENTS) {
      int count = Math.min(PAGE_SEGMENTS, segments - done);
      boolean ends = done + count == segments;
      byte[] lacing = new byte[count];
      Arrays.fill(lacing, (byte) 255);
      if (ends) {
        lacing[count - 1] = (byte) (packet.length % 255);
      }
      int to = ends ? packet.length : from + count * 255;
      rawPage(
          7,
          sequence++,
          done > 0 ? CONTINUED : 0,
          ends ? 0 : -1,
          lacing,
          Arrays.copyOfRange(packet, from, to));
      from = to;
    }
    return this;
  }

  OggBytes raw(byte[] bytes) {
    file.writeBytes(bytes);
    return this;
  }

  byte[] build() {
    return file.toByteArray();
  }

  /** A header for Opus, as {@code channels} of mapping family 0. */
  static byte[] opusHead(int channels, int preSkip) {
    return ByteBuffer.allocate(19)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd', 1, (byte) channels})
        .putShort((short) preSkip)
        .putInt(48_000)
        .array();
  }

  /** A packet of Opus: 20 ms of silence. */
  static byte[] opusSilence() {
    return new byte[] {(byte) 0xF8, (byte) 0xFF, (byte) 0xFE};
  }

  /** Files cut into pages: the packets of a stream of one page each, and its headers' packets. */
  static byte[] opus(int packets) {
    List<byte[]> silence = new ArrayList<>();
    for (int i = 0; i < packets; i++) {
      silence.add(opusSilence());
    }
    return new OggBytes()
        .page(FIRST, 0, opusHead(1, 312))
        .page(0, 0, "OpusTags".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .page(LAST, 960L * packets, silence.toArray(new byte[0][]))
        .build();
  }

  /** Gives every page that can be walked to its right checksum again. */
  static void repairAll(byte[] bytes) {
    int at = 0;
    while (at + HEADER_BYTES <= bytes.length && bytes[at] == 'O' && bytes[at + 1] == 'g') {
      int segments = bytes[at + 26] & 0xFF;
      int end = at + HEADER_BYTES + segments;
      for (int i = 0; i < segments && at + HEADER_BYTES + i < bytes.length; i++) {
        end += bytes[at + HEADER_BYTES + i] & 0xFF;
      }
      if (end > bytes.length) {
        return;
      }
      repair(bytes, at, end);
      at = end;
    }
  }

  private static void repair(byte[] bytes, int from, int to) {
    Arrays.fill(bytes, from + CRC_AT, from + CRC_AT + 4, (byte) 0);
    int crc = 0;
    // The definition, bit by bit: the reader's table is not trusted here.
    for (int i = from; i < to; i++) {
      crc ^= bytes[i] << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc << 1 ^ (crc < 0 ? 0x04C11DB7 : 0);
      }
    }
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(from + CRC_AT, crc);
  }
}
