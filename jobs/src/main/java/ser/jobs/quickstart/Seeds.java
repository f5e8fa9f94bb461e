package ser.jobs.quickstart;

import java.util.Random;

/**
 * Independent random numbers for each thing that has an address, so that adding one thing changes
 * no other.
 */
final class Seeds {
  private Seeds() {}

  /**
   * A generator for {@code address} under {@code seed}; SplitMix64's finaliser mixes each part in.
   */
  static Random random(long seed, long... address) {
    long state = mix(seed);
    for (long part : address) {
      state = mix(state ^ mix(part + 0x9E3779B97F4A7C15L));
    }
    return new Random(state);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
