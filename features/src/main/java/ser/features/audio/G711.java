package ser.features.audio;

/**
 * Telephone companding: 8-bit codes to 16-bit values, and back.
 *
 * <p>ITU-T G.711, tables 1a to 2b, left-justified to 16 bits as every decoder does: A-law reaches
 * ±32256, mu-law ±32124.
 */
public final class G711 {
  private G711() {}

  /** The value of each code. */
  public static short[] muLaw() {
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

  /** The value of each code. */
  public static short[] aLaw() {
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

  /** The code of a 16-bit value, of which mu-law keeps the upper 14 bits. */
  public static int muLawCode(int value) {
    int coarse = value >> 2;
    int magnitude = Math.min(Math.abs(coarse), 8158) + 33;
    int exponent = highestBit(magnitude) - 5;
    int code = exponent << 4 | magnitude >> exponent + 1 & 0xF;
    return code ^ (coarse < 0 ? 0x7F : 0xFF);
  }

  /** The code of a 16-bit value, of which A-law keeps the upper 13 bits. */
  public static int aLawCode(int value) {
    int coarse = value >> 3;
    int magnitude = coarse < 0 ? ~coarse : coarse;
    int exponent = Math.max(0, highestBit(magnitude) - 4);
    int code = exponent << 4 | magnitude >> Math.max(1, exponent) & 0xF;
    return code ^ (coarse < 0 ? 0x55 : 0xD5);
  }

  private static int highestBit(int value) {
    return 31 - Integer.numberOfLeadingZeros(value);
  }
}
