package ser.features.audio;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads bits, most significant first, and sums the checksum of what was read.
 *
 * <p>The next bits stand left-aligned in a 64-bit cache. Below the {@link #available} ones it may
 * hold further bits of the stream, but never wrong ones: filling ORs the same bits onto them, which
 * saves masking.
 */
final class FlacBits {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** What one read may ask for; filling leaves at least this many bits, or the file ends. */
  private static final int MAX_BITS = 56;

  private final ForwardInput in;
  private final byte[] buffer = new byte[ForwardInput.LOOK_AHEAD];
  private int next;
  private int limit;
  private boolean ended;
  private long cache;
  private int available;
  private int crc;
  private int crcFrom;
  private long bufferStart;

  FlacBits(ForwardInput in) {
    this.in = in;
    this.bufferStart = in.position();
  }

  /** Offset in the file of the byte that holds the next bit. */
  long position() {
    return bufferStart + byteIndex();
  }

  boolean atEnd() throws IOException {
    if (available == 0) {
      fill();
    }
    return available == 0;
  }

  /** Starts the checksum; the next bit is the first of a byte. */
  void startChecksum() {
    crc = 0;
    crcFrom = byteIndex();
  }

  /** CRC-16 of the bytes since {@link #startChecksum}; the next bit is the first of a byte. */
  int checksum() {
    crc = FlacCrc.crc16(crc, buffer, crcFrom, byteIndex());
    crcFrom = byteIndex();
    return crc;
  }

  /** Drops bits up to the next byte. */
  void alignToByte() {
    int partial = available & 7;
    cache <<= partial;
    available -= partial;
  }

  /** An unsigned number of 0 to 56 bits. */
  long readUnsigned(int count) throws IOException, UnreadableAudioException {
    if (count == 0) {
      return 0;
    }
    require(count);
    long value = cache >>> 64 - count;
    cache <<= count;
    available -= count;
    return value;
  }

  /** A number in two's complement of 0 to 56 bits. */
  long readSigned(int count) throws IOException, UnreadableAudioException {
    if (count == 0) {
      return 0;
    }
    require(count);
    long value = cache >> 64 - count;
    cache <<= count;
    available -= count;
    return value;
  }

  /**
   * Number of 0 bits before the next 1.
   *
   * @param most the largest number that makes sense here
   */
  long readUnary(long most) throws IOException, UnreadableAudioException {
    long zeros = 0;
    while (true) {
      require(1);
      int run = Long.numberOfLeadingZeros(cache);
      if (run < available) {
        cache <<= run;
        cache <<= 1;
        available -= run + 1;
        return zeros + run;
      }
      zeros += available;
      cache <<= available;
      available = 0;
      if (zeros > most) {
        throw new UnreadableAudioException(
            RejectionReason.CORRUPT_FRAME,
            "A run of more than %d zero bits before byte %d.".formatted(most, position()));
      }
    }
  }

  /**
   * Fills {@code target[from..to)} with Rice codes, the bulk of every FLAC file: the quotient in
   * unary, then {@code parameter} bits, the sign folded into the lowest.
   */
  void readRice(int[] target, int from, int to, int parameter)
      throws IOException, UnreadableAudioException {
    // Fields are kept in locals: the compiler would store them back at every sample.
    long bits = cache;
    int count = available;
    int at = next;
    int wordLimit = limit - Long.BYTES;
    int implied = 1 << parameter;
    for (int i = from; i < to; i++) {
      int zeros = Long.numberOfLeadingZeros(bits);
      int used = zeros + 1 + parameter;
      if (used > count) {
        if (at <= wordLimit) {
          bits |= (long) LONGS.get(buffer, at) >>> count;
          int taken = 63 - count >>> 3;
          at += taken;
          count += taken << 3;
          zeros = Long.numberOfLeadingZeros(bits);
          used = zeros + 1 + parameter;
        }
        if (used > count) {
          cache = bits;
          available = count;
          next = at;
          target[i] = readOneRice(parameter);
          bits = cache;
          count = available;
          at = next;
          wordLimit = limit - Long.BYTES;
          continue;
        }
      }
      bits <<= zeros;
      // The closing 1 of the quotient and the remainder together; the 1 is taken off again.
      int remainder = (int) (bits >>> 63 - parameter) - implied;
      bits <<= parameter + 1;
      count -= used;
      target[i] = unfold((zeros << parameter) + remainder);
    }
    cache = bits;
    available = count;
    next = at;
  }

  private int readOneRice(int parameter) throws IOException, UnreadableAudioException {
    long quotient = readUnary(0xFFFF_FFFFL >>> parameter);
    return unfold((int) (quotient << parameter | readUnsigned(parameter)));
  }

  private static int unfold(int folded) {
    return folded >>> 1 ^ -(folded & 1);
  }

  private int byteIndex() {
    return next - (available + 7 >>> 3);
  }

  private void require(int count) throws IOException, UnreadableAudioException {
    if (count > MAX_BITS) {
      throw new IllegalArgumentException("cannot read %d bits at once".formatted(count));
    }
    if (available < count) {
      fill();
      if (available < count) {
        throw new UnreadableAudioException(
            RejectionReason.TRUNCATED,
            "The file ends at byte %d, inside a frame.".formatted(bufferStart + limit));
      }
    }
  }

  private void fill() throws IOException {
    if (limit - next < Long.BYTES && !ended) {
      load();
    }
    if (limit - next >= Long.BYTES) {
      cache |= (long) LONGS.get(buffer, next) >>> available;
      int taken = 63 - available >>> 3;
      next += taken;
      available += taken << 3;
      return;
    }
    while (available < MAX_BITS && next < limit) {
      cache |= (buffer[next++] & 0xFFL) << MAX_BITS - available;
      available += 8;
    }
  }

  private void load() throws IOException {
    int keepFrom = byteIndex();
    if (crcFrom < keepFrom) {
      crc = FlacCrc.crc16(crc, buffer, crcFrom, keepFrom);
    }
    crcFrom = 0;
    System.arraycopy(buffer, keepFrom, buffer, 0, limit - keepFrom);
    next -= keepFrom;
    limit -= keepFrom;
    bufferStart += keepFrom;
    while (limit - next < Long.BYTES && !ended) {
      int count = in.read(buffer, limit, buffer.length - limit);
      ended = count < 0;
      limit += Math.max(count, 0);
    }
  }
}
