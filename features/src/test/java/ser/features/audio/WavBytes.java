package ser.features.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts WAV files together field by field, right or wrong. */
final class WavBytes {
  private static final byte[] GUID_TAIL = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71
  };

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final ByteOrder order;
  private String name;
  private long riffSize = -1;

  private WavBytes(String name, ByteOrder order) {
    this.name = name;
    this.order = order;
  }

  static WavBytes riff() {
    return new WavBytes("RIFF", ByteOrder.LITTLE_ENDIAN);
  }

  static WavBytes rifx() {
    return new WavBytes("RIFX", ByteOrder.BIG_ENDIAN);
  }

  WavBytes named(String riffName) {
    name = riffName;
    return this;
  }

  WavBytes riffSize(long size) {
    riffSize = size;
    return this;
  }

  WavBytes format(int tag, int channels, int rateHz, int bits) {
    return format(tag, channels, rateHz, bits, channels * ((bits + 7) / 8));
  }

  WavBytes format(int tag, int channels, int rateHz, int bits, int blockAlign) {
    return chunk("fmt ", formatFields(16, tag, channels, rateHz, bits, blockAlign).array());
  }

  WavBytes extensible(int subTag, int channels, int rateHz, int bits, int validBits) {
    ByteBuffer fields =
        formatFields(40, 0xFFFE, channels, rateHz, bits, channels * bits / 8)
            .putShort((short) 22)
            .putShort((short) validBits)
            .putInt(0);
    return chunk("fmt ", fields.putInt(subTag).put(GUID_TAIL, 2, 12).array());
  }

  private ByteBuffer formatFields(
      int size, int tag, int channels, int rateHz, int bits, int blockAlign) {
    return ByteBuffer.allocate(size)
        .order(order)
        .putShort((short) tag)
        .putShort((short) channels)
        .putInt(rateHz)
        .putInt(rateHz * blockAlign)
        .putShort((short) blockAlign)
        .putShort((short) bits);
  }

  WavBytes chunk(String chunkName, byte[] content) {
    chunkHeader(chunkName, content.length).bytes(content);
    return content.length % 2 == 1 ? bytes((byte) 0) : this;
  }

  WavBytes chunkHeader(String chunkName, long size) {
    return bytes(ascii(chunkName))
        .bytes(ByteBuffer.allocate(4).order(order).putInt((int) size).array());
  }

  WavBytes bytes(byte... content) {
    body.writeBytes(content);
    return this;
  }

  byte[] build() {
    long size = riffSize < 0 ? 4 + body.size() : riffSize;
    return ByteBuffer.allocate(12 + body.size())
        .order(order)
        .put(ascii(name))
        .putInt((int) size)
        .put(ascii("WAVE"))
        .put(body.toByteArray())
        .array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
