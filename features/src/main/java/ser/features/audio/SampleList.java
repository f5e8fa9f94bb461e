package ser.features.audio;

import java.util.ArrayList;
import java.util.List;

/**
 * Samples of a length that is not known before the end. They are kept in parts, which costs half of
 * what an array does that is doubled whenever it is full.
 */
final class SampleList {
  private static final int PART_SAMPLES = 1 << 15;

  private final List<float[]> parts = new ArrayList<>();
  private int inLastPart = PART_SAMPLES;

  /** How many samples there are. */
  long size() {
    return (long) parts.size() * PART_SAMPLES - (PART_SAMPLES - inLastPart);
  }

  /** Appends the first {@code count} samples of a block. */
  void add(float[] block, int count) {
    for (int done = 0; done < count; ) {
      if (inLastPart == PART_SAMPLES) {
        parts.add(new float[PART_SAMPLES]);
        inLastPart = 0;
      }
      int step = Math.min(count - done, PART_SAMPLES - inLastPart);
      System.arraycopy(block, done, parts.get(parts.size() - 1), inLastPart, step);
      inLastPart += step;
      done += step;
    }
  }

  /**
   * All samples in one array.
   *
   * @throws ArithmeticException if there are more than an array can hold
   */
  float[] toArray() {
    float[] samples = new float[Math.toIntExact(size())];
    int at = 0;
    for (float[] part : parts) {
      int count = Math.min(part.length, samples.length - at);
      System.arraycopy(part, 0, samples, at, count);
      at += count;
    }
    return samples;
  }
}
