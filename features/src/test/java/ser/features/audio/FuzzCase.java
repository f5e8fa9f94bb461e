package ser.features.audio;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One damaged file, made again from its seed alone.
 *
 * @param name of the file that was damaged
 */
public record FuzzCase(long seed, String name, byte[] bytes) {
  private static final int[] LIES = {
    0, 1, 2, 7, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 48_000, 1_000_000_000
  };

  public static FuzzCase of(long seed, List<FuzzFiles.Original> originals) {
    // Seeds that follow one another would draw alike at first.
    Random random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
    FuzzFiles.Original original = originals.get(random.nextInt(originals.size()));
    byte[] bytes = original.bytes().clone();
    String name = original.name();
    if (random.nextInt(6) == 0) {
      FuzzFiles.Original other = originals.get(random.nextInt(originals.size()));
      name += " + " + other.name();
      bytes = spliced(bytes, other.bytes(), random);
    }
    int changes = random.nextInt(7);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      bytes = changed(bytes, random);
    }
    // Otherwise checksums would keep all damage from the decoders behind them.
    if (bytes.length > 4 && bytes[0] == 'O' && random.nextInt(4) > 0) {
      OggBytes.repairAll(bytes);
    }
    return new FuzzCase(seed, name, bytes);
  }

  private static byte[] spliced(byte[] first, byte[] second, Random random) {
    int from = random.nextInt(second.length + 1);
    int to = random.nextInt(first.length + 1);
    byte[] both = Arrays.copyOf(first, to + second.length - from);
    System.arraycopy(second, from, both, to, second.length - from);
    return both;
  }

  private static byte[] changed(byte[] bytes, Random random) {
    // Half of the damage goes into the header, where a lie does most.
    int reach = random.nextBoolean() ? Math.min(bytes.length, 128) : bytes.length;
    int at = random.nextInt(reach);
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> lie(bytes, at, random);
      case 3 -> Arrays.fill(bytes, at, Math.min(at + 8, bytes.length), (byte) -random.nextInt(2));
      case 4 -> bytes = random.nextInt(3) == 0 ? Arrays.copyOf(bytes, at) : bytes;
      default -> bytes = shifted(bytes, at, random.nextInt(9) - 4);
    }
    return bytes;
  }

  /** A field of 2 or 4 bytes, in either order. */
  private static void lie(byte[] bytes, int at, Random random) {
    int value = random.nextInt(4) == 0 ? random.nextInt() : LIES[random.nextInt(LIES.length)];
    int width = random.nextBoolean() ? 2 : 4;
    boolean big = random.nextBoolean();
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> 8 * (big ? width - 1 - i : i));
    }
  }

  /** Bytes put in, or taken out. */
  private static byte[] shifted(byte[] bytes, int at, int by) {
    int from = Math.min(bytes.length, at + Math.max(-by, 0));
    byte[] moved = Arrays.copyOf(bytes, Math.max(at + Math.max(by, 0), 0) + bytes.length - from);
    System.arraycopy(bytes, from, moved, at + Math.max(by, 0), bytes.length - from);
    return moved;
  }

  @Override
  public String toString() {
    return "seed %d (%s, %d bytes)".formatted(seed, name, bytes.length);
  }
}
