package ser.features.signal;

/**
 * Sums a quantity over overlapping frames while looking at each sample once: whole hops are summed
 * on their own, and a frame adds up its hops and the head of the one after. Unlike a running sum or
 * a difference of prefix sums nothing is ever subtracted, so a quiet frame after a loud hour is as
 * exact as any other.
 *
 * <p>Holds scratch buffers: not safe for use by several threads.
 */
final class FrameSums {
  /** The sum of the quantity over positions {@code from .. to - 1}, which may lie outside. */
  @FunctionalInterface
  interface Quantity {
    double sum(int from, int to);
  }

  private final int frameLength;
  private final int hopLength;
  private double[] hops = new double[0];
  private double[] heads = new double[0];

  FrameSums(int frameLength, int hopLength) {
    this.frameLength = frameLength;
    this.hopLength = hopLength;
  }

  /**
   * @param start position at which frame 0 begins, usually below 0
   * @param sums receives one sum per frame
   */
  void apply(Quantity quantity, int start, int frames, double[] sums) {
    int whole = frameLength / hopLength;
    int head = frameLength % hopLength;
    int count = frames + whole;
    if (hops.length < count) {
      hops = new double[count];
      heads = new double[count];
    }
    for (int j = 0; j < count; j++) {
      int from = start + j * hopLength;
      heads[j] = head == 0 ? 0 : quantity.sum(from, from + head);
      hops[j] = heads[j] + quantity.sum(from + head, from + hopLength);
    }
    for (int t = 0; t < frames; t++) {
      double sum = heads[t + whole];
      for (int j = 0; j < whole; j++) {
        sum += hops[t + j];
      }
      sums[t] = sum;
    }
  }
}
