package ser.features.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Fields of a header, read by offset in one byte order. */
final class Bytes {
  private final ByteBuffer buffer;

  private Bytes(byte[] bytes, ByteOrder order) {
    this.buffer = ByteBuffer.wrap(bytes).order(order);
  }

  static Bytes littleEndian(byte[] bytes) {
    return new Bytes(bytes, ByteOrder.LITTLE_ENDIAN);
  }

  static Bytes bigEndian(byte[] bytes) {
    return new Bytes(bytes, ByteOrder.BIG_ENDIAN);
  }

  static Bytes in(ByteOrder order, byte[] bytes) {
    return new Bytes(bytes, order);
  }

  int length() {
    return buffer.capacity();
  }

  int u8(int offset) {
    return buffer.get(offset) & 0xFF;
  }

  int u16(int offset) {
    return buffer.getShort(offset) & 0xFFFF;
  }

  long u32(int offset) {
    return buffer.getInt(offset) & 0xFFFF_FFFFL;
  }

  long i64(int offset) {
    return buffer.getLong(offset);
  }

  /** Four characters, such as a chunk's name. */
  String name(int offset) {
    return new String(buffer.array(), offset, 4, StandardCharsets.ISO_8859_1);
  }

  /** Whether these characters stand at {@code offset}; false past the end. */
  boolean has(int offset, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    if (offset + wanted.length > length()) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (buffer.get(offset + i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
