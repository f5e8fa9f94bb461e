package ser.features.signal;

import static ser.features.signal.LaneFft.LANES;

import java.util.Arrays;

/**
 * Removes everything above a cut-off from a stream of samples, by a windowed-sinc filter applied as
 * overlap-save convolution, and doubles the rate on the way if asked to. The first, sharp step of
 * {@link Resampler}: 280 taps cost about 50 additions and products per sample this way.
 *
 * <p>Works on {@value #BLOCKS} overlapping blocks at once, which are always cut at the same places,
 * so the output does not depend on how the input arrives. Two blocks share one complex transform as
 * its real and imaginary part: the filter is real and symmetric, so they do not mix. Doubling puts
 * a zero after each sample, which repeats the spectrum.
 *
 * <p>A block without any sound gives exact zeros: the transform's rounding, 140 dB below its
 * loudest neighbour, would be enough to make digital silence cross zero at random.
 */
final class BandLimiter {
  /** Blocks per batch. */
  static final int BLOCKS = 2 * LANES;

  /** Output samples that {@link #row} has before and after each block. */
  static final int MARGIN = 8;

  private final int overlap;
  private final int blockSize;
  private final int advance;
  private final int factor;
  private final LaneFft forward;
  private final LaneFft backward;
  private final float[][] spectrum;
  private final float[][] filtered;
  private final float[] response;
  private final float[] input;
  private final boolean[] silent = new boolean[BLOCKS];
  private int filled;

  /**
   * @param pass highest frequency that passes, in cycles per input sample
   * @param stop lowest frequency that is stopped
   * @param factor 1 or 2 output samples per input sample
   * @param granule input samples of which a block should hold a whole number, if it can
   */
  BandLimiter(double pass, double stop, int factor, int granule) {
    this.factor = factor;
    LowPass kernel = LowPass.between(pass, stop);
    overlap = (int) kernel.reach() + MARGIN;
    // Three times the filter: smaller blocks overlap too much, larger ones leave the cache and make
    // batches so long that short clips fill them badly.
    int small = Math.max(256, Integer.highestOneBit(6 * overlap) * 2);
    blockSize =
        3 * wholeGranules(small, granule) >= wholeGranules(2 * small, granule) ? small : 2 * small;
    int whole = wholeGranules(blockSize, granule);
    advance = whole > 0 ? whole : blockSize - 2 * overlap;
    forward = new LaneFft(blockSize);
    backward = factor == 1 ? forward : new LaneFft(blockSize * factor);
    spectrum = forward.newRows();
    filtered = backward.newRows();
    response = response(kernel, blockSize * factor, factor);
    input = new float[(BLOCKS - 1) * advance + blockSize];
    reset();
  }

  private int wholeGranules(int size, int granule) {
    return (size - 2 * overlap) / granule * granule;
  }

  // The spectrum of the symmetric kernel, which is real, with the transform's 1/N. At the doubled
  // rate each input sample stands for two, hence no factor for the kernel's lower cut-off.
  private static float[] response(LowPass kernel, int size, int factor) {
    double[] cos = new double[size];
    for (int i = 0; i < size; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / size);
    }
    int taps = (int) kernel.reach() * factor;
    double[] h = new double[taps + 1];
    double gain = h(kernel, 0, factor);
    for (int i = 1; i <= taps; i++) {
      h[i] = h(kernel, i, factor);
      gain += 2 * h[i];
    }
    h[0] = h(kernel, 0, factor);
    float[] response = new float[size];
    for (int k = 0; k <= size / 2; k++) {
      double sum = h[0];
      for (int i = 1; i <= taps; i++) {
        sum += 2 * h[i] * cos[(int) ((long) k * i % size)];
      }
      response[k] = (float) (sum * factor / (gain * size));
      response[(size - k) % size] = response[k];
    }
    return response;
  }

  private static double h(LowPass kernel, int i, int factor) {
    return kernel.at((double) i / factor);
  }

  /** Output samples of one block. */
  int blockLength() {
    return advance * factor;
  }

  /** Forgets everything: the next sample is the first of a stream. */
  void reset() {
    // Silence before the first sample, for the filter's left half.
    Arrays.fill(input, 0, overlap, 0f);
    filled = overlap;
  }

  /**
   * Takes samples until the batch is full.
   *
   * @return how many were taken; fewer than {@code length} means that {@link #filter} is due
   */
  int take(float[] samples, int offset, int length) {
    int taken = Math.min(length, input.length - filled);
    System.arraycopy(samples, offset, input, filled, taken);
    filled += taken;
    return taken;
  }

  boolean isFull() {
    return filled == input.length;
  }

  /** Fills the rest of the batch with silence, at the end of a stream. */
  void fillWithSilence() {
    Arrays.fill(input, filled, input.length, 0f);
    filled = input.length;
  }

  /** Filters the full batch and makes room for the next. */
  void filter() {
    boolean allSilent = true;
    for (int block = 0; block < BLOCKS; block++) {
      silent[block] = isZero(block * advance);
      allSilent &= silent[block];
    }
    if (!allSilent) {
      load();
      forward.transform(spectrum);
      for (int k = 0; k < filtered.length; k++) {
        swapScaled(spectrum[forward.rowOf(k & (blockSize - 1))], filtered[k], response[k]);
      }
      backward.transform(filtered);
    }
    filled = blockSize - advance;
    System.arraycopy(input, BLOCKS * advance, input, 0, filled);
  }

  /**
   * Output sample {@code i} of every block of the batch.
   *
   * @param i from {@code -MARGIN} to {@code blockLength() + MARGIN - 1}
   * @return shape [BLOCKS]; without meaning for silent blocks
   */
  float[] row(int i) {
    return filtered[backward.rowOf(overlap * factor + i)];
  }

  /** Whether nothing but zeros went into a block, so that nothing else may come out. */
  boolean isSilent(int block) {
    return silent[block];
  }

  private boolean isZero(int start) {
    for (int i = start; i < start + blockSize; i++) {
      if (input[i] != 0) {
        return false;
      }
    }
    return true;
  }

  // Real and imaginary parts hold the later and the earlier half of the blocks: swapScaled() brings
  // them into order.
  private void load() {
    for (int m = 0; m < blockSize; m++) {
      float[] row = spectrum[m];
      int at = m;
      for (int lane = LANES; lane < 2 * LANES; lane++, at += advance) {
        row[lane] = input[at];
      }
      for (int lane = 0; lane < LANES; lane++, at += advance) {
        row[lane] = input[at];
      }
    }
  }

  // With real and imaginary parts exchanged before and after, the forward transform is the inverse.
  private static void swapScaled(float[] from, float[] to, float scale) {
    for (int i = 0; i < LANES; i++) {
      float re = from[i];
      float im = from[i + LANES];
      to[i] = scale * im;
      to[i + LANES] = scale * re;
    }
  }
}
