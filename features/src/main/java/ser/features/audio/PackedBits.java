package ser.features.audio;

/** Fields of any width that follow one another, in either of the two orders of packing bits. */
final class PackedBits {
  private final byte[] bytes;
  private final boolean lowestFirst;
  private int position;

  private PackedBits(byte[] bytes, boolean lowestFirst, int position) {
    this.bytes = bytes;
    this.lowestFirst = lowestFirst;
    this.position = position;
  }

  /**
   * Each byte from its highest bit on, fields with their highest bit first.
   *
   * @param position of the first bit to read
   */
  static PackedBits highestFirst(byte[] bytes, int position) {
    return new PackedBits(bytes, false, position);
  }

  /**
   * Each byte from its lowest bit on, fields with their lowest bit first.
   *
   * @param position of the first bit to read
   */
  static PackedBits lowestFirst(byte[] bytes, int position) {
    return new PackedBits(bytes, true, position);
  }

  long left() {
    return 8L * bytes.length - position;
  }

  /**
   * A field of {@code count} bits, at most 32.
   *
   * @throws IndexOutOfBoundsException if fewer are left
   */
  int next(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, position++) {
      int octet = bytes[position >> 3];
      if (lowestFirst) {
        value |= (octet >> (position & 7) & 1) << i;
      } else {
        value = value << 1 | octet >> 7 - (position & 7) & 1;
      }
    }
    return value;
  }

  /** Passes over fields. */
  void skip(long count) {
    if (count > left()) {
      throw new IndexOutOfBoundsException("%d bits are left of %d".formatted(left(), count));
    }
    position += (int) count;
  }
}
