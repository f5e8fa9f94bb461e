package ser.features.audio;

/** The two checksums of FLAC frames (RFC 9639, sections 9.1.8 and 9.3). */
final class FlacCrc {
  private static final int POLYNOMIAL_8 = 0x07;
  private static final int POLYNOMIAL_16 = 0x8005;
  private static final int[] TABLE_8 = table8();

  /** Entry [k][b]: checksum of byte b followed by k zero bytes; eight bytes cost eight look-ups. */
  private static final int[][] TABLES_16 = tables16();

  private FlacCrc() {}

  static int crc8(int crc, int nextByte) {
    return TABLE_8[crc ^ nextByte];
  }

  static int crc16(int crc, byte[] bytes, int from, int to) {
    int[] t0 = TABLES_16[0];
    int[] t1 = TABLES_16[1];
    int[] t2 = TABLES_16[2];
    int[] t3 = TABLES_16[3];
    int[] t4 = TABLES_16[4];
    int[] t5 = TABLES_16[5];
    int[] t6 = TABLES_16[6];
    int[] t7 = TABLES_16[7];
    int sum = crc;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      sum =
          t7[bytes[i] & 0xFF ^ sum >> 8]
              ^ t6[(bytes[i + 1] ^ sum) & 0xFF]
              ^ t5[bytes[i + 2] & 0xFF]
              ^ t4[bytes[i + 3] & 0xFF]
              ^ t3[bytes[i + 4] & 0xFF]
              ^ t2[bytes[i + 5] & 0xFF]
              ^ t1[bytes[i + 6] & 0xFF]
              ^ t0[bytes[i + 7] & 0xFF];
    }
    for (; i < to; i++) {
      sum = sum << 8 & 0xFFFF ^ t0[sum >> 8 ^ bytes[i] & 0xFF];
    }
    return sum;
  }

  private static int[] table8() {
    int[] table = new int[256];
    for (int b = 0; b < 256; b++) {
      int crc = b;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x80) != 0 ? crc << 1 ^ POLYNOMIAL_8 : crc << 1;
      }
      table[b] = crc & 0xFF;
    }
    return table;
  }

  private static int[][] tables16() {
    int[][] tables = new int[8][256];
    for (int b = 0; b < 256; b++) {
      int crc = b << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL_16 : crc << 1;
      }
      tables[0][b] = crc & 0xFFFF;
    }
    for (int k = 1; k < 8; k++) {
      for (int b = 0; b < 256; b++) {
        int before = tables[k - 1][b];
        tables[k][b] = before << 8 & 0xFFFF ^ tables[0][before >> 8];
      }
    }
    return tables;
  }
}
