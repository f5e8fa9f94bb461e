package ser.bench.load;

import java.util.Arrays;
import java.util.Random;

/**
 * Makes what is no recording of one: breaks it off within its header, or leaves it whole but for a
 * header that names no format. Bits that flip anywhere leave many recordings that can be read, and
 * whoever posts those is a client like others.
 */
final class Damage {
  /** The least that any format needs before its first sample is more. */
  private static final int MOST_LEFT = 20;

  /** RIFF, the size and WAVE; fLaC and the beginning of what follows it. */
  private static final int NAME_BYTES = 12;

  private static final int HEADER_BYTES = 200;
  private static final int FLIPPED_BITS = 8;

  private Damage() {}

  /**
   * @param body stays as it is
   */
  static byte[] of(byte[] body, Random random) {
    if (random.nextBoolean()) {
      return Arrays.copyOf(body, Math.min(body.length, random.nextInt(MOST_LEFT)));
    }
    byte[] damaged = body.clone();
    for (int i = 0; i < FLIPPED_BITS && damaged.length > 0; i++) {
      damaged[random.nextInt(Math.min(damaged.length, HEADER_BYTES))] ^=
          (byte) (1 << random.nextInt(8));
    }
    Arrays.fill(damaged, 0, Math.min(damaged.length, NAME_BYTES), (byte) 0);
    return damaged;
  }
}
