package ser.features.audio;

/** The checksum of Ogg pages (RFC 3533): polynomial 0x04C11DB7, nothing reflected. */
final class OggCrc {
  private static final int POLYNOMIAL = 0x04C1_1DB7;
  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc << 1 ^ (crc < 0 ? POLYNOMIAL : 0);
      }
      TABLE[i] = crc;
    }
  }

  private OggCrc() {}

  /**
   * @param page a whole page, in which the checksum stands as zeros
   */
  static int of(byte[] page) {
    int crc = 0;
    for (byte octet : page) {
      crc = crc << 8 ^ TABLE[crc >>> 24 ^ octet & 0xFF];
    }
    return crc;
  }
}
