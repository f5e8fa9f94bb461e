package ser.features.audio;

/**
 * Telephone companding: 8-bit codes to 16-bit values.
 *
 * <p>ITU-T G.711, tables 1a to 2b, left-justified to 16 bits as every decoder does: A-law reaches
 * ±32256, mu-law ±32124.
 */
final class G711 {
  private G711() {}

  static short[] muLaw() {
    short[] table = new short[256];
    for (int code = 0; code < 256; code++) {
      int inverted = ~code & 0xFF;
      int exponent = inverted >> 4 & 7;
      int magnitude = ((inverted & 0xF) << 3 | 0x84) << exponent;
      int value = magnitude - 0x84;
      table[code] = (short) ((inverted & 0x80) != 0 ? -value : value);
    }
    return table;
  }

  static short[] aLaw() {
    short[] table = new short[256];
    for (int code = 0; code < 256; code++) {
      int toggled = code ^ 0x55;
      int exponent = toggled >> 4 & 7;
      int mantissa = (toggled & 0xF) << 4 | 8;
      int value = exponent == 0 ? mantissa : (mantissa | 0x100) << exponent - 1;
      table[code] = (short) ((toggled & 0x80) != 0 ? value : -value);
    }
    return table;
  }
}
